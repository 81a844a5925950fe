/** What of the observed is trouble. Pure, and without memory: what was true before is `settle`'s. */
import type { Instant } from "../../clock.ts";
import type { Trouble } from "./trouble.ts";

export interface WatchdogFacts {
  readonly now: Instant;
  /** Since when somebody has listened without a gap: nobody was silent while nobody listened. */
  readonly listeningSince: Instant;
  readonly sources: readonly ExpectedSource[];
  /** When the worker last looked; undefined: it hasn't yet. */
  readonly workedAt: Instant | undefined;
  /** When the oldest item of the queue was due. */
  readonly dueAt: Instant | undefined;
  /** When the oldest delivery that isn't worked off arrived. */
  readonly pendingSince: Instant | undefined;
  readonly parked: readonly ParkedDelivery[];
  readonly mirrors: readonly MirrorFact[];
  readonly access: readonly AccessFact[];
}

/** A source that is configured to speak regularly. */
export interface ExpectedSource {
  readonly name: string;
  readonly repository: string;
  readonly heardAt: Instant | undefined;
  readonly silenceMs: number;
  /** The alert that has to fire; undefined: whatever it sends counts. */
  readonly alert: string | undefined;
}

export interface ParkedDelivery {
  readonly source: string;
  /** undefined: it isn't known which one it is about. */
  readonly repository: string | undefined;
  readonly receivedAt: Instant;
}

export interface MirrorFact {
  readonly repository: string;
  /** undefined: never, by this process. */
  readonly fetchedAt: Instant | undefined;
  /** When the first attempt after that failed; undefined: none did. */
  readonly failingSince: Instant | undefined;
  readonly error: string | undefined;
}

/** What the App may do on a repository. */
export interface AccessFact {
  readonly repository: string;
  readonly since: Instant;
  readonly state: AccessState;
}

export type AccessState =
  | { readonly kind: "right" }
  | { readonly kind: "app-suspended" | "app-not-installed" }
  | { readonly kind: "permission-missing"; readonly detail: string };

export const bounds = {
  workerMs: 5 * 60_000,
  /** What is due is taken at once, unless others are ahead of it. */
  dueMs: 10 * 60_000,
  /** A delivery that failed is tried again within five minutes. */
  pendingMs: 15 * 60_000,
  /** A delivery that meets a fault of others is tried for a day before it is parked. */
  parkedMs: 3 * 24 * 60 * 60_000,
  mirrorMs: 10 * 60_000,
} as const;

export function findTroubles(facts: WatchdogFacts): readonly Trouble[] {
  return [
    ...facts.sources.flatMap((source) => silent(source, facts)),
    ...late("worker-stuck", facts.workedAt, bounds.workerMs, facts.now),
    ...late("queue-stuck", facts.dueAt, bounds.dueMs, facts.now),
    ...late("inbox-stuck", facts.pendingSince, bounds.pendingMs, facts.now),
    ...parked(facts),
    ...facts.mirrors.flatMap((mirror) => stale(mirror, facts.now)),
    ...facts.access.flatMap(({ repository, since, state }) =>
      state.kind === "right" ? [] : [{ repository, since, ...state }],
    ),
  ];
}

function silent(source: ExpectedSource, { now, listeningSince }: WatchdogFacts): readonly Trouble[] {
  const { name, repository, heardAt, silenceMs, alert } = source;
  if (now - Math.max(heardAt ?? 0, listeningSince) <= silenceMs) return [];
  return [{ kind: "source-silent", source: name, repository, since: heardAt ?? listeningSince, detail: alert }];
}

function late(
  kind: "worker-stuck" | "queue-stuck" | "inbox-stuck",
  since: Instant | undefined,
  boundMs: number,
  now: Instant,
): readonly Trouble[] {
  return since !== undefined && now - since > boundMs ? [{ kind, since }] : [];
}

/** One for each source and repository, by the newest delivery. */
function parked({ parked: all, now }: WatchdogFacts): readonly Trouble[] {
  const found = new Map<string, Trouble>();
  for (const { source, repository, receivedAt } of all.toSorted((a, b) => a.receivedAt - b.receivedAt)) {
    if (now - receivedAt > bounds.parkedMs) continue;
    const key = JSON.stringify([source, repository]);
    found.set(key, { kind: "deliveries-parked", source, repository, since: receivedAt });
  }
  return [...found.values()];
}

function stale({ repository, fetchedAt, failingSince, error }: MirrorFact, now: Instant): readonly Trouble[] {
  if (failingSince === undefined || now - failingSince <= bounds.mirrorMs) return [];
  return [{ kind: "mirror-stale", repository, since: fetchedAt ?? failingSince, detail: error }];
}
