/** The check run on the head, and the links between pull request and issue, in one document. */
import type { GateReport, RepositoryView } from "../remediation/forge.ts";
import { composeMutation, type MutationPart } from "./compose-mutation.ts";
import { fitBody, summaryLimit } from "./fit-body.ts";
import { type ForgeContext, run } from "./forge-context.ts";
import { updateIssuePart } from "./issue-parts.ts";
import { redact } from "./redact.ts";

const conclusions = { success: "SUCCESS", failure: "FAILURE", action_required: "ACTION_REQUIRED" } as const;
/** GitHub cuts longer titles. */
const titleLimit = 255;

/** Throws when the check couldn't be reported; links that couldn't be written are only logged, since nothing is decided from them. */
export async function reportGate(context: ForgeContext, view: RepositoryView, report: GateReport): Promise<void> {
  const parts = [checkPart(view, report)];
  if (report.pullBody !== undefined) parts.push(pullPart(report.pullId, report.pullBody));
  if (report.issue !== undefined) parts.push(updateIssuePart(report.issue.id, { body: report.issue.body }));
  const { document, variables } = composeMutation("RemitGate", parts);
  const answer = await run(context, document, variables, "report the gate");
  const fault = answer.fault("check");
  if (fault !== undefined) throw fault;
  if (answer.anyFault !== undefined) {
    context.app.log.warn({ repository: context.repository }, `links weren't written: ${answer.anyFault.message}`);
  }
}

function checkPart(view: RepositoryView, report: GateReport): MutationPart {
  return {
    alias: "check",
    field: "createCheckRun",
    inputType: "CreateCheckRunInput",
    select: "checkRun { id }",
    input: {
      repositoryId: view.repositoryId,
      name: "remit/gate",
      headSha: report.head,
      status: "COMPLETED",
      conclusion: conclusions[report.conclusion],
      output: { title: redact(report.title).slice(0, titleLimit), summary: fitBody(report.summary, summaryLimit) },
    },
  };
}

function pullPart(pullRequestId: string, body: string): MutationPart {
  return {
    alias: "pull",
    field: "updatePullRequest",
    inputType: "UpdatePullRequestInput",
    select: "pullRequest { number }",
    input: { pullRequestId, body: fitBody(body) },
  };
}
