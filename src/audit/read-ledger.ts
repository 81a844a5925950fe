/** Reads the ledger's branch out of a clone. */
import { createHash } from "node:crypto";
import type { Instant } from "../clock.ts";
import type { MinedCommit } from "../gitops/mirror/mined-commit.ts";
import type { Mirror, Revision } from "../gitops/mirror/mirror.ts";
import { parseRecord } from "../ledger/parse-record.ts";
import type { AuditHistory } from "./audit.ts";
import { contentDigests } from "./content-digests.ts";
import { type Ledger, type StoredRecord, sequenceOf } from "./ledger.ts";

/** `since`: without the records of months before, and the commits before. Throws RemitError git-failed where objects are missing. */
export async function readLedger(
  mirror: Pick<Mirror, "entries" | "read">,
  history: Pick<AuditHistory, "commits">,
  tip: Revision,
  since: Instant = 0,
): Promise<Ledger> {
  const [entries, newestFirst] = await Promise.all([mirror.entries(tip), history.commits(tip, { since })]);
  const commits = newestFirst.toReversed();
  const brought = commitsByPath(commits);
  const isRecord = ({ path, mode }: { readonly path: string; readonly mode: string }) =>
    sequenceOf(path) !== undefined && mode !== "160000" && mode !== "120000";
  const first = new Date(since).toISOString().slice(0, 7).replace("-", "/");
  const wanted = entries.filter((entry) => isRecord(entry) && entry.path >= first);
  const texts = await mirror.read(
    tip,
    wanted.map(({ path }) => path),
  );
  const records = wanted.map(({ path }) => stored(path, texts.get(path) ?? new Uint8Array(), brought.get(path)));
  return {
    tip,
    commits,
    records: records.toSorted((a, b) => a.sequence - b.sequence || (a.path < b.path ? -1 : 1)),
    others: entries.filter((entry) => !isRecord(entry)),
  };
}

/** The commit that first added each file. */
function commitsByPath(commits: readonly MinedCommit[]): ReadonlyMap<string, MinedCommit> {
  const found = new Map<string, MinedCommit>();
  for (const commit of commits) for (const { path } of commit.files) if (!found.has(path)) found.set(path, commit);
  return found;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function stored(path: string, bytes: Uint8Array, commit: MinedCommit | undefined): StoredRecord {
  const text = decode(bytes);
  const parsed = text === undefined ? notText : parseRecord(text);
  const isRecord = parsed.kind === "record";
  return {
    sequence: sequenceOf(path) ?? 0,
    path,
    hash: createHash("sha256").update(bytes).digest("hex"),
    record: isRecord ? parsed.record : undefined,
    why: isRecord ? undefined : parsed.why,
    canonical: isRecord && parsed.canonical,
    digests: text !== undefined && isRecord && parsed.canonical ? contentDigests(text) : undefined,
    commit: commit?.id,
    committedAt: commit?.committedAt,
  };
}

const notText = { kind: "unreadable", why: "it isn't UTF-8" } as const;

function decode(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
