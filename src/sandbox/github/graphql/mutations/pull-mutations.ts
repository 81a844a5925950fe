/** Pull requests and their reviews. */
import { enableAutoMerge } from "../../acts/auto-merge.ts";
import { closeThread } from "../../acts/close-thread.ts";
import { editThread } from "../../acts/edit-thread.ts";
import { mergePull } from "../../acts/merge-pull.ts";
import { dequeue, enqueue } from "../../acts/merge-queue.ts";
import { openPull } from "../../acts/open-pull.ts";
import { pullEvent } from "../../acts/pull-event.ts";
import { reopenThread } from "../../acts/reopen-thread.ts";
import { dismissReview, reviewPull } from "../../acts/review-pull.ts";
import { updateBranch } from "../../acts/update-branch.ts";
import type { Fields } from "../../fields.ts";
import { nodeId } from "../../world/node-id.ts";
import type { MergeMethod, PullRecord } from "../../world/records.ts";
import { Refusal } from "../../world/refusal.ts";
import { pullById, repositoryById } from "../find-by-id.ts";
import type { GraphqlContext, Node } from "../graphql-context.ts";
import { actorNode } from "../nodes/account-node.ts";
import { pullNode, queueEntryNode, reviewNode } from "../nodes/pull-node.ts";
import type { Mutation } from "./mutation.ts";

const WRITE = { app: "pull_requests:write", user: "write" } as const;
const ANYONE = { app: "pull_requests:write", user: "read" } as const;

export const pullMutations: Readonly<Record<string, Mutation>> = {
  createPullRequest: {
    need: ANYONE,
    run: async (context, input) => {
      repositoryById(context.world, input.string("repositoryId"));
      const pull = await openPull(context.world, context.account, {
        title: input.string("title") ?? "",
        body: input.string("body") ?? null,
        head: input.string("headRefName") ?? "",
        base: input.string("baseRefName") ?? "",
        draft: input.boolean("draft") ?? false,
      });
      return { pullRequest: pullNode(context, pull) };
    },
  },
  updatePullRequest: onPull(WRITE, async ({ world, account }, pull, input) => {
    await editThread(world, pull, account, { title: input.string("title"), body: input.string("body") });
    if (input.string("state") === "CLOSED") await closeThread(world, pull, account, null);
    if (input.string("state") === "OPEN") await reopenThread(world, pull, account);
  }),
  closePullRequest: onPull(WRITE, ({ world, account }, pull) => closeThread(world, pull, account, null)),
  reopenPullRequest: onPull(WRITE, ({ world, account }, pull) => reopenThread(world, pull, account)),
  mergePullRequest: onPull({ app: "contents:write", user: "write" }, async ({ world, account }, pull, input) => {
    await mergePull(world, account, pull, {
      method: method(input),
      head: input.string("expectedHeadOid"),
      title: input.string("commitHeadline"),
      message: input.string("commitBody"),
    });
  }),
  enablePullRequestAutoMerge: onPull(WRITE, ({ world, account }, pull, input) =>
    enableAutoMerge(world, account, pull, {
      method: method(input),
      headline: input.string("commitHeadline"),
      body: input.string("commitBody"),
      head: input.string("expectedHeadOid"),
    }),
  ),
  disablePullRequestAutoMerge: onPull(WRITE, (_context, pull) => {
    if (pull.autoMerge === undefined) throw new Refusal(422, "Can't disable auto-merge for this pull request.");
    pull.autoMerge = undefined;
  }),
  enqueuePullRequest: {
    need: WRITE,
    run: async (context, input) => {
      const pull = pullById(context.world, input.string("pullRequestId"));
      await enqueue(context.world, context.account, pull, input.string("expectedHeadOid"));
      return { mergeQueueEntry: queueEntryNode(context, pull) };
    },
  },
  dequeuePullRequest: {
    need: WRITE,
    run: async (context, input) => {
      const pull = pullById(context.world, input.string("id"));
      const entry = queueEntryNode(context, pull);
      await dequeue(context.world, context.account, pull, "MANUAL");
      return { mergeQueueEntry: entry };
    },
  },
  convertPullRequestToDraft: onPull(WRITE, async ({ world, account }, pull) => {
    if (pull.draft) return;
    pull.draft = true;
    await pullEvent(world, pull, "converted_to_draft", account);
  }),
  markPullRequestReadyForReview: onPull(WRITE, async ({ world, account }, pull) => {
    if (!pull.draft) return;
    pull.draft = false;
    await pullEvent(world, pull, "ready_for_review", account);
  }),
  updatePullRequestBranch: onPull(WRITE, ({ world, account }, pull, input) =>
    updateBranch(world, account, pull, input.string("expectedHeadOid")),
  ),
  addPullRequestReview: {
    need: ANYONE,
    run: async (context, input) => {
      const pull = pullById(context.world, input.string("pullRequestId"));
      const review = await reviewPull(context.world, context.account, pull, {
        event: input.word("event", ["APPROVE", "REQUEST_CHANGES", "COMMENT"]) ?? "COMMENT",
        body: input.string("body") ?? "",
        commit: input.string("commitOID"),
      });
      return { pullRequestReview: reviewNode(context, pull, review) };
    },
  },
  dismissPullRequestReview: {
    need: WRITE,
    run: (context, input) => {
      const id = input.string("pullRequestReviewId");
      for (const pull of context.world.pulls) {
        const review = pull.reviews.find((item) => nodeId("review", item.id) === id);
        if (review === undefined) continue;
        dismissReview(context.world, context.account, pull, review);
        return { pullRequestReview: reviewNode(context, pull, review) };
      }
      throw Refusal.notFound(`Could not resolve to a node with the global id of '${id}'.`);
    },
  },
};

/** A mutation that takes `pullRequestId` and answers with the pull request. */
function onPull(
  need: Mutation["need"],
  act: (context: GraphqlContext, pull: PullRecord, input: Fields) => unknown,
): Mutation {
  return {
    need,
    run: async (context, input): Promise<Node> => {
      const pull = pullById(context.world, input.string("pullRequestId"));
      await act(context, pull, input);
      return { pullRequest: pullNode(context, pull), actor: actorNode(context.world, context.account) };
    },
  };
}

function method(input: Fields): MergeMethod {
  const word = input.word("mergeMethod", ["MERGE", "SQUASH", "REBASE"]) ?? "MERGE";
  return word === "SQUASH" ? "squash" : word === "REBASE" ? "rebase" : "merge";
}
