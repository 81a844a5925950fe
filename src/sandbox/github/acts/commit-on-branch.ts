/** Appends one commit to a branch, written and signed by GitHub. */
import type { Identity, TreeChange } from "../git/git-objects.ts";
import { type Account, webFlow } from "../world/accounts.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { branchMoved } from "./branch-moved.ts";
import { refuseIfProtected } from "./refs.ts";

export interface BranchCommit {
  readonly branch: string;
  /** Throws STALE_DATA when the branch is elsewhere; undefined: no guard. */
  readonly expectedHead: string | undefined;
  readonly message: string;
  readonly changes: readonly TreeChange[];
  readonly author?: Identity;
  readonly committer?: Identity;
}

/** Id of the new commit. An author of one's own costs the signature. */
export async function commitOnBranch(world: World, by: Account, input: BranchCommit): Promise<string> {
  const ref = `refs/heads/${input.branch}`;
  const head = await world.git.readRef(ref);
  if (head === undefined) {
    throw new Refusal(404, `Branch ${input.branch} not found`, { graphql: `Branch "${input.branch}" not found.` });
  }
  if (input.expectedHead !== undefined && input.expectedHead !== head) {
    throw new Refusal(409, `${input.branch} is at ${head} but expected ${input.expectedHead}`, {
      graphql: `Expected branch to point to "${input.expectedHead}" but it did not.  Pull and try again.`,
      type: "STALE_DATA",
    });
  }
  refuseIfProtected(world, by, ref);
  for (const change of input.changes) {
    refuseWorkflow(world, by, change.path);
    await checkChange(world, head, change);
  }
  const tree = await world.git.writeTree(head, input.changes);
  const oid = await signedCommit(world, by, {
    tree,
    parents: [head],
    message: input.message,
    author: input.author,
    committer: input.committer,
  });
  if (!(await world.git.updateRef(ref, oid, head))) throw new Refusal(409, "Branch was modified.");
  await branchMoved(world, { ref, from: head, to: oid, sender: by });
  return oid;
}

/** Writes a commit object; GitHub signs it when it names no author or committer of its own. */
export async function signedCommit(
  world: World,
  by: Account,
  commit: {
    readonly tree: string;
    readonly parents: readonly string[];
    readonly message: string;
    readonly author?: Identity | undefined;
    readonly committer?: Identity | undefined;
  },
): Promise<string> {
  const at = world.now();
  const author = commit.author ?? { name: by.name, email: by.email, at };
  const committer =
    commit.committer ?? (commit.author === undefined ? { name: webFlow.name, email: webFlow.email, at } : author);
  const oid = await world.git.writeCommit({ ...commit, author, committer });
  if (commit.author === undefined && commit.committer === undefined) world.signed.add(oid);
  return oid;
}

/** What runs in CI needs a permission of its own. */
function refuseWorkflow(world: World, by: Account, path: string): void {
  if (by.type !== "Bot" || !path.startsWith(".github/workflows/") || world.permissions.workflows === "write") return;
  const what = `refusing to allow a GitHub App to create or update workflow \`${path}\``;
  throw new Refusal(403, `${what} without \`workflows\` permission`);
}

async function checkChange(world: World, head: string, change: TreeChange): Promise<void> {
  const parts = change.path.split("/");
  if (
    change.path === "" ||
    parts.some((part) => part === "" || part === "." || part === ".." || part.toLowerCase() === ".git")
  ) {
    throw new Refusal(422, "path contains a malformed path component", {
      graphql: `A path was requested that is not allowed: ${change.path}`,
    });
  }
  const removed = change.content === undefined && change.oid === undefined;
  if (removed && (await world.git.resolve(`${head}:${change.path}`)) === undefined) {
    throw new Refusal(422, `${change.path} does not exist`, {
      graphql: `A path was requested for deletion which does not exist as of commit oid \`${head}\`: ${change.path}`,
    });
  }
}
