/** Whether what a remediation takes back is still what Remit set for a time only: between the plan and the merge somebody may have put it back, and set it again. */
import { expiredLease } from "../incidents/lease-alert.ts";
import type { Reason } from "../reason.ts";
import type { Remediation } from "./response.ts";
import type { Session } from "./session.ts";
import { standingLeases } from "./standing-leases.ts";

/** undefined: it is, or the remediation ends no lease. */
export async function whyNoLease(session: Session, head: string, current: Remediation): Promise<Reason | undefined> {
  const commit = expiredLease(session.incident);
  if (current.kind !== "undo" || commit === undefined) return undefined;
  const leases = await standingLeases(session.reader, head, session.now());
  if (leases === "unreadable")
    return { code: "limits-unreadable", message: "the changes of the past couldn't be read" };
  const stands = leases.some(({ record, end }) => record.commit === commit && end?.outcome === "candidate");
  return stands
    ? undefined
    : { code: "already-restored", message: "somebody put it back since: what stands there now is theirs" };
}
