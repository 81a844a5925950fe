/** Merges the base into a pull request's branch. */
import type { Account } from "../world/accounts.ts";
import type { PullRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { branchMoved } from "./branch-moved.ts";
import { signedCommit } from "./commit-on-branch.ts";

export async function updateBranch(
  world: World,
  by: Account,
  pull: PullRecord,
  expected: string | undefined,
): Promise<void> {
  if (expected !== undefined && expected !== pull.head)
    throw new Refusal(422, "expected_head_sha does not match the head of the branch");
  const base = await world.git.readRef(`refs/heads/${pull.baseRef}`);
  if (base === undefined || (await world.git.isAncestor(base, pull.head))) {
    throw new Refusal(422, "There are no new commits on the base branch.");
  }
  const tree = await world.git.mergeTrees(pull.head, base);
  if (tree === undefined) throw new Refusal(422, "merge conflict between base and head");
  const message = `Merge branch '${pull.baseRef}' into ${pull.headRef}`;
  const to = await signedCommit(world, by, { tree, parents: [pull.head, base], message });
  const ref = `refs/heads/${pull.headRef}`;
  const from = pull.head;
  await world.git.updateRef(ref, to, from);
  await branchMoved(world, { ref, from, to, sender: by });
}
