/** Limits, cooldowns and breakers are counted from git, so no restart resets them. The ledger will answer the same question. */
import type { Instant } from "../clock.ts";
import type { RemediationRecord } from "../ledger/remediation-record.ts";
import { remediationRecords } from "../ledger/remediation-records.ts";
import type { RepositoryReader } from "./repository-reader.ts";

const day = 24 * 60 * 60_000;
/** As long as the longest window of a limit. */
const limitWindowMs = 7 * day;
/** A breaker stays open until a person re-arms it; what is older than this is forgotten all the same. */
export const breakerMemoryMs = 90 * day;
const limitCommits = 2_000;
/** Stands in the message of every commit that is counted. */
const mark = "Remit-Candidate";

/** Anybody can forge such a trailer: that can only lower what Remit may do (a lease in it is `ownLeases`' to judge). `rearmedAt`: when the policy last changed. */
export async function pastRemediations(
  reader: RepositoryReader,
  revision: string,
  now: Instant,
  rearmedAt: Instant | undefined,
): Promise<readonly RemediationRecord[] | "unreadable"> {
  const since = Math.max(now - breakerMemoryMs, Math.min(now - limitWindowMs, rearmedAt ?? 0));
  const commits = await reader.commitsContaining(revision, mark, since, limitCommits);
  // More remediations than Remit reads: the count would be too low, and a count that is too low is worse than none.
  if (commits.length === limitCommits) return "unreadable";
  return remediationRecords(commits, () => true);
}
