import type { ActionResult, Candidate } from "../../src/actions/candidate.ts";
import type { RollbackInput } from "../../src/actions/rollback.ts";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { diagnoseInput, type History, minute, type Step, t0 } from "../diagnosis/history.ts";

export const bad: Step = { at: -10, set: { tag: "v1.5.0" } };

export function input(past: History, change: Partial<RollbackInput> = {}): RollbackInput {
  const health = change.health ?? [];
  const { changes, files } = past;
  const diagnosis = diagnose(diagnoseInput(past, { health }));
  return { diagnosis, changes, files, health, barriers: [], stoodMs: 30 * minute, now: t0 + 5 * minute, ...change };
}

export function candidateOf(result: ActionResult): Candidate {
  if (result.outcome === "refused")
    throw new Error(`refused: ${result.reasons.map(({ message }) => message).join("; ")}`);
  return result.candidate;
}

export const codes = (result: ActionResult) =>
  result.outcome === "refused" ? result.reasons.map(({ code }) => code) : [`candidate ${result.candidate.title}`];

export const newTexts = (result: ActionResult) =>
  new Map(candidateOf(result).files.map((file) => [file.path, file.after]));
