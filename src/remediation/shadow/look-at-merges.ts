/** Reads from git what was merged for a shadow's target since Remit planned, and compares it. Reads only. */
import { isOurs } from "../../actions/is-ours.ts";
import type { Instant } from "../../clock.ts";
import { fieldKey } from "../../gitops/catalogue/field-key.ts";
import type { FieldChange } from "../../gitops/history/field-change.ts";
import { fieldChanges } from "../../gitops/history/field-changes.ts";
import { isAutomated } from "../../gitops/history/is-automated.ts";
import type { CommitShare } from "../../gitops/history/share.ts";
import { textChanges } from "../../gitops/history/text-changes.ts";
import type { Commit, Revision } from "../../gitops/mirror/mirror.ts";
import { gatherEvidence, type TargetEvidence } from "../evidence.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import { compareShadow, type MergedChange, type Value, type Wanted } from "./compare-shadow.ts";
import type { Comparison, Shadow } from "./shadow.ts";
import { filesOf } from "./shadow-of.ts";

export interface MergeLook {
  /** Head of the default branch. */
  readonly head: Revision;
  /** What reached the branch later doesn't count. */
  readonly until: Instant;
  readonly now: Instant;
}

/** undefined where nobody can say: the target is gone, or the revision that was planned from. */
export async function lookAtMerges(
  reader: RepositoryReader,
  shadow: Shadow,
  { head, until, now }: MergeLook,
): Promise<Comparison | undefined> {
  const { base, target, files } = shadow;
  if (!(await reader.mirror.has(base))) return undefined;
  const evidence = await gatherEvidence(reader, { revision: head, targets: [target], syncs: [], now });
  if (evidence === undefined) return undefined;
  const texts = await reader.texts(
    base,
    files.map(({ path }) => path),
  );
  const since = await mergedSince(reader, base, evidence.shares);
  const counted = since.filter(({ commit }) => commit.committedAt <= until && !isOurs(commit));
  const merged = counted.map((share) => mergedChange(share, evidence.changes)).toReversed();
  return compareShadow(wantedOf(evidence, filesOf(shadow, texts)), merged);
}

/** Newest first, as they come: the first one that the base has already ends it. */
async function mergedSince(
  { mirror }: RepositoryReader,
  base: Revision,
  shares: readonly CommitShare[],
): Promise<readonly CommitShare[]> {
  const since: CommitShare[] = [];
  for (const share of shares) {
    if (await mirror.isAncestor(share.commit.id, base)) break;
    since.push(share);
  }
  return since;
}

function mergedChange({ commit, files }: CommitShare, changes: readonly FieldChange[]): MergedChange {
  const own = changes.filter((change) => change.commit.id === commit.id && change.text !== "comments");
  return {
    commit: commit.id,
    at: commit.committedAt,
    by: isAutomated(commit.author) ? "program" : "person",
    fields: valuesOf(own),
    texts: files,
  };
}

/** As if it were a commit, so that both are read alike. Fields are known by where they stand today, wherever they stood then. */
function wantedOf({ entry, files: today }: TargetEvidence, files: Wanted["files"]): Wanted {
  const texts = new Map(files.map(({ path, before, after }) => [path, { before, after }]));
  const current = files.flatMap(({ path }) => {
    const text = today.get(path);
    return text === undefined ? [] : [[path, { before: text, after: text }] as const];
  });
  const known = fieldChanges(entry, [
    { commit: nobodys, texts: new Map(current) },
    { commit: nobodys, texts },
  ]);
  const all = [...known, ...textChanges([{ commit: nobodys, files: texts, mixed: false }], known)];
  const restarts = all.filter(({ field, after }) => field.role === "restart" && after !== undefined);
  return { fields: valuesOf(all), anew: new Set(restarts.map(({ field }) => fieldKey(field))), files };
}

function valuesOf(changes: readonly FieldChange[]): ReadonlyMap<string, Value> {
  return new Map(changes.map(({ field, after }) => [fieldKey(field), after]));
}

const nobody = { name: "", email: "" };
const nobodys: Commit = {
  id: "",
  parents: [],
  author: nobody,
  committer: nobody,
  authoredAt: 0,
  committedAt: 0,
  message: "",
  files: [],
};
