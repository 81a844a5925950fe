/** Leaves a merge to GitHub's merge queue or auto-merge, and takes it back. */

import { redact } from "../redact.ts";
import type { Forge, HandOverResult, MergesLater } from "../remediation/forge.ts";
import { chooseMethod } from "./choose-method.ts";
import { composeMutation, type MutationPart } from "./compose-mutation.ts";
import { cleanMessage } from "./describe-failure.ts";
import { type ForgeContext, run } from "./forge-context.ts";

/** What GitHub refuses is "not ready": its rules may be met later. */
export async function handOver(
  context: ForgeContext,
  view: Parameters<Forge["handOver"]>[0],
  { pullId, head, headline, message, to }: Parameters<Forge["handOver"]>[1],
): Promise<HandOverResult> {
  const part: MutationPart =
    to === "queue"
      ? {
          alias: "queued",
          field: "enqueuePullRequest",
          inputType: "EnqueuePullRequestInput",
          select: "mergeQueueEntry { id }",
          input: { pullRequestId: pullId, expectedHeadOid: head },
        }
      : {
          alias: "armed",
          field: "enablePullRequestAutoMerge",
          inputType: "EnablePullRequestAutoMergeInput",
          select: "pullRequest { number }",
          input: {
            pullRequestId: pullId,
            expectedHeadOid: head,
            mergeMethod: chooseMethod(context.mergeMethod, view).toUpperCase(),
            commitHeadline: redact(headline),
            commitBody: redact(message),
          },
        };
  const { document, variables } = composeMutation("RemitHandOver", [part]);
  const answer = await run(context, document, variables, "leave the merge to GitHub");
  const fault = answer.fault(part.alias);
  if (fault === undefined) return { outcome: "handed-over" };
  if (fault.code === "github-rejected" || fault.code === "github-conflict")
    return { outcome: "not-ready", why: cleanMessage(fault.message) };
  throw fault;
}

const takingBack: Readonly<Record<MergesLater, (pullId: string) => MutationPart>> = {
  queue: (id) => ({
    alias: "dequeued",
    field: "dequeuePullRequest",
    inputType: "DequeuePullRequestInput",
    select: "clientMutationId",
    input: { id },
  }),
  "auto-merge": (pullRequestId) => ({
    alias: "disarmed",
    field: "disablePullRequestAutoMerge",
    inputType: "DisablePullRequestAutoMergeInput",
    select: "clientMutationId",
    input: { pullRequestId },
  }),
};

/** Throws where GitHub doesn't do it: then it may still merge, and the next look tells. */
export async function takeBackMerge(
  context: ForgeContext,
  { pullId, from }: Parameters<Forge["takeBackMerge"]>[0],
): Promise<void> {
  const { document, variables } = composeMutation("RemitTakeBackMerge", [takingBack[from](pullId)]);
  const answer = await run(context, document, variables, "keep GitHub from merging");
  if (answer.anyFault !== undefined) throw answer.anyFault;
}
