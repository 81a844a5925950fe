/** Since when somebody has listened without a gap, whichever replica: what was silent while nobody listened isn't known. */
import { z } from "zod";
import type { Clock, Instant } from "../../clock.ts";
import type { Store } from "../../store/store.ts";

export interface Listening {
  /** Somebody listens now. */
  note(): Promise<void>;
  since(): Promise<Instant>;
}

const noteSchema = z.object({ since: z.number(), at: z.number() });

/** A start takes less. */
const gapMs = 5 * 60_000;
const key = "watchdog listens";

export function listening({ settings }: Pick<Store, "settings">, clock: Clock): Listening {
  const startedAt = clock.now();
  const since = async () => {
    const text = (await settings.get(key)) ?? "";
    if (text === "") return startedAt;
    const known = noteSchema.parse(JSON.parse(text));
    return Math.abs(clock.now() - known.at) <= gapMs ? known.since : startedAt;
  };
  return {
    since,
    async note() {
      await settings.set(key, JSON.stringify({ since: await since(), at: clock.now() }));
    },
  };
}
