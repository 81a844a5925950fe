/** Gathers what the pure rooms need to diagnose one target at one revision: its fields, their history, the controllers' word. */
import type { HealthRecord } from "../diagnosis/diagnosis.ts";
import type { Catalogue, CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import { delivers } from "../gitops/catalogue/delivers.ts";
import type { CommitTexts } from "../gitops/history/commit-texts.ts";
import type { FieldChange } from "../gitops/history/field-change.ts";
import { fieldChanges } from "../gitops/history/field-changes.ts";
import type { Commit, Revision } from "../gitops/mirror/mirror.ts";
import type { SyncSignal } from "../signals/signal.ts";
import { type Target, targetKey } from "../target.ts";
import type { RepositoryReader } from "./repository-reader.ts";

export interface TargetEvidence {
  readonly entry: CatalogueTarget;
  /** Commits that touch the target's files, newest first. */
  readonly commits: readonly Commit[];
  readonly changes: readonly FieldChange[];
  /** Current texts of the target's files. */
  readonly files: ReadonlyMap<string, string>;
  readonly health: readonly HealthRecord[];
}

/** How far back a target's own history is read. More than enough for the newest healthy value; never the whole history. */
const commitLimit = 40;

export async function gatherEvidence(
  reader: RepositoryReader,
  revision: Revision,
  target: Target,
  syncs: readonly SyncSignal[],
): Promise<TargetEvidence | undefined> {
  const catalogue = await reader.catalogue(revision);
  const entry = findEntry(catalogue, target);
  if (entry === undefined) return undefined;
  const paths = [...new Set(entry.fields.map((field) => field.file))];
  if (paths.length === 0) return undefined;
  const commits = await reader.mirror.log(revision, { paths, limit: commitLimit });
  const history = await textsOf(reader, commits, new Set(paths));
  return {
    entry,
    commits,
    changes: fieldChanges(entry, history),
    files: await reader.texts(revision, paths),
    health: await healthRecords(reader, catalogue, entry, syncs, paths),
  };
}

export function findEntry(catalogue: Catalogue, target: Target): CatalogueTarget | undefined {
  const key = targetKey(target);
  return catalogue.targets.find((entry) => targetKey(entry.target) === key);
}

/** Before and after each commit, of those of the paths that it touched. */
async function textsOf(
  reader: RepositoryReader,
  commits: readonly Commit[],
  paths: ReadonlySet<string>,
): Promise<CommitTexts[]> {
  const touched = commits.map((commit) => commit.files.map((file) => file.path).filter((path) => paths.has(path)));
  const wanted = commits.flatMap(({ id, parents: [parent] }, index) => {
    const files = touched[index] ?? [];
    // The first commit has nothing before it.
    return [
      { revision: parent ?? id, paths: parent === undefined ? [] : files },
      { revision: id, paths: files },
    ];
  });
  const texts = await reader.textsOfEach(wanted);
  return commits.map((commit, index) => ({
    commit,
    texts: new Map(
      (touched[index] ?? []).map((path) => [
        path,
        { before: texts[index * 2]?.get(path), after: texts[index * 2 + 1]?.get(path) },
      ]),
    ),
  }));
}

/** More reports than these are older than anything that a rollback would go back to. */
const reportLimit = 60;

/**
 * A controller reports the revision that it applied, whichever service changed in it. For this target that says
 * something about the newest commit up to there that touched the target's files.
 */
async function healthRecords(
  reader: RepositoryReader,
  catalogue: Catalogue,
  entry: CatalogueTarget,
  syncs: readonly SyncSignal[],
  paths: readonly string[],
): Promise<HealthRecord[]> {
  const relevant = syncs.filter((sync) => sync.phase !== "progressing" && delivers(catalogue, sync, entry));
  const touching = new Map<string, string | undefined>();
  const records: HealthRecord[] = [];
  for (const sync of relevant.slice(0, reportLimit)) {
    if (!touching.has(sync.revision)) touching.set(sync.revision, await lastTouch(reader, sync.revision, paths));
    const revision = touching.get(sync.revision);
    if (revision === undefined) continue;
    const health = sync.phase === "failed" ? ("degraded" as const) : sync.health;
    records.push({ revision, at: sync.observedAt, health });
  }
  return records;
}

async function lastTouch(reader: RepositoryReader, revision: string, paths: readonly string[]) {
  if (!(await reader.mirror.has(revision))) return undefined;
  const [commit] = await reader.mirror.log(revision, { paths, limit: 1 });
  return commit?.id;
}
