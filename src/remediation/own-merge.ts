/** GitHub moves the base branch before it says that the pull request is merged: whoever looks in between finds the change there, and the pull request open. */
import type { Instant } from "../clock.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import type { RemediationRecord } from "../ledger/remediation-record.ts";
import { isInHistory } from "./is-in-history.ts";
import type { Remediation } from "./response.ts";
import type { Session } from "./session.ts";

/** When this very change came to `head`, by git's word alone; undefined: it is somebody else's that stands there. */
export async function ownMergeAt(
  { incident, reader: { mirror } }: Session,
  head: Revision,
  { candidate, commit }: Remediation,
  records: readonly RemediationRecord[] | "unreadable",
): Promise<Instant | undefined> {
  const own = (record: RemediationRecord) => record.incident === incident.id && record.candidate === candidate.digest;
  const record = records === "unreadable" ? undefined : records.find(own);
  if (record !== undefined) return record.at;
  // A merge commit needn't say whose it is, but brings our commit along.
  if (commit === undefined || !(await isInHistory(mirror, commit, head))) return undefined;
  const [newest] = await mirror.log(head, { limit: 1, files: false });
  return newest?.committedAt;
}
