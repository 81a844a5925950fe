/** A second opinion on a plan. Whatever it answers can only lower the tier. Implemented in model/; absent in most installs. */
import type { Candidate } from "../actions/candidate.ts";
import type { Operand } from "../authority/verdict.ts";
import type { Suspect } from "../diagnosis/diagnosis.ts";
import type { Incident } from "../incidents/incident.ts";

export interface Counsel {
  /** Never throws: an adviser that can't be reached has no opinion. */
  opinion(question: CounselQuestion): Promise<Opinion>;
}

export interface CounselQuestion {
  readonly incident: Incident;
  readonly candidates: readonly Candidate[];
  readonly suspects: readonly Suspect[];
}

export type Opinion =
  | { readonly choice: number; readonly prose: string }
  | { readonly choice: "NONE"; readonly prose: string }
  /** No answer, a refusal, or an answer of another shape. */
  | { readonly choice: "absent"; readonly why: string };

/** NONE asks for a review; agreement and silence change nothing. */
export function opinionOperand(opinion: Opinion, index: number): Operand | undefined {
  if (opinion.choice === "absent" || opinion.choice === index) return undefined;
  const message = "the model would not have chosen this change, so a person decides";
  return { name: "model", tier: "propose", reason: { code: "model-none", message } };
}
