/** What replicas did, as they and the world outside noted it, and what must be true of it afterwards. */

/** `at`: this machine's monotonic clock, the same for all processes. */
export type Event =
  | Hold
  /** An attempt to save an incident under a lease. */
  | {
      readonly type: "save";
      readonly at: number;
      readonly replica: string;
      readonly target: string;
      readonly token: string;
      readonly version: number;
      readonly outcome: "ok" | "fail";
    }
  /** Something happened outside that can't be taken back. */
  | {
      readonly type: "act";
      readonly at: number;
      readonly replica: string;
      readonly target: string;
      readonly token: string;
      readonly alert: string;
    }
  /** A sender was told that its alert is stored. */
  | { readonly type: "acknowledged"; readonly at: number; readonly alert: string }
  | Signalled<"killed">
  | Signalled<"paused">
  | Signalled<"resumed">;

/** What the test did to a replica. */
interface Signalled<T> {
  readonly type: T;
  readonly at: number;
  readonly replica: string;
}

/**
 * A replica was given a key (`begin`); let go of it, and held the lease to the last (`end`); or learnt that another one has
 * it (`lost`). Whoever is killed tells neither.
 */
interface Hold {
  readonly type: "begin" | "end" | "lost";
  readonly at: number;
  readonly replica: string;
  readonly target: string;
  readonly token: string;
}

/** One sentence per violation; none when all is well. */
export function violations(history: readonly Event[]): string[] {
  const events = history.toSorted((a, b) => a.at - b.at);
  return [
    ...lostAlerts(events),
    ...doubledActs(events),
    ...unfencedSaves(events),
    ...unfencedActs(events),
    ...sharedTargets(events),
  ];
}

/** Holds of the living whose end isn't known yet: whoever stalls learns only later that its lease is gone. */
export function undecided(history: readonly Event[]): Event[] {
  const killed = new Set(only(history, "killed").map(({ replica }) => replica));
  const over = new Set([...holds(history, "end"), ...holds(history, "lost")].map(({ token }) => token));
  return holds(history, "begin").filter(({ replica, token }) => !killed.has(replica) && !over.has(token));
}

type Of<T extends Event["type"]> = Extract<Event, { readonly type: T }>;

function only<T extends Event["type"]>(events: readonly Event[], ...types: readonly T[]): Of<T>[] {
  return events.filter((event): event is Of<T> => types.some((type) => type === event.type));
}

function lostAlerts(events: readonly Event[]): string[] {
  const acted = new Set(only(events, "act").map(({ alert }) => alert));
  const acknowledged = new Set(only(events, "acknowledged").map(({ alert }) => alert));
  return [...acknowledged].filter((alert) => !acted.has(alert)).map((alert) => `${alert} was acknowledged and lost`);
}

function doubledActs(events: readonly Event[]): string[] {
  const acts = only(events, "act").map(({ alert }) => alert);
  return [...new Set(acts.filter((alert, index) => acts.indexOf(alert) !== index))].map(
    (alert) => `${alert} was acted on twice`,
  );
}

/** In the order of versions, a token that gave way to another never comes back, and no version is saved twice. */
function unfencedSaves(events: readonly Event[]): string[] {
  const saves = only(events, "save").filter(({ outcome }) => outcome === "ok");
  const byTarget = Map.groupBy(saves, ({ target }) => target);
  return [...byTarget].flatMap(([target, all]) => {
    const ordered = all.toSorted((a, b) => a.version - b.version);
    const over = new Set<string>();
    const found: string[] = [];
    for (const [index, { token, version }] of ordered.entries()) {
      const before = ordered[index - 1];
      if (before?.version === version) found.push(`${target}: version ${version} was saved twice`);
      if (before !== undefined && before.token !== token) over.add(before.token);
      if (over.has(token)) found.push(`${target}: version ${version} was saved after its lease had gone to another`);
    }
    return found;
  });
}

/** Whoever acts on a target after somebody else did had the lease after them, and doesn't get it back with the same token. */
function unfencedActs(events: readonly Event[]): string[] {
  return [...Map.groupBy(only(events, "act"), ({ target }) => target)].flatMap(([target, acts]) => {
    const tokens = acts.map(({ token }) => token).filter((token, index, all) => token !== all[index - 1]);
    return tokens.length === new Set(tokens).size
      ? []
      : [`${target}: somebody acted after the lease had gone to another`];
  });
}

/** Two may hold a target at once only in the belief of one that was paused, or stalled until its lease was gone: before it began, or after. */
function sharedTargets(events: readonly Event[]): string[] {
  const out = new Set(only(events, "killed", "paused", "resumed").map(({ replica }) => replica));
  const lost = new Set(holds(events, "lost").map(({ token }) => token));
  const held = new Map<string, Hold>();
  const found: string[] = [];
  for (const event of holds(events).filter(({ token }) => !lost.has(token))) {
    const other = held.get(event.target);
    if (event.type !== "begin") {
      if (other?.token === event.token) held.delete(event.target);
      continue;
    }
    if (other !== undefined && !out.has(other.replica)) {
      found.push(`${event.target}: ${event.replica} began while ${other.replica} was at work`);
    }
    held.set(event.target, event);
  }
  return found;
}

function holds(events: readonly Event[], type?: Hold["type"]): Hold[] {
  return events
    .filter((event): event is Hold => event.type === "begin" || event.type === "end" || event.type === "lost")
    .filter((hold) => type === undefined || hold.type === type);
}
