/**
 * Judges what merging one commit into another would change: from git's own trees, the catalogues of both sides and the base's
 * policy. Nothing of the head is run, nothing of it is rendered unless that is asked for, and nothing that a pull request says about
 * itself is read.
 */
import type { RenderedEffect } from "../actions/effect/rendered-effect.ts";
import { classifyDiff } from "../authority/diff/classify-diff.ts";
import type { DiffClassification } from "../authority/diff/diff-change.ts";
import type { DiffFile, DiffSide } from "../authority/diff/diff-file.ts";
import { type DiffVerdict, judgeDiff } from "../authority/diff/judge-diff.ts";
import { placesOf } from "../authority/places-of.ts";
import type { PolicyMistake } from "../authority/policy-mistake.ts";
import type { ChangedFile, Mirror, Revision } from "../gitops/mirror/mirror.ts";
import type { Reason } from "../reason.ts";
import { policyDirectory } from "./policy-paths.ts";
import { renderDiff } from "./rendering/render-diff.ts";
import type { RepositoryReader } from "./repository-reader.ts";

export interface GateAnswer {
  readonly base: Revision;
  readonly head: Revision;
  readonly classification: DiffClassification;
  readonly verdict: DiffVerdict;
  /** What is wrong with the policy as the head would have it. Empty where the head doesn't touch it. */
  readonly mistakes: readonly PolicyMistake[];
  /** Nothing but the policy changes. Remit never does that, so what it may do itself says nothing of it. */
  readonly policyOnly: boolean;
  /** What renderers show, where that was asked for. */
  readonly rendered?: RenderedEffect;
}

export interface GateOptions {
  /** Runs the reader's renderer over what the head says, which anybody may have written. */
  readonly renders?: boolean;
}

const absent = "000000";
/** More files aren't read, only their paths are looked at: nobody reviews them one by one either. */
const readFiles = 2_000;
/** Larger files aren't read. Bytes. */
const readBytes = 1024 * 1024;

export async function gateRevisions(
  reader: RepositoryReader,
  base: Revision,
  head: Revision,
  { renders = false }: GateOptions = {},
): Promise<GateAnswer> {
  const { mirror } = reader;
  const bases = await mirror.mergeBases(base, head);
  // Unrelated histories, or several meeting points: compared with the base itself, which shows at least as much.
  const from = bases.length === 1 ? (bases[0] ?? base) : base;
  const changed = await mirror.diff(from, head);
  const doubts = await historyDoubts(mirror, { base, from, bases: bases.length }, changed);
  const files = await readDiff(reader, from, head, changed);
  const catalogue = await reader.catalogue(from);
  const grows = changed.length <= readFiles && changed.some(({ modeBefore }) => modeBefore === absent);
  const classification = classifyDiff({
    files,
    base: catalogue,
    head: grows ? await reader.catalogue(head) : catalogue,
  });
  const authority = await reader.authority(base);
  const rendering = renders ? await renderDiff(reader, from, files, classification.targets) : undefined;
  const verdict = judgeDiff({ classification, authority, doubts, rendering });
  const rendered = rendering?.effect;
  const mistakes = await policyMistakes(reader, head, changed);
  const policyOnly = changed.length > 0 && changed.every(({ path }) => isPolicy(path));
  return { base, head, classification, verdict, mistakes, policyOnly, ...(rendered === undefined ? {} : { rendered }) };
}

/** What a check says of it. A policy that can't be read grants nothing: that is nobody's wish, whatever the gate is to others. */
export function checkOf({ verdict, mistakes, policyOnly }: GateAnswer): Pick<DiffVerdict, "check" | "title"> {
  if (mistakes.length > 0) return { check: "failure", title: `the policy would have ${placesOf(mistakes)}` };
  // Were it a failure where the gate is required, nobody could change a policy any more.
  return policyOnly ? { check: "neutral", title: "the policy changes: people decide that" } : verdict;
}

function isPolicy(path: string): boolean {
  return path.startsWith(`${policyDirectory}/`);
}

/** By the parsers that would read it after the merge. */
async function policyMistakes(
  reader: RepositoryReader,
  head: Revision,
  changed: readonly ChangedFile[],
): Promise<readonly PolicyMistake[]> {
  if (!changed.some(({ path }) => isPolicy(path))) return [];
  const states = [await reader.authority(head), await reader.runbooks(head)];
  return states.flatMap((state) => (state.kind === "invalid" ? state.mistakes : []));
}

async function readDiff(
  reader: RepositoryReader,
  from: Revision,
  head: Revision,
  changed: readonly ChangedFile[],
): Promise<readonly DiffFile[]> {
  const paths = changed.slice(0, readFiles).map(({ path }) => path);
  const [before, after] = await reader.textsOfEach([
    { revision: from, paths, maxBytes: readBytes },
    { revision: head, paths, maxBytes: readBytes },
  ]);
  const side = (mode: string, text: string | undefined): DiffSide => ({ mode, text });
  return changed.map(({ path, modeBefore, modeAfter }) => ({
    path,
    before: side(modeBefore, before?.get(path)),
    after: side(modeAfter, after?.get(path)),
  }));
}

interface Meeting {
  readonly base: Revision;
  readonly from: Revision;
  /** How many commits both histories meet in. */
  readonly bases: number;
}

/** What a merge makes of files that changed on both sides, neither side's diff tells. */
async function historyDoubts(
  mirror: Mirror,
  { base, from, bases }: Meeting,
  changed: readonly ChangedFile[],
): Promise<readonly Reason[]> {
  if (bases !== 1) {
    const message = bases === 0 ? "base and head have no history in common" : "base and head have met more than once";
    return [{ code: "base-unclear", message: `${message}: compared as they are` }];
  }
  if (from === base) return [];
  const touched = new Set(changed.map(({ path }) => path));
  const both = (await mirror.diff(from, base)).find(({ path }) => touched.has(path));
  if (both === undefined) return [];
  return [{ code: "base-moved", message: `the base has changed the same file since (${both.path})` }];
}
