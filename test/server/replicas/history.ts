/** What replicas did, as they and the world outside noted it, and what must be true of it afterwards. */

/** `at`: this machine's monotonic clock, the same for all processes. */
export type Event =
  /** A replica was given a key, or let go of it (an end that is missing: it died, or lost its lease). */
  | {
      readonly type: "begin" | "end";
      readonly at: number;
      readonly replica: string;
      readonly target: string;
      readonly token: string;
    }
  /** An attempt to save an incident under a lease. `unknown`: nobody heard the answer. */
  | {
      readonly type: "save";
      readonly at: number;
      readonly replica: string;
      readonly target: string;
      readonly token: string;
      readonly version: number;
      readonly outcome: "ok" | "fail" | "unknown";
    }
  /** Something happened outside that can't be taken back. */
  | {
      readonly type: "act";
      readonly at: number;
      readonly replica: string;
      readonly target: string;
      readonly alert: string;
    }
  /** A sender was told that its alert is stored. */
  | { readonly type: "acknowledged"; readonly at: number; readonly alert: string }
  | { readonly type: "killed" | "paused" | "resumed"; readonly at: number; readonly replica: string };

/** One sentence per violation; none when all is well. */
export function violations(history: readonly Event[]): string[] {
  const events = history.toSorted((a, b) => a.at - b.at);
  return [...lostAlerts(events), ...doubledActs(events), ...unfencedSaves(events), ...sharedTargets(events)];
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

/** Two may hold a target at once only in the belief of one that was paused meanwhile. The dead hold nothing. */
function sharedTargets(events: readonly Event[]): string[] {
  const out = new Set(only(events, "killed", "paused", "resumed").map(({ replica }) => replica));
  const held = new Map<string, { readonly token: string; readonly replica: string }>();
  const found: string[] = [];
  for (const event of events) {
    if (event.type === "begin") {
      const other = held.get(event.target);
      if (other !== undefined && !out.has(other.replica)) {
        found.push(`${event.target}: ${event.replica} began while ${other.replica} was at work`);
      }
      held.set(event.target, event);
    }
    if (event.type === "end" && held.get(event.target)?.token === event.token) held.delete(event.target);
  }
  return found;
}
