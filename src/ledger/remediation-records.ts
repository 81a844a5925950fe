import type { RemediationRecord } from "./remediation-record.ts";
import { parseTrailers } from "./trailers.ts";

export interface RecordedCommit {
  readonly id: string;
  readonly committedAt: number;
  readonly message: string;
}

/**
 * The remediations among these commits, in the same order. A commit tells one when it is ours and carries all five
 * trailers that make a record. Each commit counts once, whoever merged it and by whichever method.
 */
export function remediationRecords<C extends RecordedCommit>(
  commits: readonly C[],
  isOurs: (commit: C) => boolean,
): RemediationRecord[] {
  return commits.filter(isOurs).flatMap((commit) => toRecord(commit) ?? []);
}

/** More than anybody appends; a message with thousands of paragraphs was written to keep its readers busy. */
const lastParagraphs = 20;

/** A merge by a person may append a paragraph (`Co-authored-by`), so earlier paragraphs are looked at too. */
function toRecord(commit: RecordedCommit): RemediationRecord | undefined {
  const paragraphs = commit.message.trimEnd().split(/\n[ \t\r]*\n/);
  const least = Math.max(1, paragraphs.length - lastParagraphs);
  for (let count = paragraphs.length; count > least; count--) {
    const record = recordOf(commit, parseTrailers(paragraphs.slice(0, count).join("\n\n")));
    if (record !== undefined) return record;
  }
  return undefined;
}

function recordOf(commit: RecordedCommit, trailers: ReadonlyMap<string, string>): RemediationRecord | undefined {
  const incident = trailers.get("Remit-Incident");
  const action = trailers.get("Remit-Action");
  const target = trailers.get("Remit-Target");
  const tier = trailers.get("Remit-Tier");
  const candidate = trailers.get("Remit-Candidate");
  if (!incident || !action || !target || !tier || !candidate) return undefined;
  const [, from, to] = /^([0-9a-f]+)\.\.([0-9a-f]+)$/.exec(trailers.get("Remit-Change") ?? "") ?? [];
  const version = Number(trailers.get("Remit-Policy-Version"));
  return {
    commit: commit.id,
    at: commit.committedAt,
    incident,
    detectedAt: momentOf(trailers.get("Remit-Detected")),
    action,
    target,
    tier,
    candidate,
    runbook: trailers.get("Remit-Runbook"),
    change: from === undefined || to === undefined ? undefined : { from, to },
    lease: leaseOf(trailers),
    policyVersion: Number.isSafeInteger(version) && version > 0 ? version : undefined,
  };
}

function leaseOf(trailers: ReadonlyMap<string, string>): RemediationRecord["lease"] {
  const expiresAt = momentOf(trailers.get("Remit-Expires"));
  if (expiresAt === undefined) return undefined;
  const holder = trailers.get("Remit-Holder") ?? "";
  const written = trailers.get("Remit-Lease-Paths");
  const paths = written === undefined ? undefined : readPaths(written);
  return { expiresAt, holder, why: trailers.get("Remit-Lease") ?? "", paths };
}

function momentOf(text = ""): number | undefined {
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : moment;
}

/** What can't be read names no file: then nothing is taken back. */
function readPaths(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((path) => typeof path === "string") : [];
  } catch {
    return [];
  }
}
