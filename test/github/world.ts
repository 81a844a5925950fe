/** A GitHub of nothing but answers: nock in front, GitHub's own schema behind. */
import { generateKeyPairSync } from "node:crypto";
import { GraphQLError } from "graphql";
import nock from "nock";
import { z } from "zod";
import { createForge, type ForgeOptions } from "../../src/github/create-forge.ts";
import { createGitHubApp, type GitHubAppOptions } from "../../src/github/github-app.ts";
import type { IssueView, Proposal, PullView, RepositoryView } from "../../src/remediation/forge.ts";
import { renderMarker } from "../../src/remediation/marker.ts";
import { answer } from "./github-schema.ts";

export const origin = "https://api.github.com";
export const repository = "acme/shop";
export const incidentId = "checkout-production-3f2a9c1b40de";
export const branch = "remit/rollback/checkout-production/3f2a9c1b40de";
export const base = "b".repeat(40);
export const commit = "c".repeat(40);
export const token = `ghs_${"t".repeat(36)}`;
export const start = Date.parse("2026-11-20T10:00:00Z");

export const privateKey = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs8", format: "pem" })
  .toString();

export function createApp(change: Partial<GitHubAppOptions> = {}) {
  return createGitHubApp({
    appId: 7,
    privateKey,
    apiUrl: origin,
    throttle: false,
    clock: { now: () => start },
    ...change,
  });
}

/** A forge whose installation and token are there already, so that tests count only what they are about. */
export async function createReadyForge(options: Partial<ForgeOptions> = {}, app = createApp()) {
  grantToken();
  const forge = createForge({ app, repository, installationId: 1, ...options });
  await app.token(repository);
  const before = forge.requests;
  return { forge, app, spent: () => forge.requests - before };
}

export function grantToken(value = token, expiresAt = start + 3_600_000, times = 1) {
  return nock(origin)
    .post("/app/installations/1/access_tokens")
    .times(times)
    .reply(201, { token: value, expires_at: new Date(expiresAt).toISOString() });
}

const askedSchema = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()) });

/** Answers one GraphQL request from `root`, and keeps what was asked. */
export function answerGraphql(root: object, headers: Record<string, string> = {}) {
  const asked: z.infer<typeof askedSchema>[] = [];
  nock(origin)
    .post("/graphql")
    .reply(async (request: Request) => {
      const body = askedSchema.parse(await request.json());
      asked.push(body);
      return [200, await answer(body, root), { "content-type": "application/json", ...headers }];
    });
  return asked;
}

export function fault(type: string, message: string): () => never {
  return () => {
    throw new GraphQLError(message, { extensions: { type } });
  };
}

export const incidentBody = `${renderMarker({ kind: "incident", incident: incidentId, version: 1 })}\n\ntext`;

export const proposal: Proposal = {
  branch,
  base,
  headline: "roll back checkout in production to v1.4.2",
  message: "because\n\nRemit-Incident: x\nRemit-Candidate: 3f2a9c1b40de",
  files: [{ path: "apps/ø.yaml", text: 'tag: "é"\n' }],
  pullTitle: "roll back checkout in production to v1.4.2",
  pullBody: "pull body",
  issueTitle: "Incident: checkout/production",
  issueBody: incidentBody,
};

/** A view as `read` gives it, before anything was written. */
export const emptyView: RepositoryView = {
  repositoryId: "R_1",
  nameWithOwner: repository,
  defaultBranch: "main",
  head: base,
  archived: false,
  stopFile: false,
  stopIssue: undefined,
  branchHead: undefined,
  branchId: undefined,
  mergeMethods: ["squash", "merge"],
  pull: undefined,
  issue: undefined,
};

export const pullView: PullView = {
  id: "PR_7",
  number: 7,
  state: "open",
  head: commit,
  url: "https://github.com/acme/shop/pull/7",
  body: "",
  createdAt: start,
  mergeState: "clean",
  needsQueue: false,
  handedOver: undefined,
  mergeCommit: undefined,
  mergedAt: undefined,
  checks: [],
  commits: [{ id: commit, byUs: true }],
  reviews: [],
};

export const issueView: IssueView = {
  id: "I_6",
  number: 6,
  open: true,
  body: incidentBody,
  url: "https://github.com/acme/shop/issues/6",
};

/** What the mutations answer when all goes well. */
export const successes = {
  createIssue: { issue: { id: "I_6", number: 6, url: issueView.url } },
  createRef: { ref: { id: "REF_1" } },
  createCommitOnBranch: { commit: { oid: commit } },
  createPullRequest: { pullRequest: { id: "PR_7", number: 7, url: pullView.url, headRefOid: commit } },
  createCheckRun: { checkRun: { id: "CR_1" } },
  updatePullRequest: { pullRequest: { number: 7 } },
  updateIssue: { issue: { number: 6 } },
  closeIssue: { issue: { number: 6 } },
  addComment: { subject: { __typename: "Issue", id: "I_6" } },
  closePullRequest: { pullRequest: { number: 7 } },
  deleteRef: { clientMutationId: null },
};

/** Names of the mutations in a document, in their order. */
export function fields(document: string | undefined): string[] {
  return [...(document ?? "").matchAll(/: (\w+)\(input:/g)].map(([, field]) => field ?? "");
}

/** What GitHub knows, in the schema's own words; each test says only what matters to it. */
export function repositoryFacts(change: object = {}): object {
  return {
    viewer: { login: "remit[bot]" },
    repository: {
      id: "R_1",
      nameWithOwner: repository,
      isArchived: false,
      squashMergeAllowed: true,
      mergeCommitAllowed: true,
      rebaseMergeAllowed: false,
      defaultBranchRef: { name: "main", target: { __typename: "Commit", oid: base } },
      object: null,
      issues: ({ labels }: { labels?: string[] }) => ({ nodes: labels === undefined ? [] : [] }),
      ref: null,
      pullRequests: { nodes: [] },
      issue: null,
      ...change,
    },
  };
}

export function commitFacts(change: object = {}): object {
  return {
    __typename: "Commit",
    oid: commit,
    message: `${proposal.headline}\n\n${proposal.message}`,
    parents: { nodes: [{ oid: base }] },
    author: { name: "remit[bot]" },
    signature: { __typename: "GpgSignature", isValid: true, wasSignedByGitHub: true },
    ...change,
  };
}

export function pullFacts(change: object = {}): object {
  return {
    id: "PR_7",
    number: 7,
    state: "OPEN",
    url: "https://github.com/acme/shop/pull/7",
    body: "",
    createdAt: "2026-11-20T10:01:00Z",
    locked: false,
    viewerDidAuthor: true,
    isCrossRepository: false,
    isDraft: false,
    baseRefName: "main",
    headRefOid: commit,
    mergeStateStatus: "CLEAN",
    isMergeQueueEnabled: false,
    mergeQueueEntry: null,
    autoMergeRequest: null,
    mergedAt: null,
    mergeCommit: null,
    comments: { nodes: [] },
    commits: { nodes: [{ commit: commitFacts() }] },
    reviews: { nodes: [] },
    ...change,
  };
}

export function issueFacts(change: object = {}): object {
  return {
    id: "I_6",
    number: 6,
    state: "OPEN",
    body: incidentBody,
    url: "https://github.com/acme/shop/issues/6",
    locked: false,
    viewerDidAuthor: true,
    assignees: { nodes: [] },
    comments: { nodes: [] },
    ...change,
  };
}

export function commentFacts(change: object = {}): object {
  return {
    id: "IC_1",
    viewerDidAuthor: false,
    body: "",
    author: { __typename: "User", login: "alice" },
    createdAt: "2026-11-20T10:05:00Z",
    lastEditedAt: null,
    reactionGroups: [],
    ...change,
  };
}
