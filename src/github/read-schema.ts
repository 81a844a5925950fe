/** The shape of the answer to the one query, checked where it enters. */
import { z } from "zod";

export const nodes = <Item extends z.ZodType>(item: Item) => z.object({ nodes: z.array(item.nullable()).nullable() });

export const commitFacts = z.object({
  oid: z.string(),
  message: z.string(),
  parents: nodes(z.object({ oid: z.string() })),
  author: z.object({ name: z.string().nullish() }).nullish(),
  signature: z.object({ isValid: z.boolean(), wasSignedByGitHub: z.boolean() }).nullish(),
});

export const commentFacts = nodes(
  z.object({
    id: z.string(),
    viewerDidAuthor: z.boolean(),
    body: z.string(),
    author: z.object({ __typename: z.string(), login: z.string() }).nullish(),
    createdAt: z.string(),
    lastEditedAt: z.string().nullish(),
    reactionGroups: z.array(z.object({ content: z.string(), viewerHasReacted: z.boolean() })).nullish(),
  }),
);

const issueFacts = z.object({
  id: z.string(),
  number: z.number(),
  state: z.enum(["OPEN", "CLOSED"]),
  body: z.string(),
  url: z.string(),
  locked: z.boolean(),
  viewerDidAuthor: z.boolean(),
  assignees: nodes(z.object({ login: z.string() })).nullish(),
  comments: commentFacts.nullish(),
});

const checkFacts = z.union([
  z.object({
    __typename: z.literal("CheckRun"),
    name: z.string(),
    status: z.string(),
    conclusion: z.string().nullish(),
    startedAt: z.string().nullish(),
    checkSuite: z.object({ app: z.object({ slug: z.string(), databaseId: z.number().nullish() }).nullish() }),
  }),
  z.object({ __typename: z.literal("StatusContext"), context: z.string(), state: z.string() }),
]);

export const pullFacts = z.object({
  id: z.string(),
  number: z.number(),
  state: z.enum(["OPEN", "CLOSED", "MERGED"]),
  url: z.string(),
  body: z.string(),
  createdAt: z.string(),
  locked: z.boolean(),
  viewerDidAuthor: z.boolean(),
  isCrossRepository: z.boolean(),
  isDraft: z.boolean(),
  baseRefName: z.string(),
  headRefOid: z.string(),
  mergeStateStatus: z.string(),
  isMergeQueueEnabled: z.boolean(),
  mergeQueueEntry: z.object({ enqueuer: z.object({ login: z.string() }) }).nullish(),
  autoMergeRequest: z.object({ enabledBy: z.object({ login: z.string() }).nullish() }).nullish(),
  mergedAt: z.string().nullish(),
  mergedBy: z.object({ __typename: z.string(), login: z.string() }).nullish(),
  mergeCommit: z.object({ oid: z.string() }).nullish(),
  comments: commentFacts.nullish(),
  commits: nodes(z.object({ commit: commitFacts })),
  reviews: nodes(
    z.object({
      state: z.enum(["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"]),
      submittedAt: z.string().nullish(),
      author: z.object({ __typename: z.string(), login: z.string() }).nullish(),
      commit: z.object({ oid: z.string() }).nullish(),
    }),
  ).nullish(),
  headCommit: nodes(
    z.object({ commit: z.object({ statusCheckRollup: z.object({ contexts: nodes(checkFacts) }).nullish() }) }),
  ),
});

const requiredChecks = z.array(z.object({ context: z.string(), integrationId: z.number().nullish() }));

const pullBranches = nodes(
  z.object({ headRefName: z.string(), viewerDidAuthor: z.boolean(), isCrossRepository: z.boolean() }),
);

const gitActor = z.object({ user: z.object({ login: z.string() }).nullish() });

const suspectFacts = z.object({
  authors: nodes(gitActor).extend({ totalCount: z.number() }).nullish(),
  committer: gitActor.nullish(),
  associatedPullRequests: nodes(
    z.object({ merged: z.boolean(), author: z.object({ login: z.string() }).nullish() }),
  ).nullish(),
});

export const readSchema = z.object({
  viewer: z.object({ login: z.string() }),
  repository: z.object({
    id: z.string(),
    databaseId: z.number().nullish(),
    nameWithOwner: z.string(),
    isArchived: z.boolean(),
    squashMergeAllowed: z.boolean(),
    mergeCommitAllowed: z.boolean(),
    rebaseMergeAllowed: z.boolean(),
    defaultBranchRef: z.object({
      name: z.string(),
      target: z.object({ oid: z.string() }),
      refUpdateRule: z.object({ requiredStatusCheckContexts: z.array(z.string().nullable()).nullish() }).nullish(),
      rules: nodes(
        z.object({ parameters: z.object({ requiredStatusChecks: requiredChecks.optional() }).nullish() }),
      ).nullish(),
    }),
    stopFile: z.object({ __typename: z.string() }).nullish(),
    suspect: suspectFacts.nullish(),
    stopIssues: nodes(z.object({ number: z.number() })),
    ref: z.object({ id: z.string(), target: commitFacts.nullish() }).nullish(),
    pullRequests: nodes(pullFacts).nullish(),
    closedPulls: pullBranches.nullish(),
    openPulls: pullBranches.nullish(),
    issue: issueFacts.nullish(),
    openIssues: nodes(issueFacts).nullish(),
  }),
});

export type ReadAnswer = z.infer<typeof readSchema>;
export type RepositoryFacts = ReadAnswer["repository"];
export type CommitFacts = z.infer<typeof commitFacts>;
export type IssueFacts = z.infer<typeof issueFacts>;
export type PullFacts = z.infer<typeof pullFacts>;
export type CheckFacts = z.infer<typeof checkFacts>;
