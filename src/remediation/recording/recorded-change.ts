/** A change as the ledger tells it: which files, by digest, so that a stranger with a clone can compare. */
import type { Candidate, FileChange } from "../../actions/candidate.ts";
import { canonicalDigest, textDigest } from "../../ledger/canonical-json.ts";
import type { RecordedChange, RecordedFile } from "../../ledger/ledger-record.ts";

export interface PlacedChange {
  readonly kind: "fix" | "undo";
  readonly candidate: Candidate;
  readonly base: string;
  /** undefined where nothing is to be written. */
  readonly branch?: string | undefined;
}

export function recordedChange({ kind, candidate, base, branch }: PlacedChange): RecordedChange {
  const { action, title, digest, suspect, confidence, risks, lease } = candidate;
  const files = candidate.files.map(recordedFile);
  return {
    kind,
    action,
    title,
    candidate: digest,
    ...(suspect === undefined ? {} : { suspect }),
    confidence,
    risks: risks.map(({ code }) => code),
    ...(branch === undefined ? {} : { branch }),
    base,
    files,
    diff: canonicalDigest(files),
    ...(lease === undefined ? {} : { expiresAt: lease.expiresAt }),
  };
}

function recordedFile({ path, before, after }: FileChange): RecordedFile {
  return {
    path,
    ...(before === undefined ? {} : { before: textDigest(before) }),
    ...(after === undefined ? {} : { after: textDigest(after) }),
  };
}
