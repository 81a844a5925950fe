/** Refs, commits, trees and blobs. */
import { checksOn } from "../../acts/checks-on.ts";
import { Fields } from "../../fields.ts";
import type { CommitFacts } from "../../git/parse-commit.ts";
import { iso } from "../../present/iso.ts";
import { accountByEmail } from "../../present/present-commit.ts";
import { nodeId } from "../../world/node-id.ts";
import type { World } from "../../world/world.ts";
import { connection } from "../connection.ts";
import type { GraphqlContext, Node } from "../graphql-context.ts";
import { userNode } from "./account-node.ts";

/** `name` is the full name. */
export function refNode(context: GraphqlContext, name: string, oid: string): Node {
  const { world } = context;
  const prefix = name.startsWith("refs/heads/")
    ? "refs/heads/"
    : name.startsWith("refs/tags/")
      ? "refs/tags/"
      : "refs/";
  const short = name.slice(prefix.length);
  return {
    __typename: "Ref",
    id: nodeId("ref", name),
    name: short,
    prefix,
    repository: () => context.nodes.repositoryNode(context),
    target: () => commitNode(context, oid),
    branchProtectionRule: () => (name === world.defaultRef ? context.nodes.branchRuleNode(context) : null),
    refUpdateRule: () => (name === world.defaultRef ? updateRule(context) : null),
    rules: (args: unknown) => connection("rules", name === world.defaultRef ? rules(world) : [], args, (rule) => rule),
    associatedPullRequests: (args: unknown) => {
      const pulls = world.pulls.filter((pull) => pull.headRef === short);
      return connection("associatedPullRequests", pulls, args, (pull) => context.nodes.pullNode(context, pull));
    },
    compare: async (args: unknown) => {
      const head = await world.git.readRef(`refs/heads/${new Fields(args).string("headRef")}`);
      if (head === undefined) return null;
      const ahead = (await world.git.commitsBetween(oid, head)).length;
      const behind = (await world.git.commitsBetween(head, oid)).length;
      const status = ahead > 0 ? (behind > 0 ? "DIVERGED" : "AHEAD") : behind > 0 ? "BEHIND" : "IDENTICAL";
      return { id: nodeId("comparison", `${oid} ${head}`), aheadBy: ahead, behindBy: behind, status };
    },
  };
}

function updateRule({ world, account }: GraphqlContext): Node {
  return {
    pattern: world.defaultBranch,
    allowsDeletions: false,
    allowsForcePushes: false,
    requiredApprovingReviewCount: world.rules.requiredReviews > 0 ? world.rules.requiredReviews : null,
    requiredStatusCheckContexts: [...world.rules.requiredChecks],
    requiresLinearHistory: false,
    requiresSignatures: false,
    viewerCanPush: account.role === "admin",
  };
}

/** The same rules as a ruleset tells them. */
function rules(world: World): Node[] {
  const { requiredChecks, requiredReviews, strict, dismissStaleReviews } = world.rules;
  const found: Node[] = [];
  if (requiredChecks.length > 0) {
    const parameters = {
      __typename: "RequiredStatusChecksParameters",
      requiredStatusChecks: requiredChecks.map((context) => ({ context, integrationId: null })),
      strictRequiredStatusChecksPolicy: strict,
    };
    found.push({ id: nodeId("rule", 2), type: "REQUIRED_STATUS_CHECKS", parameters });
  }
  if (requiredReviews > 0) {
    const parameters = {
      __typename: "PullRequestParameters",
      dismissStaleReviewsOnPush: dismissStaleReviews,
      requireCodeOwnerReview: false,
      requireLastPushApproval: false,
      requiredApprovingReviewCount: requiredReviews,
      requiredReviewThreadResolution: false,
    };
    found.push({ id: nodeId("rule", 3), type: "PULL_REQUEST", parameters });
  }
  return found;
}

/** Whatever an expression such as `main:apps/a.yaml` names; null when nothing. */
export async function objectNode(context: GraphqlContext, expression: string): Promise<Node | null> {
  const object = await context.world.git.resolve(expression);
  if (object === undefined || object.type === "tag") return null;
  if (object.type === "commit") return commitNode(context, object.oid);
  return object.type === "tree" ? treeNode(context, object.oid) : blobNode(context, object.oid, object.size);
}

export async function commitNode(context: GraphqlContext, oid: string): Promise<Node> {
  const { world } = context;
  const commit = await world.git.commit(oid);
  const [headline = "", ...rest] = commit.message.split("\n");
  const sizes = async () => {
    const parent = commit.parents[0];
    return parent === undefined ? [] : world.git.diff(parent, oid);
  };
  return {
    ...gitObject(context, oid, "Commit"),
    id: nodeId("commit", oid),
    url: `${world.htmlUrl}/commit/${oid}`,
    message: commit.message,
    messageHeadline: headline,
    messageBody: rest.join("\n").trim(),
    author: identityNode(world, commit.author),
    authors: (args: unknown) =>
      connection("authors", authorsOf(commit), args, (identity) => identityNode(world, identity)),
    committer: identityNode(world, commit.committer),
    authoredDate: iso(commit.author.at),
    committedDate: iso(commit.committer.at),
    authoredByCommitter: commit.author.email === commit.committer.email,
    committedViaWeb: commit.committer.email === "noreply@github.com",
    signature: () => (world.signed.has(oid) ? signatureNode(world, commit) : null),
    tree: () => treeNode(context, commit.tree),
    file: async (args: unknown) => {
      const path = new Fields(args).string("path") ?? "";
      return (await entries(context, oid, path)).find((entry) => entry.path === path) ?? null;
    },
    parents: (args: unknown) => connection("parents", commit.parents, args, (parent) => commitNode(context, parent)),
    history: async (args: unknown) => {
      const ids = await world.git.log(oid, 1000, new Fields(args).string("path"));
      return connection("history", ids, args, (id) => commitNode(context, id));
    },
    additions: async () => (await sizes()).reduce((sum, file) => sum + file.additions, 0),
    deletions: async () => (await sizes()).reduce((sum, file) => sum + file.deletions, 0),
    changedFilesIfAvailable: async () => (await sizes()).length,
    statusCheckRollup: () => context.nodes.rollupNode(context, oid),
    status: () => (checksOn(world, oid).statuses.length === 0 ? null : context.nodes.statusNode(context, oid)),
    checkSuites: (args: unknown) => {
      const app = new Fields(new Fields(args).raw("filterBy")).integer("appId");
      const suites = world.suites.filter((suite) => suite.head === oid && (app === undefined || suite.app.id === app));
      return connection("checkSuites", suites, args, (suite) => context.nodes.suiteNode(context, suite));
    },
    associatedPullRequests: async (args: unknown) => {
      const pulls = [];
      for (const pull of world.pulls) {
        const ids = await world.git.commitsBetween(pull.base, pull.head);
        if (ids.includes(oid) || pull.merged?.commit === oid) pulls.push(pull);
      }
      return connection("associatedPullRequests", pulls, args, (pull) => context.nodes.pullNode(context, pull));
    },
    deployments: (args: unknown) => {
      const found = world.deployments.filter((deployment) => deployment.sha === oid);
      return connection("deployments", found, args, (deployment) => context.nodes.deploymentNode(context, deployment));
    },
  };
}

async function blobNode(context: GraphqlContext, oid: string, byteSize: number): Promise<Node> {
  const content = await context.world.git.readBlob(oid);
  const isBinary = content.includes(0);
  return {
    ...gitObject(context, oid, "Blob"),
    id: nodeId("blob", oid),
    byteSize,
    isBinary,
    isTruncated: false,
    text: isBinary ? null : content.toString(),
  };
}

function treeNode(context: GraphqlContext, oid: string): Node {
  return { ...gitObject(context, oid, "Tree"), id: nodeId("tree", oid), entries: () => entries(context, oid, "") };
}

async function entries(context: GraphqlContext, treeish: string, path: string) {
  const directory = path.split("/").slice(0, -1).join("/");
  return (await context.world.git.readTree(treeish, { path: directory })).map((entry) => ({
    mode: Number.parseInt(entry.mode, 8),
    name: entry.path.split("/").at(-1),
    path: entry.path,
    oid: entry.oid,
    type: entry.type,
    object: () => objectNode(context, entry.oid),
  }));
}

function gitObject(context: GraphqlContext, oid: string, type: string) {
  const path = `/${context.world.fullName}/commit/${oid}`;
  return {
    __typename: type,
    oid,
    abbreviatedOid: oid.slice(0, 7),
    repository: () => context.nodes.repositoryNode(context),
    commitUrl: `${context.world.url}${path}`,
    commitResourcePath: path,
  };
}

function identityNode(world: World, identity: CommitFacts["author"]) {
  const account = accountByEmail(world, identity.email);
  return {
    name: identity.name,
    email: identity.email,
    date: iso(identity.at),
    avatarUrl: `${world.url}/avatars/${account?.id ?? 0}`,
    user: account === undefined || account.login === "web-flow" ? null : userNode(world, account),
  };
}

/** The author, and whom the message's trailers name beside them, each address once. */
function authorsOf({ author, message }: CommitFacts): readonly CommitFacts["author"][] {
  const named = [...message.matchAll(/^co-authored-by: (.+) <([^<>]+)>[ \t]*$/gim)];
  const others = named.map(([, name = "", email = ""]) => ({ ...author, name, email }));
  const all = [author, ...others];
  return all.filter(({ email }, index) => all.findIndex((other) => other.email === email) === index);
}

function signatureNode(world: World, commit: CommitFacts) {
  return {
    __typename: "GpgSignature",
    email: "noreply@github.com",
    isValid: true,
    keyId: "B5690EEEBB952194",
    payload: `tree ${commit.tree}\n`,
    signature: "-----BEGIN PGP SIGNATURE-----\n\nsandbox\n-----END PGP SIGNATURE-----\n",
    signer: world.accounts
      .filter((account) => account.login === "web-flow")
      .map((account) => userNode(world, account))[0],
    state: "VALID",
    verifiedAt: iso(commit.committer.at),
    wasSignedByGitHub: true,
  };
}
