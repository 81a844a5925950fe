/** Gathers what the pure rooms need to diagnose one target at one revision: its fields, their history, the controllers' word. */
import type { Instant } from "../clock.ts";
import type { HealthRecord } from "../diagnosis/diagnosis.ts";
import type { Catalogue, CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import { delivers } from "../gitops/catalogue/delivers.ts";
import type { CommitTexts } from "../gitops/history/commit-texts.ts";
import type { FieldChange } from "../gitops/history/field-change.ts";
import { fieldChanges } from "../gitops/history/field-changes.ts";
import { fieldReader } from "../gitops/history/field-reader.ts";
import { mergeTargets } from "../gitops/history/merge-targets.ts";
import { type OwnedFiles, ownedFiles } from "../gitops/history/owned-files.ts";
import type { RevertHabits } from "../gitops/history/revert-habits.ts";
import { type CommitShare, commitShares } from "../gitops/history/share.ts";
import { textChanges } from "../gitops/history/text-changes.ts";
import type { Commit, Revision } from "../gitops/mirror/mirror.ts";
import type { SyncSignal } from "../signals/signal.ts";
import { type Target, targetKey } from "../target.ts";
import { isInHistory } from "./is-in-history.ts";
import type { RepositoryReader } from "./repository-reader.ts";

export interface TargetEvidence {
  readonly entry: CatalogueTarget;
  /** The targets of one service that `entry` is made of; one, unless the alert left several open. */
  readonly members: readonly CatalogueTarget[];
  readonly owned: OwnedFiles;
  /** Commits that touch the target's files, newest first. */
  readonly commits: readonly Commit[];
  /** What each of them did to the target's own lines, where it did anything; newest first. */
  readonly shares: readonly CommitShare[];
  readonly changes: readonly FieldChange[];
  /** Current texts of the target's files. */
  readonly files: ReadonlyMap<string, string>;
  readonly health: readonly HealthRecord[];
  readonly habits: RevertHabits;
}

export interface EvidenceInput {
  readonly revision: Revision;
  /** More than one: those of one service that an alert left open. */
  readonly targets: readonly Target[];
  readonly syncs: readonly SyncSignal[];
  /** What `syncs` come to, where that is known already. */
  readonly health?: readonly HealthRecord[] | undefined;
  readonly now: Instant;
}

const day = 24 * 60 * 60_000;
/** How far back a target's own history is read. More than enough for the newest healthy value; never the whole history. */
const historyMs = 45 * day;
const commitLimit = 40;
/** How far back somebody may have stopped drawing the target in: about as far as a change is suspected. */
const drawnMs = 14 * day;

/** undefined where the repository doesn't hold exactly these targets, or no file of them. */
export async function gatherEvidence(
  reader: RepositoryReader,
  { revision, targets, syncs, health, now }: EvidenceInput,
): Promise<TargetEvidence | undefined> {
  const catalogue = await reader.catalogue(revision);
  const members = targets.length === 1 ? one(catalogue, targets[0]) : some(catalogue, targets);
  const service = serviceTarget(members.map(({ target }) => target));
  if (service === undefined) return undefined;
  const entry = mergeTargets(service, members);
  const owned = ownedFiles(
    await reader.ownership(revision),
    entry,
    members.map(({ target }) => target),
  );
  const { present } = owned;
  if (present.length === 0) return undefined;
  const habits = reader.habits(revision, now);
  const paths = [...new Set([...present, ...owned.directories])];
  const collections = collectionsOf(catalogue, members, owned);
  const [touching, drawing] = await Promise.all([
    reader.mirror.log(revision, { paths, limit: commitLimit, since: now - historyMs }),
    reader.mirror.log(revision, { paths: [...collections], limit: commitLimit, since: now - drawnMs }),
  ]);
  const own = touching.filter(({ files }) => files.some(({ path }) => owned.owns(path)));
  const history = await textsOf(reader, inOrder(own, drawing), (path) => owned.owns(path) || collections.has(path));
  const touched = new Set(history.flatMap(({ texts }) => [...texts.keys()]));
  const files = await reader.texts(
    revision,
    new Set([...present, ...[...collections].filter((path) => touched.has(path))]),
  );
  const draws = (path: string, line: string) => collections.has(path) && owned.draws(path, line);
  const read = fieldReader();
  const all = commitShares(
    { entry, whole: new Set([...touched].filter(owned.ownsWhole)), files, draws },
    history,
    read,
  );
  // What a collection says of others isn't this target's history.
  const ids = new Set(own.map(({ id }) => id));
  const shares = all.filter(({ commit, files: { size } }) => ids.has(commit.id) || size > 0);
  const commits = shares.map(({ commit }) => commit);
  const known = fieldChanges(entry, history, read);
  return {
    entry,
    members,
    owned,
    commits,
    shares,
    changes: newestFirst(commits, [...known, ...textChanges(shares, known)]),
    files,
    health: health ?? (await healthRecords(reader, { revision, catalogue, entry }, syncs, present)),
    habits: await habits,
  };
}

/** Kustomizations of the targets' environments that aren't their own and draw services in. */
function collectionsOf(
  catalogue: Catalogue,
  members: readonly CatalogueTarget[],
  owned: OwnedFiles,
): ReadonlySet<string> {
  const environments = new Set(members.map(({ target }) => target.environment));
  const here = (chain: readonly string[]) =>
    environments.has(undefined) || chain.length === 0 || chain.some((environment) => environments.has(environment));
  const found = (catalogue.collections ?? []).filter(({ file, chains }) => chains.some(here) && !owned.ownsWhole(file));
  return new Set(found.map(({ file }) => file));
}

/** Each commit once, newest first. */
function inOrder(own: readonly Commit[], others: readonly Commit[]): readonly Commit[] {
  const known = new Set(own.map(({ id }) => id));
  const further = others.filter(({ id }) => !known.has(id));
  return further.length === 0 ? own : [...own, ...further].toSorted((a, b) => b.committedAt - a.committedAt);
}

/** undefined where there is no such target, or two that can't be told apart. */
export function findEntry(catalogue: Catalogue, target: Target): CatalogueTarget | undefined {
  const [entry, ...others] = some(catalogue, [target]);
  return others.length === 0 ? entry : undefined;
}

function one(catalogue: Catalogue, target: Target | undefined): readonly CatalogueTarget[] {
  const entry = target === undefined ? undefined : findEntry(catalogue, target);
  return entry === undefined ? [] : [entry];
}

function some(catalogue: Catalogue, targets: readonly Target[]): readonly CatalogueTarget[] {
  const keys = new Set(targets.map(targetKey));
  const services = new Set(targets.map(({ service }) => service));
  return catalogue.targets.filter(({ target }) => services.has(target.service) && keys.has(targetKey(target)));
}

/** The service as a whole: what all of them say alike. undefined for targets of several services. */
export function serviceTarget(targets: readonly Target[]): Target | undefined {
  const [first] = targets;
  if (first === undefined || targets.some(({ service }) => service !== first.service)) return undefined;
  const same = (key: "environment" | "namespace") =>
    targets.every((target) => target[key] === first[key]) ? first[key] : undefined;
  return { service: first.service, environment: same("environment"), namespace: same("namespace") };
}

function newestFirst(commits: readonly Commit[], changes: readonly FieldChange[]): readonly FieldChange[] {
  const order = new Map(commits.map(({ id }, index) => [id, index]));
  return changes.toSorted((a, b) => (order.get(a.commit.id) ?? 0) - (order.get(b.commit.id) ?? 0));
}

/** Before and after each commit, of the target's files that it touched. */
async function textsOf(
  reader: RepositoryReader,
  commits: readonly Commit[],
  concerns: (path: string) => boolean,
): Promise<CommitTexts[]> {
  const touched = commits.map((commit) => commit.files.map((file) => file.path).filter(concerns));
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
  { revision: base, catalogue, entry }: { revision: string; catalogue: Catalogue; entry: CatalogueTarget },
  syncs: readonly SyncSignal[],
  paths: readonly string[],
): Promise<HealthRecord[]> {
  const relevant = syncs.filter((sync) => sync.phase !== "progressing" && delivers(catalogue, sync, entry));
  const touching = new Map<string, string | undefined>();
  const records: HealthRecord[] = [];
  for (const sync of relevant.slice(0, reportLimit)) {
    if (!touching.has(sync.revision)) touching.set(sync.revision, await lastTouch(reader, base, sync.revision, paths));
    const revision = touching.get(sync.revision);
    if (revision === undefined) continue;
    const health = sync.phase === "failed" ? ("degraded" as const) : sync.health;
    records.push({ revision, at: sync.observedAt, health });
  }
  return records;
}

/** A commit that isn't on the base branch says nothing about one that is. */
async function lastTouch(reader: RepositoryReader, base: string, revision: string, paths: readonly string[]) {
  if (!(await isInHistory(reader.mirror, revision, base))) return undefined;
  const [commit] = await reader.mirror.log(revision, { paths, limit: 1 });
  return commit?.id;
}
