/** Reads the ledger's branch out of a clone. */
import type { Instant } from "../clock.ts";
import type { MinedCommit } from "../gitops/mirror/mined-commit.ts";
import type { Mirror, Revision } from "../gitops/mirror/mirror.ts";
import { textDigest } from "../ledger/canonical-json.ts";
import { type ReadFile, readRecordFiles } from "../ledger/read-record-files.ts";
import type { AuditHistory } from "./audit.ts";
import { contentDigests } from "./content-digests.ts";
import type { Ledger, StoredRecord } from "./ledger.ts";

/** `since`: without the records of months before, and the commits before. Throws RemitError git-failed where objects are missing. */
export async function readLedger(
  mirror: Pick<Mirror, "entries" | "read">,
  history: Pick<AuditHistory, "commits">,
  tip: Revision,
  since: Instant = 0,
): Promise<Ledger> {
  const [{ files, others }, newestFirst] = await Promise.all([
    readRecordFiles(mirror, tip, since),
    history.commits(tip, { since }),
  ]);
  const commits = newestFirst.toReversed();
  const brought = commitsByPath(commits);
  return { tip, commits, records: files.map((file) => stored(file, brought.get(file.path))), others };
}

/** The commit that first added each file. */
function commitsByPath(commits: readonly MinedCommit[]): ReadonlyMap<string, MinedCommit> {
  const found = new Map<string, MinedCommit>();
  for (const commit of commits) for (const { path } of commit.files) if (!found.has(path)) found.set(path, commit);
  return found;
}

function stored({ sequence, path, bytes, text, parsed }: ReadFile, commit: MinedCommit | undefined): StoredRecord {
  const isRecord = parsed.kind === "record";
  return {
    sequence,
    path,
    hash: textDigest(bytes),
    record: isRecord ? parsed.record : undefined,
    why: isRecord ? undefined : parsed.why,
    canonical: isRecord && parsed.canonical,
    digests: text !== undefined && isRecord && parsed.canonical ? contentDigests(text) : undefined,
    commit: commit?.id,
    committedAt: commit?.committedAt,
  };
}
