import { redact } from "../redact.ts";
import type { MutationPart } from "./compose-mutation.ts";
import { fitBody, summaryLimit } from "./fit-body.ts";

const conclusions = {
  success: "SUCCESS",
  failure: "FAILURE",
  neutral: "NEUTRAL",
  action_required: "ACTION_REQUIRED",
} as const;
/** GitHub cuts longer titles. */
const titleLimit = 255;

export interface Check {
  readonly head: string;
  readonly conclusion: keyof typeof conclusions;
  readonly title: string;
  readonly summary: string;
}

/** The check run `remit/gate`. */
export function checkPart(repositoryId: string, { head, conclusion, title, summary }: Check): MutationPart {
  return {
    alias: "check",
    field: "createCheckRun",
    inputType: "CreateCheckRunInput",
    select: "checkRun { id }",
    input: {
      repositoryId,
      name: "remit/gate",
      headSha: head,
      status: "COMPLETED",
      conclusion: conclusions[conclusion],
      output: { title: redact(title).slice(0, titleLimit), summary: fitBody(summary, summaryLimit) },
    },
  };
}
