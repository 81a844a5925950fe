/**
 * Looks for what would make Remit fail in silence, and tells it: by a metric and on the status page at once, and in an issue
 * once it has lasted. It has a loop of its own, beside everything that it watches.
 */
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { Clock, Instant } from "../../clock.ts";
import type { Log } from "../../remediation/session.ts";
import { findTroubles, type ParkedDelivery } from "../../remediation/watchdog/find-troubles.ts";
import { keepWatchdogIssue } from "../../remediation/watchdog/keep-watchdog-issue.ts";
import { type Trouble, troubleKey } from "../../remediation/watchdog/trouble.ts";
import type { Delivery, Store } from "../../store/store.ts";
import type { SourceConfig } from "../config/config.ts";
import { Lane, type LaneStep } from "../lane.ts";
import type { SourceWatch } from "../source-watch.ts";
import { listening } from "./listening.ts";
import type { WatchdogEnds } from "./watchdog-ends.ts";

export interface WatchdogParts {
  readonly store: Pick<Store, "settings" | "inbox" | "queue">;
  readonly clock: Clock;
  readonly log: Log;
  readonly sources: readonly SourceConfig[];
  readonly heard: SourceWatch["look"];
  /** When the worker last looked at the store. */
  readonly workedAt: () => Instant | undefined;
  /** undefined: the process has no repositories. */
  readonly ends: WatchdogEnds | undefined;
  /** Tells this process from other replicas. */
  readonly self: string;
  readonly everyMs: number;
  /** What hangs for longer is left alone for this turn. 30,000 unless said otherwise. */
  readonly patienceMs?: number;
}

export interface Watchdog extends Pick<Lane, "start" | "stop" | "runDue"> {
  /** What is wrong now, by what is known. Asks nobody but the store. */
  look(): Promise<readonly Trouble[]>;
  /** When all of a turn was last done: a watchdog that hangs shows here. */
  lookedAt(): Instant | undefined;
}

/** Newest parked deliveries that are looked at: their sources are told, not their number. */
const parkedLimit = 20;

export function createWatchdog(parts: WatchdogParts): Watchdog {
  const { store, clock, log, ends, patienceMs = 30_000 } = parts;
  const listens = listening(store, clock);
  let lookedAt: Instant | undefined;
  let turn: Promise<void> | undefined;
  let told: ReadonlySet<string> = new Set();
  const look = async () => lookWith(parts, await listens.since());
  const take = async () => {
    await listens.note();
    await ends?.look();
    const troubles = await look();
    told = tellLog(log, troubles, told);
    await keepIssues(parts, troubles);
    lookedAt = clock.now();
  };
  let started = false;
  const step = async (): Promise<LaneStep> => {
    // What is at hand when it starts comes first.
    if (!started) await listens.note();
    else {
      turn ??= take()
        .catch((error: unknown) => log.error({ error }, "the watchdog couldn't look"))
        .finally(() => {
          turn = undefined;
        });
      const over = new AbortController();
      await Promise.race([turn, pause(patienceMs, undefined, { signal: over.signal, ref: false }).catch(() => {})]);
      over.abort();
    }
    started = true;
    return { worked: false, until: clock.now() + parts.everyMs };
  };
  const lane = new Lane({ clock, log, pollMs: parts.everyMs }, () => {}, step);
  return {
    look,
    lookedAt: () => lookedAt,
    start: () => lane.start(),
    stop: () => lane.stop(),
    runDue: () => lane.runDue(),
  };
}

async function lookWith(parts: WatchdogParts, listeningSince: Instant): Promise<readonly Trouble[]> {
  const { store, sources, heard, workedAt, ends, clock } = parts;
  const [names, dueAt, pendingSince, parked] = await Promise.all([
    heard(),
    store.queue.nextRunAt(),
    store.inbox.pendingSince(),
    store.inbox.list({ state: "parked", limit: parkedLimit }),
  ]);
  const expected = sources.flatMap(({ name, type, repository, watchdog }) => {
    if (watchdog === undefined) return [];
    const aliveAt = names.find((each) => each.name === name && each.type === type)?.aliveAt;
    return [{ name, repository, heardAt: aliveAt, silenceMs: watchdog.silenceMs, alert: watchdog.alert }];
  });
  return findTroubles({
    now: clock.now(),
    listeningSince,
    sources: expected,
    workedAt: workedAt(),
    dueAt,
    pendingSince,
    parked: parked.map((delivery) => parkedDelivery(delivery, sources)),
    ...(ends?.facts() ?? { mirrors: [], access: [] }),
  });
}

const ofRepository = z.object({ repository: z.object({ full_name: z.string() }) });

/** GitHub's deliveries name their repository; it counts only where a source is configured for it. */
function parkedDelivery(
  { source, type, body, receivedAt }: Delivery,
  sources: readonly SourceConfig[],
): ParkedDelivery {
  const configured = sources.find((each) => each.name === source && each.type === type)?.repository;
  if (configured !== undefined || type !== "github") return { source, repository: configured, receivedAt };
  const named = ofRepository.safeParse(parse(body)).data?.repository.full_name;
  return { source, repository: sources.find(({ repository }) => repository === named)?.repository, receivedAt };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Each once when it comes and once when it goes. */
function tellLog(log: Log, troubles: readonly Trouble[], before: ReadonlySet<string>): ReadonlySet<string> {
  const now = new Set(troubles.map(troubleKey));
  for (const trouble of troubles) {
    const { kind, source, repository, detail } = trouble;
    if (!before.has(troubleKey(trouble))) log.error({ kind, source, repository, detail }, "the watchdog found trouble");
  }
  const gone = [...before].filter((key) => !now.has(key));
  if (gone.length > 0) log.info({ gone, left: now.size }, "what the watchdog found is over");
  return now;
}

async function keepIssues(parts: WatchdogParts, troubles: readonly Trouble[]): Promise<void> {
  const { ends, store, clock, log, self } = parts;
  if (ends?.issues === undefined) return;
  for (const repository of new Set(parts.sources.map((source) => source.repository))) {
    const concerned = troubles.filter((trouble) => (trouble.repository ?? repository) === repository);
    const issues = ends.issues(repository);
    await keepWatchdogIssue({ store, clock, log, issues, self }, repository, concerned);
  }
}
