/** Closes a pull request of ours with a comment. Its branch is deleted only while it still points at the head that was read. */
import type { Forge, RepositoryView } from "../remediation/forge.ts";
import { composeMutation, type MutationPart } from "./compose-mutation.ts";
import { type ForgeContext, run } from "./forge-context.ts";
import { commentPart } from "./issue-parts.ts";

/** Throws when it couldn't be closed; a comment or a branch that stays behind is only logged. */
export async function closePull(
  context: ForgeContext,
  view: Pick<RepositoryView, "branchId">,
  request: Parameters<Forge["closePull"]>[1],
): Promise<void> {
  const parts: MutationPart[] = [closePart(request.pullId), commentPart("comment", request.pullId, request.comment)];
  if (request.deleteBranch && view.branchId !== undefined) parts.push(deletePart(view.branchId));
  const { document, variables } = composeMutation("RemitClosePull", parts);
  const answer = await run(context, document, variables, "close the pull request");
  const fault = answer.fault("closed");
  if (fault !== undefined) throw fault;
  if (answer.anyFault !== undefined) {
    context.app.log.warn({ repository: context.repository }, `closed, but: ${answer.anyFault.message}`);
  }
}

function closePart(pullRequestId: string): MutationPart {
  return {
    alias: "closed",
    field: "closePullRequest",
    inputType: "ClosePullRequestInput",
    select: "pullRequest { number }",
    input: { pullRequestId },
  };
}

function deletePart(refId: string): MutationPart {
  return {
    alias: "deleted",
    field: "deleteRef",
    inputType: "DeleteRefInput",
    select: "clientMutationId",
    input: { refId },
  };
}
