/** Takes a commit of Remit's back on what stands now, lines that others changed elsewhere kept. */
import { revertText } from "../gitops/edit/revert-text.ts";
import type { Reason, ReasonCode } from "../reason.ts";
import type { Target } from "../target.ts";
import type { ActionName, ActionResult, FileChange } from "./candidate.ts";
import { candidateDigest } from "./candidate-digest.ts";
import { deniedChange } from "./denied-change.ts";
import { lineEffects } from "./line-effects.ts";
import { placeOf } from "./place-of.ts";
import { refused } from "./refused.ts";

export interface TakeBackInput {
  readonly action: ActionName;
  readonly target: Target;
  readonly commit: string;
  /** What the commit did. */
  readonly files: readonly FileChange[];
  /** Texts as they stand now. */
  readonly current: ReadonlyMap<string, string>;
  readonly reason: Reason;
  /** Of a refusal where somebody has changed the same lines since. */
  readonly whenChanged: ReasonCode;
}

export function takeBack({ action, target, commit, current, reason, ...input }: TakeBackInput): ActionResult {
  const files: FileChange[] = [];
  for (const { path, before, after } of input.files) {
    const now = current.get(path);
    const reverted = revertText({ before, after }, now);
    if (reverted.outcome === "refused")
      return refused(input.whenChanged, `${path} was changed in the same place since ${commit.slice(0, 12)}`);
    if (reverted.text === now) continue;
    const change = { path, before: now, after: reverted.text };
    const denied = deniedChange(change);
    if (denied !== undefined) return { outcome: "refused", reasons: [denied] };
    files.push(change);
  }
  if (files.length === 0) return refused("already-restored", "somebody took the change back already");
  const plan = { action, target, files };
  return {
    outcome: "candidate",
    candidate: {
      ...plan,
      effects: [],
      lines: lineEffects(files),
      title: `undo the ${action} of ${placeOf(target)}`,
      confidence: 1,
      risks: [],
      reasons: [reason],
      evidence: [],
      suspect: commit,
      digest: candidateDigest(plan),
    },
  };
}
