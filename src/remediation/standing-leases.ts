/** The mitigations that were for a time only and are still in force, from git alone. */

import type { ActionResult, FileChange } from "../actions/candidate.ts";
import { actionNames } from "../actions/catalogue.ts";
import { takeBack } from "../actions/take-back.ts";
import type { Instant } from "../clock.ts";
import type { RemediationRecord } from "../ledger/remediation-record.ts";
import type { ReasonCode } from "../reason.ts";
import { type Target, targetName } from "../target.ts";
import { breakerMemoryMs, pastRemediations } from "./past-remediations.ts";
import type { RepositoryReader } from "./repository-reader.ts";

export interface StandingLease {
  readonly record: RemediationRecord & { readonly lease: NonNullable<RemediationRecord["lease"]> };
  /** undefined: the target is no longer in the repository. */
  readonly target: Target | undefined;
  readonly expired: boolean;
  /** The change that ends it, or why there is none; undefined without a target. */
  readonly end: ActionResult | undefined;
  /** Files that its end takes back. */
  readonly paths: readonly string[];
  /** Where somebody has changed the same lines since: the commit that did. */
  readonly changedBy?: string | undefined;
}

/** Newest first. What somebody took back already isn't in force. */
export async function standingLeases(
  reader: RepositoryReader,
  revision: string,
  now: Instant,
): Promise<readonly StandingLease[] | "unreadable"> {
  const records = await pastRemediations(reader, revision, now, now - breakerMemoryMs);
  if (records === "unreadable") return records;
  const leases: StandingLease[] = [];
  const ours = new Set(records.map(({ commit }) => commit));
  for (const record of records) {
    const { lease } = record;
    if (lease === undefined) continue;
    const standing = await standingOf(reader, revision, { ...record, lease }, { now, ours });
    if (standing !== undefined) leases.push(standing);
  }
  return leases;
}

async function standingOf(
  reader: RepositoryReader,
  revision: string,
  record: StandingLease["record"],
  { now, ours }: { readonly now: Instant; readonly ours: ReadonlySet<string> },
): Promise<StandingLease | undefined> {
  const found = await endAt(reader, revision, record, ours);
  if (found.target !== undefined && found.end === undefined) return undefined;
  return { record, ...found, expired: now >= record.lease.expiresAt };
}

/** Without an end nothing is left to take back. */
type End = Omit<StandingLease, "record" | "expired">;

interface KnownEnd {
  readonly revision: string;
  readonly end: Promise<End>;
}

/** Leases are looked at every minute, and only a push changes how they end. */
const knownEnds = new WeakMap<RepositoryReader, Map<string, KnownEnd>>();

function endAt(
  reader: RepositoryReader,
  revision: string,
  record: StandingLease["record"],
  ours: ReadonlySet<string>,
): Promise<End> {
  const known = knownEnds.get(reader) ?? new Map<string, KnownEnd>();
  knownEnds.set(reader, known);
  const last = known.get(record.commit);
  if (last?.revision === revision) return last.end;
  const end = findEnd(reader, revision, record, ours);
  known.set(record.commit, { revision, end });
  end.catch(() => known.delete(record.commit));
  return end;
}

async function findEnd(
  reader: RepositoryReader,
  revision: string,
  { commit, lease, ...record }: StandingLease["record"],
  ours: ReadonlySet<string>,
): Promise<End> {
  const action = actionNames.find((name) => name === record.action);
  const target = await targetNamed(reader, revision, record.target);
  if (target === undefined || action === undefined) return { target: undefined, end: undefined, paths: [] };
  const files = (await changesOf(reader, commit)).filter(({ path }) => lease.paths?.includes(path) ?? true);
  const paths = files.map(({ path }) => path);
  const message = `it was to hold until ${new Date(lease.expiresAt).toISOString()}`;
  const reason = { code: "lease-expired", message } as const;
  const takenBack = async (at: string) => {
    const current = await reader.texts(at, paths);
    return takeBack({ action, target, commit, files, current, reason, whenChanged: "lease-changed" });
  };
  const end = await takenBack(revision);
  const nothing: End = { target, end: undefined, paths };
  if (isRestored(end)) return nothing;
  let changedBy: string | undefined;
  let meanwhile: Pick<End, "end" | "changedBy"> | undefined;
  let isChanged = whyRefused(end) === "lease-changed";
  // Taken back once and there again: that is somebody else's, or another lease's.
  const since = await reader.mirror.log(revision, { paths, limit: mostSince, files: false });
  for (const { id } of since) {
    if (id === commit) break;
    const then = await takenBack(id);
    if (isRestored(then)) return nothing;
    // Changed by somebody, and there again: that it looks like Remit's own doesn't make it so. What another lease did is Remit's.
    if (end.outcome === "candidate" && !ours.has(id) && whyRefused(then) === "lease-changed")
      meanwhile = { end: then, changedBy: id };
    isChanged &&= whyRefused(then) === "lease-changed";
    if (isChanged) changedBy = id;
  }
  return { target, paths, ...(meanwhile ?? { end, changedBy }) };
}

/** More than touch a file from a change for a time only to its end. */
const mostSince = 200;

function isRestored(end: ActionResult): boolean {
  return whyRefused(end) === "already-restored";
}

function whyRefused(end: ActionResult): ReasonCode | undefined {
  return end.outcome === "refused" ? end.reasons[0]?.code : undefined;
}

/** The only target of that name. */
export async function targetNamed(
  reader: RepositoryReader,
  revision: string,
  name: string,
): Promise<Target | undefined> {
  const { targets } = await reader.catalogue(revision);
  const [entry, ...others] = targets.filter(({ target }) => targetName(target) === name);
  return others.length === 0 ? entry?.target : undefined;
}

/** A commit never changes, and leases are looked at every minute. */
const knownChanges = new WeakMap<RepositoryReader, Map<string, Promise<readonly FileChange[]>>>();

/** What a commit did, against its first parent. */
export function changesOf(reader: RepositoryReader, commit: string): Promise<readonly FileChange[]> {
  const known = knownChanges.get(reader) ?? new Map<string, Promise<readonly FileChange[]>>();
  knownChanges.set(reader, known);
  const read = known.get(commit) ?? readChanges(reader, commit);
  known.set(commit, read);
  read.catch(() => known.delete(commit));
  return read;
}

async function readChanges(reader: RepositoryReader, commit: string): Promise<readonly FileChange[]> {
  const [found] = await reader.mirror.log(commit, { limit: 1 });
  const [parent] = found?.parents ?? [];
  if (found === undefined || parent === undefined) return [];
  const paths = found.files.map(({ path }) => path);
  const before = await reader.texts(parent, paths);
  const after = await reader.texts(commit, paths);
  return paths.map((path) => ({ path, before: before.get(path), after: after.get(path) }));
}
