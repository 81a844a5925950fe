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
}

export interface SourceWatch {
  /** It sent something just now. */
  heard(source: SourceName): void;
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

const settingKey = ({ type, name }: SourceName) => `heard:${type}/${name}`;

export function sourceWatch({ store, clock, log, sources }: SourceWatchParts): SourceWatch {
  const last = new Map<string, Instant>();
  const written = new Map<string, Instant>();
  return {
    heard(source) {
      const key = settingKey(source);
      const now = clock.now();
      last.set(key, now);
      if (Math.abs(now - (written.get(key) ?? Number.NEGATIVE_INFINITY)) < writeEveryMs) return;
      written.set(key, now);
      // The sender isn't kept waiting for it.
      store.settings.set(key, String(now)).catch((error: unknown) => {
        written.delete(key);
        log.warn({ error, source: source.name }, "when it was last heard of couldn't be stored");
      });
    },
    look: () =>
      Promise.all(
        sources.map(async ({ type, name }) => {
          const key = settingKey({ type, name });
          const stored = Number((await store.settings.get(key)) ?? Number.NaN);
          const times = [last.get(key), stored].filter((at) => at !== undefined && Number.isFinite(at));
          return { type, name, at: times.length === 0 ? undefined : Math.max(...times.map(Number)) };
        }),
      ),
  };
}
