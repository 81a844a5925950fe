/** The exact inverse of a change of ours, as long as the files still hold what we wrote. */
import { revertText } from "../gitops/edit/revert-text.ts";
import type { ReasonCode } from "../reason.ts";
import { asEdits } from "./as-edits.ts";
import type { ActionResult, Candidate, FieldEffect, FileChange } from "./candidate.ts";
import { candidateDigest } from "./candidate-digest.ts";
import { deniedChange } from "./denied-change.ts";
import { type EditedFiles, editFiles } from "./edit-files.ts";
import { lineEffects } from "./line-effects.ts";
import { placeOf } from "./place-of.ts";
import { refused } from "./refused.ts";
import { versionOf } from "./version-of.ts";

/** These are true of a line whatever is written there; the others concerned the choice of the value. */
const lasting: ReadonlySet<ReasonCode> = new Set([
  "automated-writer",
  "competing-writer",
  "shadowed-field",
  "shared-field",
  "field-immutable",
]);

/**
 * `files`: current texts. `commit`: the one that merged the candidate, where it is known. Other parts of a file may have
 * changed since; the fields may not.
 */
export function undo(candidate: Candidate, files: ReadonlyMap<string, string>, commit?: string): ActionResult {
  const effects = candidate.effects.map(inverse);
  if (effects.length === 0 && candidate.lines === undefined)
    return refused("already-restored", "there is nothing to take back");
  const edited = candidate.lines === undefined ? editFiles(asEdits(effects), files) : takeBack(candidate, files);
  if (edited.outcome === "refused") return { outcome: "refused", reasons: [edited.reason] };
  const { action, target } = candidate;
  const plan = { action, target, files: edited.files.map((file) => exact(file, candidate)) };
  const version = effects.length === 0 ? "what it was" : versionOf(effects, "after");
  const message = "the change was applied and didn't help";
  return {
    outcome: "candidate",
    candidate: {
      ...plan,
      effects,
      ...(candidate.lines === undefined ? {} : { lines: lineEffects(plan.files) }),
      title: `undo the ${action} of ${placeOf(target)}: back to ${version}`,
      confidence: 1,
      risks: candidate.risks.filter(({ code }) => lasting.has(code)),
      reasons: [{ code: "still-failing", message }],
      evidence: candidate.evidence,
      suspect: commit ?? candidate.suspect,
      digest: candidateDigest(plan),
    },
  };
}

/** All files or none; each may have changed in other places since. */
function takeBack(candidate: Candidate, files: ReadonlyMap<string, string>): EditedFiles {
  const result: FileChange[] = [];
  for (const { path, before, after } of candidate.files) {
    const current = files.get(path);
    const reverted = revertText({ before, after }, current);
    if (reverted.outcome === "refused") return reverted;
    if (current === reverted.text)
      return {
        outcome: "refused",
        reason: { code: "already-restored", message: "somebody took the change back already" },
      };
    const change = { path, before: current, after: reverted.text };
    const denied = deniedChange(change);
    if (denied !== undefined) return { outcome: "refused", reason: denied };
    result.push(change);
  }
  return { outcome: "edited", files: result };
}

function inverse(effect: FieldEffect): FieldEffect {
  return { ...effect, before: effect.after, after: effect.before };
}

/** Where the whole file still is what we wrote, it becomes what it was to the byte, quotes included. */
function exact(file: Candidate["files"][number], candidate: Candidate): Candidate["files"][number] {
  const ours = candidate.files.find(({ path }) => path === file.path);
  return ours !== undefined && ours.after === file.before ? { ...file, after: ours.before } : file;
}
