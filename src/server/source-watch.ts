/** When each source last sent something that was let in. Kept in the store, so that it outlives a restart and replicas share it. */
import type { Clock, Instant } from "../clock.ts";
import type { Log } from "../remediation/session.ts";
import type { Store } from "../store/store.ts";

export interface SourceName {
  readonly type: string;
  readonly name: string;
}

export interface HeardSource extends SourceName {
  /** undefined: never, as far as the store knows. */
  readonly at: Instant | undefined;
  /** When it last showed that it is alive: by the alert that always fires, where one is configured. */
  readonly aliveAt: Instant | undefined;
}

export interface SourceWatch {
  /** It sent something just now. */
  heard(source: SourceName): void;
  /** What it sent shows that all behind it is alive, too. */
  alive(source: SourceName): void;
  /** In the order in which they are configured. */
  look(): Promise<readonly HeardSource[]>;
}

export interface SourceWatchParts {
  readonly store: Pick<Store, "settings">;
  readonly clock: Clock;
  readonly log: Log;
  readonly sources: readonly SourceName[];
}

/** Deliveries come by the thousand; what others read of them may be this old. */
const writeEveryMs = 30_000;

type What = "heard" | "alive";

const settingKey = (what: What, { type, name }: SourceName) => `${what}:${type}/${name}`;

export function sourceWatch({ store, clock, log, sources }: SourceWatchParts): SourceWatch {
  const last = new Map<string, Instant>();
  const written = new Map<string, Instant>();
  const note = (what: What, source: SourceName) => {
    const key = settingKey(what, source);
    const now = clock.now();
    last.set(key, now);
    if (Math.abs(now - (written.get(key) ?? Number.NEGATIVE_INFINITY)) < writeEveryMs) return;
    written.set(key, now);
    // The sender isn't kept waiting for it.
    store.settings.set(key, String(now)).catch((error: unknown) => {
      written.delete(key);
      log.warn({ error, source: source.name }, "when it was last heard of couldn't be stored");
    });
  };
  const noted = async (what: What, source: SourceName): Promise<Instant | undefined> => {
    const key = settingKey(what, source);
    const stored = Number((await store.settings.get(key)) ?? Number.NaN);
    const times = [last.get(key), stored].filter((at) => at !== undefined && Number.isFinite(at));
    return times.length === 0 ? undefined : Math.max(...times.map(Number));
  };
  return {
    heard: (source) => note("heard", source),
    alive: (source) => note("alive", source),
    look: () =>
      Promise.all(
        sources.map(async ({ type, name }) => {
          const [at, aliveAt] = await Promise.all([noted("heard", { type, name }), noted("alive", { type, name })]);
          return { type, name, at, aliveAt };
        }),
      ),
  };
}
