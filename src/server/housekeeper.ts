/** Forgets what is over and old, a little at a time, once an hour. Any number of replicas may do so side by side. */
import type { Clock } from "../clock.ts";
import type { Log } from "../remediation/session.ts";
import type { Pruned, Store } from "../store/store.ts";
import type { Retention } from "./config/retention.ts";
import { Lane, type LaneStep } from "./lane.ts";

export interface HousekeeperParts {
  readonly store: Pick<Store, "prune">;
  readonly clock: Clock;
  readonly log: Log;
  readonly retention: Retention;
}

const hourMs = 3_600_000;
const atOnce = 500;

export function createHousekeeper(parts: HousekeeperParts): Pick<Lane, "start" | "stop" | "runDue"> {
  const { store, clock, log, retention } = parts;
  const step = async (): Promise<LaneStep> => {
    const now = clock.now();
    const before = {
      deliveries: now - retention.deliveriesMs,
      incidents: now - retention.incidentsMs,
      syncs: now - retention.syncsMs,
      shadows: now - retention.shadowsMs,
    };
    const pruned = await store.prune(before, atOnce);
    const most = Math.max(...Object.values<number>({ ...pruned }));
    if (most > 0) log.info(gone(pruned), "forgot what was over and old");
    // Whatever arrived meanwhile comes first.
    await new Promise((resolve) => setImmediate(resolve));
    return most === atOnce ? { worked: true } : { worked: false, until: now + hourMs };
  };
  return new Lane({ clock, log, pollMs: hourMs }, () => {}, step);
}

function gone({ deliveries, sightings, incidents, syncs, shadows }: Pruned) {
  return { deliveries, sightings, incidents, syncs, shadows };
}
