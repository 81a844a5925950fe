/** Comments, labels, locks and reactions on issues and pull requests. */
import { addReaction } from "../../acts/add-reaction.ts";
import { addComment, deleteComment, editComment } from "../../acts/comments.ts";
import { createLabel, setLabels } from "../../acts/labels.ts";
import { iso } from "../../present/iso.ts";
import { nodeId, parseNodeId } from "../../world/node-id.ts";
import { reactionContents } from "../../world/reaction-contents.ts";
import type { AnyThread, ReactionRecord } from "../../world/records.ts";
import { commentById, labelById, repositoryById, threadById } from "../find-by-id.ts";
import type { GraphqlContext, Node } from "../graphql-context.ts";
import { actorNode, userNode } from "../nodes/account-node.ts";
import { commentNode, labelNode, threadNode } from "../nodes/thread-node.ts";
import type { Mutation } from "./mutation.ts";

const TALK = { app: "issues:write|pull_requests:write", user: "read" } as const;
const TRIAGE = { app: "issues:write|pull_requests:write", user: "write" } as const;

export const conversationMutations: Readonly<Record<string, Mutation>> = {
  addComment: {
    need: TALK,
    run: (context, input) => {
      const thread = threadById(context.world, input.string("subjectId"));
      const comment = addComment(context.world, thread, context.account, input.string("body") ?? "");
      const node = () => commentNode(context, thread, comment);
      return { commentEdge: { cursor: nodeId("comment", comment.id), node }, subject: threadNode(context, thread) };
    },
  },
  updateIssueComment: {
    need: TRIAGE,
    run: (context, input) => {
      const { thread, comment } = commentById(context.world, input.string("id"));
      editComment(context.world, thread, comment, context.account, input.string("body") ?? "");
      return { issueComment: commentNode(context, thread, comment) };
    },
  },
  deleteIssueComment: {
    need: TRIAGE,
    run: ({ world, account }, input) => {
      const { thread, comment } = commentById(world, input.string("id"));
      deleteComment(world, thread, comment, account);
      return {};
    },
  },
  createLabel: {
    need: TRIAGE,
    run: (context, input) => {
      const { world } = context;
      repositoryById(world, input.string("repositoryId"));
      const description = input.string("description") ?? null;
      const label = createLabel(world, input.string("name") ?? "", input.string("color"), description);
      return { label: labelNode(context, label) };
    },
  },
  addLabelsToLabelable: {
    need: TRIAGE,
    run: (context, input) =>
      relabel(context, input.string("labelableId"), (current) => [
        ...current,
        ...(input.strings("labelIds") ?? []).map((id) => labelById(context.world, id).name),
      ]),
  },
  removeLabelsFromLabelable: {
    need: TRIAGE,
    run: (context, input) => {
      const gone = (input.strings("labelIds") ?? []).map((id) => labelById(context.world, id).name);
      return relabel(context, input.string("labelableId"), (current) => current.filter((name) => !gone.includes(name)));
    },
  },
  lockLockable: {
    need: TRIAGE,
    run: (context, input) => {
      const thread = threadById(context.world, input.string("lockableId"));
      thread.locked ??= { reason: input.string("lockReason")?.toLowerCase().replace("_", " ") ?? null };
      return { actor: actorNode(context.world, context.account), lockedRecord: threadNode(context, thread) };
    },
  },
  unlockLockable: {
    need: TRIAGE,
    run: (context, input) => {
      const thread = threadById(context.world, input.string("lockableId"));
      thread.locked = undefined;
      return { actor: actorNode(context.world, context.account), unlockedRecord: threadNode(context, thread) };
    },
  },
  addReaction: {
    need: TALK,
    run: (context, input) => {
      const { record, node } = reactable(context, input.string("subjectId"));
      const word = input.string("content") ?? "";
      const { reaction } = addReaction(context.world, record, context.account, reactionContents[word] ?? "eyes");
      return {
        subject: node,
        reaction: {
          __typename: "Reaction",
          id: nodeId("reaction", reaction.id),
          databaseId: reaction.id,
          content: word,
          createdAt: iso(reaction.at),
          reactable: node,
          user: userNode(context.world, reaction.author),
        },
      };
    },
  },
};

async function relabel(
  context: GraphqlContext,
  id: string | undefined,
  next: (current: readonly string[]) => readonly string[],
): Promise<Node> {
  const thread = threadById(context.world, id);
  await setLabels(context.world, thread, next(thread.labels), context.account);
  return { labelable: threadNode(context, thread) };
}

function reactable(
  context: GraphqlContext,
  id: string | undefined,
): { readonly record: { readonly reactions: ReactionRecord[] }; readonly node: Node } {
  if (parseNodeId(id ?? "")?.kind === "comment") {
    const { thread, comment } = commentById(context.world, id);
    return { record: comment, node: commentNode(context, thread, comment) };
  }
  const thread: AnyThread = threadById(context.world, id);
  return { record: thread, node: threadNode(context, thread) };
}
