import type { Session } from "../session.ts";
import { better } from "./compare-shadow.ts";
import { lookAtMerges } from "./look-at-merges.ts";
import type { Comparison, Shadow } from "./shadow.ts";

export interface PeoplesAnswer {
  readonly shadow: Pick<Shadow, "plannedAt">;
  readonly comparison: Comparison;
}

/** What people merged where Remit might not, as far as git tells by now. Remembered when it is compared for good, not here. */
export async function peoplesAnswer(session: Session): Promise<PeoplesAnswer | undefined> {
  const { parts, incident, response, reader } = session;
  if (response.remediations.length > 0) return undefined;
  const shadow = await parts.store.shadows.get(incident.id);
  if (shadow === undefined) return undefined;
  const known = shadow.comparison ?? { outcome: "none" };
  if (shadow.settledAt !== undefined) return { shadow, comparison: known };
  const now = session.now();
  const found = await lookAtMerges(reader, shadow, { head: await reader.mirror.head(), until: now, now });
  return { shadow, comparison: found === undefined ? known : better(known, found) };
}
