/** The repository and the rule of its default branch. */
import { findLabel } from "../../acts/labels.ts";
import { Fields } from "../../fields.ts";
import { iso } from "../../present/iso.ts";
import { nodeId } from "../../world/node-id.ts";
import type { AnyThread, PullRecord } from "../../world/records.ts";
import { Refusal } from "../../world/refusal.ts";
import { connection } from "../connection.ts";
import { demand, type GraphqlContext, type Node } from "../graphql-context.ts";
import { actorNode } from "./account-node.ts";

const CONTENTS = { app: "contents:read", user: "read" } as const;
const ISSUES = { app: "issues:read", user: "read" } as const;
const PULLS = { app: "pull_requests:read", user: "read" } as const;

export function repositoryNode(context: GraphqlContext): Node {
  const { world, account } = context;
  return {
    __typename: "Repository",
    id: nodeId("repository", world.repositoryId),
    databaseId: world.repositoryId,
    name: world.name,
    nameWithOwner: world.fullName,
    owner: () => actorNode(world, world.organization),
    description: null,
    url: world.htmlUrl,
    createdAt: iso(world.createdAt),
    updatedAt: iso(world.pushedAt),
    pushedAt: iso(world.pushedAt),
    isArchived: world.archived,
    isDisabled: false,
    isEmpty: false,
    isFork: world.fork,
    isLocked: false,
    isPrivate: true,
    hasIssuesEnabled: true,
    autoMergeAllowed: world.autoMergeAllowed,
    mergeCommitAllowed: true,
    squashMergeAllowed: true,
    rebaseMergeAllowed: true,
    deleteBranchOnMerge: false,
    viewerPermission: account.type === "Bot" ? "WRITE" : account.role.toUpperCase(),
    defaultBranchRef: () => findRef(context, world.defaultRef),
    ref: (args: unknown) => findRef(context, fullName(new Fields(args).string("qualifiedName") ?? "")),
    refs: async (args: unknown) => {
      demand(context, CONTENTS);
      const prefix = new Fields(args).string("refPrefix") ?? "refs/heads/";
      const refs = [...(await world.git.refs(prefix.replace(/\/$/, "")))];
      return connection("refs", refs, args, ([name, oid]) => context.nodes.refNode(context, name, oid));
    },
    object: (args: unknown) => {
      demand(context, CONTENTS);
      const given = new Fields(args);
      return context.nodes.objectNode(context, given.string("expression") ?? given.string("oid") ?? "");
    },
    issue: (args: unknown) => {
      demand(context, ISSUES);
      return context.nodes.issueNode(context, numbered(world.issues, args, "an Issue"));
    },
    pullRequest: (args: unknown) => {
      demand(context, PULLS);
      return context.nodes.pullNode(context, numbered(world.pulls, args, "a PullRequest"));
    },
    issueOrPullRequest: (args: unknown) =>
      context.nodes.threadNode(context, numbered(world.threads, args, "an issue or pull request")),
    issues: (args: unknown) => {
      demand(context, ISSUES);
      return connection("issues", chosenIssues(context, args), args, (issue) =>
        context.nodes.issueNode(context, issue),
      );
    },
    pullRequests: (args: unknown) => {
      demand(context, PULLS);
      return connection("pullRequests", chosenPulls(world.pulls, args), args, (pull) =>
        context.nodes.pullNode(context, pull),
      );
    },
    label: (args: unknown) => {
      const label = findLabel(world, new Fields(args).string("name") ?? "");
      return label === undefined ? null : context.nodes.labelNode(context, label);
    },
    labels: (args: unknown) =>
      connection("labels", world.labels, args, (label) => context.nodes.labelNode(context, label)),
    deployments: (args: unknown) => {
      demand(context, { app: "deployments:read", user: "read" });
      const environments = new Fields(args).strings("environments");
      const found = ordered(world.deployments, args).filter((item) => environments?.includes(item.environment) ?? true);
      return connection("deployments", found, args, (deployment) => context.nodes.deploymentNode(context, deployment));
    },
    branchProtectionRules: (args: unknown) => {
      demand(context, { app: "administration:read", user: "read" });
      return connection("branchProtectionRules", [0], args, () => branchRuleNode(context));
    },
  };
}

export function branchRuleNode({ world }: GraphqlContext): Node {
  const { rules } = world;
  return {
    id: nodeId("rule", 1),
    databaseId: 1,
    pattern: world.defaultBranch,
    isAdminEnforced: false,
    allowsForcePushes: false,
    allowsDeletions: false,
    requiresCommitSignatures: false,
    requiresApprovingReviews: rules.requiredReviews > 0,
    requiredApprovingReviewCount: rules.requiredReviews > 0 ? rules.requiredReviews : null,
    requiresStatusChecks: rules.requiredChecks.length > 0,
    requiresStrictStatusChecks: rules.strict,
    requiredStatusCheckContexts: [...rules.requiredChecks],
    requiredStatusChecks: rules.requiredChecks.map((context) => ({ context, app: null })),
    dismissesStaleReviews: rules.dismissStaleReviews,
  };
}

async function findRef(context: GraphqlContext, name: string): Promise<Node | null> {
  demand(context, CONTENTS);
  const oid = await context.world.git.readRef(name);
  return oid === undefined ? null : context.nodes.refNode(context, name, oid);
}

function fullName(name: string): string {
  if (name.startsWith("refs/")) return name;
  return /^(heads|tags)\//.test(name) ? `refs/${name}` : `refs/heads/${name}`;
}

function numbered<T extends AnyThread>(threads: readonly T[], args: unknown, what: string): T {
  const number = new Fields(args).integer("number");
  const found = threads.find((thread) => thread.number === number);
  if (found === undefined) throw Refusal.notFound(`Could not resolve to ${what} with the number of ${number}.`);
  return found;
}

function chosenIssues({ world, account }: GraphqlContext, args: unknown) {
  const given = new Fields(args);
  const filter = new Fields(given.raw("filterBy"));
  const states = given.strings("states") ?? filter.strings("states");
  const labels = given.strings("labels") ?? filter.strings("labels");
  const creator = filter.string("createdBy");
  const since = filter.instant("since") ?? 0;
  const isCreator = (login: string) =>
    creator === undefined || creator === login || `app/${login.replace("[bot]", "")}` === creator;
  return ordered(world.issues, args).filter(
    (issue) =>
      (states?.includes(issue.state.toUpperCase()) ?? true) &&
      (labels?.some((name) => issue.labels.includes(name)) ?? true) &&
      (isCreator(issue.author.login) || (creator === "@me" && issue.author === account)) &&
      issue.updatedAt >= since,
  );
}

function chosenPulls(pulls: readonly PullRecord[], args: unknown): PullRecord[] {
  const given = new Fields(args);
  const states = given.strings("states");
  const labels = given.strings("labels");
  const head = given.string("headRefName");
  const base = given.string("baseRefName");
  return ordered(pulls, args).filter(
    (pull) =>
      (states?.includes(pull.merged === undefined ? pull.state.toUpperCase() : "MERGED") ?? true) &&
      (labels?.some((name) => pull.labels.includes(name)) ?? true) &&
      (head === undefined || pull.headRef === head) &&
      (base === undefined || pull.baseRef === base),
  );
}

/** Oldest first unless `orderBy` says otherwise. */
function ordered<T extends { readonly id: number; readonly createdAt: number; readonly updatedAt: number }>(
  items: readonly T[],
  args: unknown,
): T[] {
  const order = new Fields(new Fields(args).raw("orderBy"));
  const key = order.string("field") === "UPDATED_AT" ? "updatedAt" : "createdAt";
  const sorted = [...items].sort((a, b) => a[key] - b[key] || a.id - b.id);
  return order.string("direction") === "DESC" ? sorted.reverse() : sorted;
}
