/** The check run on the head, and the links between pull request and issue, in one document. */
import type { GateReport, RepositoryView } from "../remediation/forge.ts";
import { checkPart } from "./check-part.ts";
import { composeMutation, type MutationPart } from "./compose-mutation.ts";
import { fitBody } from "./fit-body.ts";
import { type ForgeContext, run } from "./forge-context.ts";
import { updateIssuePart } from "./issue-parts.ts";

/** Throws when the check couldn't be reported; links that couldn't be written are only logged, since nothing is decided from them. */
export async function reportGate(context: ForgeContext, view: RepositoryView, report: GateReport): Promise<void> {
  const parts = [checkPart(view.repositoryId, report)];
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

function pullPart(pullRequestId: string, body: string): MutationPart {
  return {
    alias: "pull",
    field: "updatePullRequest",
    inputType: "UpdatePullRequestInput",
    select: "pullRequest { number }",
    input: { pullRequestId, body: fitBody(body) },
  };
}
