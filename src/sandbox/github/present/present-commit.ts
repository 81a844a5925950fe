/** Commits in REST's forms. */

import type { FileChange } from "../git/git-objects.ts";
import type { CommitFacts } from "../git/parse-commit.ts";
import type { Account } from "../world/accounts.ts";
import { nodeId } from "../world/node-id.ts";
import type { World } from "../world/world.ts";
import { iso } from "./iso.ts";
import { presentAccount } from "./present-account.ts";

/** As in lists and comparisons. */
export function presentCommit(world: World, commit: CommitFacts) {
  const url = `${world.apiUrl}/commits/${commit.oid}`;
  return {
    sha: commit.oid,
    node_id: nodeId("commit", commit.oid),
    url,
    html_url: `${world.htmlUrl}/commit/${commit.oid}`,
    comments_url: `${url}/comments`,
    commit: {
      author: presentIdentity(commit.author),
      committer: presentIdentity(commit.committer),
      message: commit.message,
      tree: { sha: commit.tree, url: `${world.apiUrl}/git/trees/${commit.tree}` },
      url: `${world.apiUrl}/git/commits/${commit.oid}`,
      comment_count: 0,
      verification: presentVerification(world, commit),
    },
    author: accountOf(world, commit.author.email),
    committer: accountOf(world, commit.committer.email),
    parents: presentParents(world, commit),
  };
}

/** As the Git Data API shows it. */
export function presentGitCommit(world: World, commit: CommitFacts) {
  return {
    sha: commit.oid,
    node_id: nodeId("commit", commit.oid),
    url: `${world.apiUrl}/git/commits/${commit.oid}`,
    html_url: `${world.htmlUrl}/commit/${commit.oid}`,
    author: presentIdentity(commit.author),
    committer: presentIdentity(commit.committer),
    message: commit.message,
    tree: { sha: commit.tree, url: `${world.apiUrl}/git/trees/${commit.tree}` },
    parents: presentParents(world, commit),
    verification: presentVerification(world, commit),
  };
}

/** As in webhooks and check suites. */
export function presentHeadCommit(commit: CommitFacts) {
  return {
    id: commit.oid,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: iso(commit.committer.at),
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}

export function presentFile(world: World, change: FileChange, head: string) {
  const path = change.path.split("/").map(encodeURIComponent).join("/");
  return {
    sha: change.blob,
    filename: change.path,
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    blob_url: `${world.htmlUrl}/blob/${head}/${path}`,
    raw_url: `${world.htmlUrl}/raw/${head}/${path}`,
    contents_url: `${world.apiUrl}/contents/${path}?ref=${head}`,
    ...(change.patch === undefined ? {} : { patch: change.patch }),
    ...(change.previousPath === undefined ? {} : { previous_filename: change.previousPath }),
  };
}

/** The account that an address belongs to. */
export function accountByEmail(world: World, email: string): Account | undefined {
  return world.accounts.find((account) => account.email === email && email !== "");
}

function accountOf(world: World, email: string) {
  const account = accountByEmail(world, email);
  return account === undefined ? null : presentAccount(world, account);
}

function presentIdentity(identity: CommitFacts["author"]) {
  return { name: identity.name, email: identity.email, date: iso(identity.at) };
}

function presentParents(world: World, commit: CommitFacts) {
  return commit.parents.map((sha) => ({
    sha,
    url: `${world.apiUrl}/commits/${sha}`,
    html_url: `${world.htmlUrl}/commit/${sha}`,
  }));
}

function presentVerification(world: World, commit: CommitFacts) {
  const verified = world.signed.has(commit.oid);
  return {
    verified,
    reason: verified ? "valid" : "unsigned",
    signature: verified ? "-----BEGIN PGP SIGNATURE-----\n\nsandbox\n-----END PGP SIGNATURE-----\n" : null,
    payload: verified ? `tree ${commit.tree}\n` : null,
    verified_at: verified ? iso(commit.committer.at) : null,
  };
}
