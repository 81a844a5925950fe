/** Everything that the status page tells, as plain data. Reads the store and what the process knows; asks nobody else. */
import type { Clock, Instant } from "../../clock.ts";
import type { Trouble } from "../../remediation/watchdog/trouble.ts";
import type { DeliveryState, IncidentRecord, Store } from "../../store/store.ts";
import type { SignIn } from "../sign-in/sign-in-routes.ts";
import type { HeardSource } from "../source-watch.ts";
import type { Standing } from "../standing.ts";
import type { RepositoryStorm, StormWatch } from "../storm-watch.ts";
import type { RepositoryTrends } from "./trends-card.ts";

export interface StatusView {
  readonly now: Instant;
  /** Oldest first. */
  readonly open: readonly IncidentRecord[];
  /** Newest first. */
  readonly closed: readonly IncidentRecord[];
  /** undefined: the process that serves the page has no repositories. */
  readonly standing: Standing | undefined;
  readonly storms: readonly RepositoryStorm[];
  readonly health: Health;
  readonly trends: readonly RepositoryTrends[];
  /** Whoever is signed in may turn the switch here. */
  readonly canSwitch: boolean;
}

export interface Health {
  readonly version: string;
  readonly store: string;
  /** When the worker last looked at the store. */
  readonly workedAt: Instant | undefined;
  readonly queue: {
    readonly size: number /** When the oldest of them was due. */;
    readonly dueAt: Instant | undefined;
  };
  readonly inbox: Readonly<Record<DeliveryState, number>>;
  readonly sources: readonly HeardSource[];
  /** Open incidents for which this machine's clock is wrong. */
  readonly clockWrong: number;
  /** What the watchdog finds. */
  readonly troubles: readonly Trouble[];
}

export interface StatusParts {
  readonly store: Pick<Store, "incidents" | "inbox" | "queue" | "description">;
  readonly clock: Clock;
  readonly storms: StormWatch;
  readonly version: string;
  readonly lastRunAt: () => Instant | undefined;
  readonly heard: () => Promise<readonly HeardSource[]>;
  readonly standing: () => Promise<Standing | undefined>;
  readonly troubles?: () => Promise<readonly Trouble[]>;
  /** undefined: the page only shows. */
  readonly signIn?: SignIn | undefined;
  readonly trends?: () => Promise<readonly RepositoryTrends[]>;
}

/** Incidents that are read to find the ones that are over. */
const looked = 100;

export async function statusView(parts: StatusParts): Promise<StatusView> {
  const { store, clock } = parts;
  const [open, newest, standing, storms, size, dueAt, inbox, sources, troubles, trends] = await Promise.all([
    store.incidents.open(),
    store.incidents.list(looked),
    parts.standing(),
    parts.storms.look(),
    store.queue.size(),
    store.queue.nextRunAt(),
    store.inbox.counts(),
    parts.heard(),
    parts.troubles?.() ?? [],
    parts.trends?.() ?? [],
  ]);
  const closed = newest.filter(({ response }) => response.closed !== undefined);
  return {
    now: clock.now(),
    open,
    closed: closed.toSorted((a, b) => closedAt(b) - closedAt(a)),
    standing,
    storms,
    trends,
    canSwitch: parts.signIn !== undefined,
    health: {
      version: parts.version,
      store: store.description,
      workedAt: parts.lastRunAt(),
      queue: { size, dueAt },
      inbox,
      sources,
      clockWrong: open.filter(({ response }) => response.clock?.wrongSince !== undefined).length,
      troubles,
    },
  };
}

function closedAt({ response }: IncidentRecord): Instant {
  return response.closed?.at ?? 0;
}
