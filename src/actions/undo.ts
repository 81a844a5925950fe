/** The exact inverse of a change of ours, as long as the files still hold what we wrote. */
import type { ReasonCode } from "../reason.ts";
import type { ActionResult, Candidate, FieldEffect } from "./candidate.ts";
import { candidateDigest } from "./candidate-digest.ts";
import { editFiles } from "./edit-files.ts";
import { placeOf } from "./place-of.ts";
import { versionOf } from "./version-of.ts";

/** These are true of a line whatever is written there; the others concerned the choice of the value. */
const lasting: ReadonlySet<ReasonCode> = new Set(["automated-writer", "shared-field"]);

/**
 * `files`: current texts. `commit`: the one that merged the candidate, where it is known. Other parts of a file may have
 * changed since; the fields may not.
 */
export function undo(candidate: Candidate, files: ReadonlyMap<string, string>, commit?: string): ActionResult {
  const effects = candidate.effects.map(inverse);
  if (effects.length === 0) return refused("already-restored", "there is nothing to take back");
  const edited = editFiles(effects, files);
  if (edited.outcome === "refused") return { outcome: "refused", reasons: [edited.reason] };
  const { action, target } = candidate;
  const plan = { action, target, files: edited.files.map((file) => exact(file, candidate)) };
  const message = "the change was applied and didn't help";
  return {
    outcome: "candidate",
    candidate: {
      ...plan,
      effects,
      title: `undo the ${action} of ${placeOf(target)}: back to ${versionOf(effects, "after")}`,
      confidence: 1,
      risks: candidate.risks.filter(({ code }) => lasting.has(code)),
      reasons: [{ code: "still-failing", message }],
      evidence: candidate.evidence,
      suspect: commit ?? candidate.suspect,
      digest: candidateDigest(plan),
    },
  };
}

function inverse(effect: FieldEffect): FieldEffect {
  return { ...effect, before: effect.after, after: effect.before };
}

/** Where the whole file still is what we wrote, it becomes what it was to the byte, quotes included. */
function exact(file: Candidate["files"][number], candidate: Candidate): Candidate["files"][number] {
  const ours = candidate.files.find(({ path }) => path === file.path);
  return ours !== undefined && ours.after === file.before ? { ...file, after: ours.before } : file;
}

function refused(code: ReasonCode, message: string): ActionResult {
  return { outcome: "refused", reasons: [{ code, message }] };
}
