/** Merges a pull request with a real commit on its base. */

import { accountByEmail } from "../present/present-commit.ts";
import { type Account, webFlow } from "../world/accounts.ts";
import type { MergeMethod, PullRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { branchMoved } from "./branch-moved.ts";
import { closeThread } from "./close-thread.ts";
import { signedCommit } from "./commit-on-branch.ts";
import { mergeability } from "./mergeability.ts";

export interface MergeInput {
  readonly method: MergeMethod;
  /** Guard: refused with 409 when the head is another. */
  readonly head: string | undefined;
  readonly title: string | undefined;
  readonly message: string | undefined;
}

/** Id of the commit that is now the base's head. */
export async function mergePull(world: World, by: Account, pull: PullRecord, input: MergeInput): Promise<string> {
  if (input.head !== undefined && input.head !== pull.head) {
    throw new Refusal(409, "Head branch was modified. Review and try the merge again.", { type: "UNPROCESSABLE" });
  }
  if (pull.merged !== undefined) {
    throw new Refusal(405, "Pull Request is not mergeable", { graphql: "Pull Request is already merged" });
  }
  const { refusal, state } = await mergeability(world, pull);
  // Administrators may pass the rules, never a conflict.
  const bypassed = by.role === "admin" && (state === "BLOCKED" || state === "BEHIND");
  if (refusal !== undefined && !bypassed) throw new Refusal(405, refusal);
  if (world.rules.mergeQueue && pull.baseRef === world.defaultBranch && by.role !== "admin")
    throw new Refusal(405, "Changes must be made through the merge queue");
  const base = await world.git.readRef(`refs/heads/${pull.baseRef}`);
  if (base === undefined) throw new Refusal(405, "Pull Request is not mergeable");
  const commit = await writeMerge(world, by, pull, base, input);
  if (!(await world.git.updateRef(`refs/heads/${pull.baseRef}`, commit, base))) {
    throw new Refusal(405, "Base branch was modified. Review and try the merge again.");
  }
  pull.merged = { at: world.now(), by, commit };
  await closeThread(world, pull, by, null);
  await branchMoved(world, { ref: `refs/heads/${pull.baseRef}`, from: base, to: commit, sender: by });
  return commit;
}

export async function writeMerge(
  world: World,
  by: Account,
  pull: PullRecord,
  base: string,
  input: MergeInput,
): Promise<string> {
  const commits = await world.git.commitsBetween(base, pull.head);
  if (input.method === "rebase") return rebase(world, by, commits, base);
  const tree = await world.git.mergeTrees(base, pull.head);
  if (tree === undefined) throw new Refusal(405, "Pull Request is not mergeable");
  if (input.method === "merge") {
    const message = text(
      input.title ?? `Merge pull request #${pull.number} from ${world.owner}/${pull.headRef}`,
      input.message ?? pull.title,
    );
    return signedCommit(world, by, { tree, parents: [base, pull.head], message });
  }
  const only = commits.length === 1 ? (await world.git.commit(commits[0] ?? "")).message : undefined;
  const [headline = "", ...rest] = (only ?? pull.title).split("\n");
  const message = text(input.title ?? `${headline} (#${pull.number})`, input.message ?? rest.join("\n").trim());
  return signedCommit(world, pull.author, { tree, parents: [base], message });
}

/** Each commit again on top of the base, as its author wrote it. */
async function rebase(world: World, by: Account, commits: readonly string[], base: string): Promise<string> {
  let onto = base;
  for (const oid of commits) {
    const commit = await world.git.commit(oid);
    const parent = commit.parents[0];
    if (parent === undefined || commit.parents.length > 1) throw new Refusal(405, "This branch can't be rebased");
    // merge-tree finds the merge base in history: this commit holds the new side's tree, with the old parent as its own.
    const at = world.now();
    const committer = { name: webFlow.name, email: webFlow.email, at };
    const side = await world.git.writeCommit({
      tree: (await world.git.commit(onto)).tree,
      parents: [parent],
      message: "side",
      author: committer,
      committer,
    });
    const tree = await world.git.mergeTrees(side, oid);
    if (tree === undefined) throw new Refusal(405, "This branch can't be rebased due to conflicts");
    const author = accountByEmail(world, commit.author.email) ?? by;
    onto = await world.git.writeCommit({
      tree,
      parents: [onto],
      message: commit.message,
      author: commit.author,
      committer: { name: author.name, email: author.email, at },
    });
  }
  return onto;
}

function text(title: string, body: string): string {
  return body === "" ? title : `${title}\n\n${body}`;
}
