/** Issues, comments and labels. */

import { iso } from "../../present/iso.ts";
import { association } from "../../present/present-thread.ts";
import type { Account } from "../../world/accounts.ts";
import { nodeId } from "../../world/node-id.ts";
import { reactionContents } from "../../world/reaction-contents.ts";
import type { AnyThread, CommentRecord, IssueRecord, LabelRecord, ReactionRecord } from "../../world/records.ts";
import { connection } from "../connection.ts";
import type { GraphqlContext, Node } from "../graphql-context.ts";
import { actorNode } from "./account-node.ts";

export function threadNode(context: GraphqlContext, thread: AnyThread): Node {
  return thread.kind === "issue" ? issueNode(context, thread) : context.nodes.pullNode(context, thread);
}

export function issueNode(context: GraphqlContext, issue: IssueRecord): Node {
  return {
    ...threadFields(context, issue),
    __typename: "Issue",
    state: issue.state.toUpperCase(),
    stateReason: issue.stateReason?.toUpperCase() ?? null,
    closedByPullRequestsReferences: (args: unknown) =>
      connection("closedByPullRequestsReferences", [], args, () => null),
  };
}

/** What issues and pull requests share. */
export function threadFields(context: GraphqlContext, thread: AnyThread): Node {
  const { world } = context;
  const path = `/${world.fullName}/${thread.kind === "pull" ? "pull" : "issues"}/${thread.number}`;
  return {
    ...commentFields(context, thread),
    id: nodeId(thread.kind, thread.id),
    databaseId: thread.id,
    fullDatabaseId: String(thread.id),
    number: thread.number,
    title: thread.title,
    body: thread.body ?? "",
    bodyText: thread.body ?? "",
    url: `${world.url}${path}`,
    resourcePath: path,
    lastEditedAt: thread.edited === undefined ? null : iso(thread.edited.at),
    editor: () => (thread.edited === undefined ? null : actorNode(world, thread.edited.by)),
    assignees: (args: unknown) =>
      connection("assignees", thread.assignees, args, (account) => actorNode(world, account)),
    closed: thread.state === "closed",
    closedAt: thread.closed === undefined ? null : iso(thread.closed.at),
    locked: thread.locked !== undefined,
    activeLockReason: thread.locked?.reason?.toUpperCase().replace(/[ -]/g, "_") ?? null,
    labels: (args: unknown) => {
      const labels = world.labels.filter((label) => thread.labels.includes(label.name));
      return connection("labels", labels, args, (label) => labelNode(context, label));
    },
    comments: (args: unknown) =>
      connection("comments", thread.comments, args, (comment) => commentNode(context, thread, comment)),
  };
}

export function commentNode(context: GraphqlContext, thread: AnyThread, comment: CommentRecord): Node {
  const { world } = context;
  const path = `/${world.fullName}/${thread.kind === "pull" ? "pull" : "issues"}/${thread.number}#issuecomment-${comment.id}`;
  return {
    ...commentFields(context, comment),
    __typename: "IssueComment",
    id: nodeId("comment", comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    bodyText: comment.body,
    isMinimized: false,
    url: `${world.url}${path}`,
    resourcePath: path,
    issue: () => threadNode(context, thread),
    pullRequest: () => (thread.kind === "pull" ? context.nodes.pullNode(context, thread) : null),
  };
}

/** Whatever has an author and a text. */
export function commentFields(
  context: GraphqlContext,
  item: {
    readonly author: Account;
    readonly createdAt: number;
    readonly updatedAt: number;
    readonly editedAt?: number | undefined;
    readonly reactions?: readonly ReactionRecord[];
  },
): Node {
  const { world, account } = context;
  const mine = item.author === account;
  return {
    author: () => actorNode(world, item.author),
    authorAssociation: association(world, item.author),
    createdAt: iso(item.createdAt),
    publishedAt: iso(item.createdAt),
    updatedAt: iso(item.updatedAt),
    lastEditedAt: item.editedAt === undefined ? null : iso(item.editedAt),
    reactionGroups: Object.entries(reactionContents).map(([content, word]) => ({
      content,
      viewerHasReacted: (item.reactions ?? []).some((each) => each.content === word && each.author === account),
    })),
    repository: () => context.nodes.repositoryNode(context),
    viewerDidAuthor: mine,
    viewerCanUpdate: mine || account.role === "write" || account.role === "admin",
  };
}

export function labelNode(context: GraphqlContext, label: LabelRecord): Node {
  const { world } = context;
  const path = `/${world.fullName}/labels/${encodeURIComponent(label.name)}`;
  return {
    __typename: "Label",
    id: nodeId("label", label.id),
    name: label.name,
    color: label.color,
    description: label.description,
    isDefault: false,
    createdAt: iso(world.createdAt),
    updatedAt: iso(world.createdAt),
    url: `${world.url}${path}`,
    resourcePath: path,
    repository: () => context.nodes.repositoryNode(context),
  };
}
