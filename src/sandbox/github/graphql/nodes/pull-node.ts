/** Pull requests and their reviews. */
import { inQueue, needsQueue } from "../../acts/merge-queue.ts";
import { type Mergeability, readMergeability } from "../../acts/mergeability.ts";
import { pullContent } from "../../acts/pull-content.ts";
import { latestOpinions, reviewState } from "../../acts/review-state.ts";
import { Fields } from "../../fields.ts";
import { iso } from "../../present/iso.ts";
import { nodeId } from "../../world/node-id.ts";
import type { PullRecord, ReviewRecord } from "../../world/records.ts";
import { connection } from "../connection.ts";
import { demand, type GraphqlContext, type Node } from "../graphql-context.ts";
import { actorNode } from "./account-node.ts";
import { commentFields, threadFields } from "./thread-node.ts";

const CHANGE_TYPES = { added: "ADDED", removed: "DELETED", modified: "MODIFIED", renamed: "RENAMED" } as const;

export function pullNode(context: GraphqlContext, pull: PullRecord): Node {
  const { world, account } = context;
  // One look at git answers every field of this pull request in this query.
  let merge: Promise<Mergeability> | undefined;
  const mergeOnce = () => (merge ??= readMergeability(world, pull));
  let content: ReturnType<typeof pullContent> | undefined;
  const contentOnce = () => (content ??= pullContent(world, pull));
  const sum = async (key: "additions" | "deletions") =>
    (await contentOnce()).files.reduce((total, file) => total + file[key], 0);
  const fields = threadFields(context, pull);
  return {
    ...fields,
    __typename: "PullRequest",
    state: pull.merged === undefined ? pull.state.toUpperCase() : "MERGED",
    permalink: fields.url,
    isDraft: pull.draft,
    isCrossRepository: false,
    isInMergeQueue: pull.queued !== undefined,
    isMergeQueueEnabled: needsQueue(world, pull),
    mergeQueueEntry: () => {
      demand(context, { app: "merge_queues:read", user: "read" });
      return queueEntryNode(context, pull);
    },
    maintainerCanModify: false,
    merged: pull.merged !== undefined,
    mergedAt: pull.merged === undefined ? null : iso(pull.merged.at),
    mergedBy: () => (pull.merged === undefined ? null : actorNode(world, pull.merged.by)),
    mergeCommit: () => (pull.merged === undefined ? null : context.nodes.commitNode(context, pull.merged.commit)),
    potentialMergeCommit: null,
    mergeable: async () => (await mergeOnce()).mergeable,
    mergeStateStatus: async () => (await mergeOnce()).state,
    canBeRebased: async () => (await mergeOnce()).mergeable === "MERGEABLE",
    baseRefName: pull.baseRef,
    baseRefOid: async () => (await world.git.readRef(`refs/heads/${pull.baseRef}`)) ?? pull.base,
    baseRef: () => branch(context, pull.baseRef),
    headRefName: pull.headRef,
    headRefOid: pull.head,
    headRef: () => branch(context, pull.headRef),
    headRepository: () => context.nodes.repositoryNode(context),
    headRepositoryOwner: () => actorNode(world, world.organization),
    additions: () => sum("additions"),
    deletions: () => sum("deletions"),
    changedFiles: async () => (await contentOnce()).files.length,
    files: async (args: unknown) =>
      connection("files", (await contentOnce()).files, args, (file) => ({
        path: file.path,
        additions: file.additions,
        deletions: file.deletions,
        changeType: CHANGE_TYPES[file.status],
      })),
    commits: async (args: unknown) =>
      connection("commits", (await contentOnce()).commits, args, (oid) => pullCommitNode(context, pull, oid)),
    statusCheckRollup: () => context.nodes.rollupNode(context, pull.head),
    closingIssuesReferences: (args: unknown) => connection("closingIssuesReferences", [], args, () => null),
    reviewDecision: reviewState(world, pull).decision,
    reviews: (args: unknown) =>
      connection("reviews", chosenReviews(pull, args), args, (item) => reviewNode(context, pull, item)),
    latestReviews: (args: unknown) => {
      const latest = new Map(pull.reviews.map((review) => [review.author.login, review]));
      return connection("latestReviews", [...latest.values()], args, (review) => reviewNode(context, pull, review));
    },
    latestOpinionatedReviews: (args: unknown) =>
      connection("latestOpinionatedReviews", latestOpinions(pull), args, (review) => reviewNode(context, pull, review)),
    autoMergeRequest: () => autoMergeNode(context, pull),
    viewerCanClose: pull.author === account || account.role !== "read",
    viewerCanEnableAutoMerge: world.autoMergeAllowed,
    viewerCanMergeAsAdmin: account.role === "admin",
  };
}

export function reviewNode(context: GraphqlContext, pull: PullRecord, review: ReviewRecord): Node {
  const { world } = context;
  const path = `/${world.fullName}/pull/${pull.number}#pullrequestreview-${review.id}`;
  return {
    ...commentFields(context, { author: review.author, createdAt: review.at, updatedAt: review.at }),
    __typename: "PullRequestReview",
    id: nodeId("review", review.id),
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    body: review.body,
    bodyText: review.body,
    state: review.state,
    submittedAt: iso(review.at),
    commit: () => context.nodes.commitNode(context, review.commit),
    authorCanPushToRepository: review.author.role === "admin" || review.author.role === "write",
    pullRequest: () => pullNode(context, pull),
    url: `${world.url}${path}`,
    resourcePath: path,
  };
}

function pullCommitNode(context: GraphqlContext, pull: PullRecord, oid: string): Node {
  const path = `/${context.world.fullName}/pull/${pull.number}/commits/${oid}`;
  return {
    __typename: "PullRequestCommit",
    id: nodeId("pullCommit", `${pull.number} ${oid}`),
    commit: () => context.nodes.commitNode(context, oid),
    pullRequest: () => pullNode(context, pull),
    url: `${context.world.url}${path}`,
    resourcePath: path,
  };
}

function chosenReviews(pull: PullRecord, args: unknown): readonly ReviewRecord[] {
  const given = new Fields(args);
  const states = given.strings("states");
  const author = given.string("author");
  return pull.reviews.filter(
    (review) =>
      (states === undefined || states.includes(review.state)) &&
      (author === undefined || review.author.login === author),
  );
}

function autoMergeNode(context: GraphqlContext, pull: PullRecord): Node | null {
  const armed = pull.autoMerge;
  if (armed === undefined) return null;
  return {
    authorEmail: null,
    commitHeadline: armed.headline ?? null,
    commitBody: armed.body ?? null,
    enabledAt: iso(armed.at),
    enabledBy: () => actorNode(context.world, armed.by),
    mergeMethod: armed.method.toUpperCase(),
    pullRequest: () => pullNode(context, pull),
  };
}

export function queueEntryNode(context: GraphqlContext, pull: PullRecord): Node | null {
  const { queued } = pull;
  if (queued === undefined) return null;
  const { group } = queued;
  const place = inQueue(context.world).findIndex((entry) => entry.pull === pull);
  return {
    id: nodeId("queueEntry", pull.number),
    enqueuedAt: iso(queued.at),
    enqueuer: () => actorNode(context.world, queued.by),
    position: place + 1,
    state: group === undefined ? "QUEUED" : "AWAITING_CHECKS",
    baseCommit: () => (group === undefined ? null : context.nodes.commitNode(context, group.base)),
    headCommit: () => (group === undefined ? null : context.nodes.commitNode(context, group.head)),
    pullRequest: () => pullNode(context, pull),
  };
}

async function branch(context: GraphqlContext, name: string): Promise<Node | null> {
  const ref = `refs/heads/${name}`;
  const oid = await context.world.git.readRef(ref);
  return oid === undefined ? null : context.nodes.refNode(context, ref, oid);
}
