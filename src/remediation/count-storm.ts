/** How many services are sick, and how many changes are under way for others: from the store, which all replicas share. */

import { sickWindowMs } from "../authority/defaults.ts";
import type { StormCount } from "../store/store.ts";
import type { Session } from "./session.ts";
import { stormOf } from "./storm-of.ts";

/** `unreadable` where the store can't say: then nothing is done without a person. */
export async function countStorm(session: Session): Promise<StormCount | "unreadable"> {
  const { incident, parts } = session;
  try {
    return await stormOf(parts.store, incident.repository, session.now() - sickWindowMs, incident.id);
  } catch (error) {
    parts.log.error({ incident: incident.id, error }, "the sick services can't be counted");
    return "unreadable";
  }
}
