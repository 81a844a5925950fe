/** Creates, moves and deletes refs as the API does. */
import { ZERO_OID } from "../git/git-repository.ts";
import type { Account } from "../world/accounts.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { branchMoved } from "./branch-moved.ts";

/** Throws 422: not a full name, no such commit, exists already, clashes with another name. */
export async function createRef(world: World, by: Account, ref: string, oid: string): Promise<void> {
  await checkName(world, ref);
  if ((await world.git.resolve(oid))?.type !== "commit") {
    throw new Refusal(422, "Object does not exist", { graphql: "Oid does not exist in this repository" });
  }
  if ((await world.git.readRef(ref)) !== undefined) {
    throw new Refusal(422, "Reference already exists", {
      graphql: `A ref named "${ref}" already exists in the repository.`,
    });
  }
  if (!(await world.git.updateRef(ref, oid, ZERO_OID))) {
    throw new Refusal(422, "Reference update failed", { graphql: "Ref cannot be created." });
  }
  await branchMoved(world, { ref, from: ZERO_OID, to: oid, sender: by });
}

/** Throws 422: no such ref or commit, not a fast-forward without `force`, protected. */
export async function moveRef(world: World, by: Account, ref: string, oid: string, force: boolean): Promise<void> {
  const from = await world.git.readRef(ref);
  if (from === undefined) throw new Refusal(422, "Reference does not exist");
  if ((await world.git.resolve(oid))?.type !== "commit") throw new Refusal(422, "Object does not exist");
  if (from === oid) return;
  refuseIfProtected(world, by, ref);
  if (!force && !(await world.git.isAncestor(from, oid))) throw new Refusal(422, "Update is not a fast forward");
  await world.git.updateRef(ref, oid, from);
  await branchMoved(world, { ref, from, to: oid, sender: by });
}

export async function deleteRef(world: World, by: Account, ref: string): Promise<void> {
  const from = await world.git.readRef(ref);
  if (from === undefined) throw new Refusal(422, "Reference does not exist");
  if (ref === world.defaultRef) throw new Refusal(422, "Cannot delete the default branch");
  await world.git.updateRef(ref, ZERO_OID, from);
  await branchMoved(world, { ref, from, to: ZERO_OID, sender: by });
}

/** All or nothing: each `before` must be what the ref points to, zeros meaning that it must not exist. */
export async function updateRefs(
  world: World,
  by: Account,
  updates: readonly {
    readonly ref: string;
    readonly after: string;
    readonly before: string | undefined;
    readonly force: boolean;
  }[],
): Promise<void> {
  const moves: { ref: string; from: string; to: string }[] = [];
  for (const update of updates) {
    await checkName(world, update.ref);
    const from = (await world.git.readRef(update.ref)) ?? ZERO_OID;
    if (update.before !== undefined && update.before !== from) {
      throw new Refusal(422, `Reference ${update.ref} is at ${from} but expected ${update.before}`, {
        type: "STALE_DATA",
      });
    }
    if (update.after !== ZERO_OID && (await world.git.resolve(update.after))?.type !== "commit") {
      throw new Refusal(422, "Object does not exist");
    }
    refuseIfProtected(world, by, update.ref);
    const forward = from === ZERO_OID || update.after === ZERO_OID || (await world.git.isAncestor(from, update.after));
    if (!forward && !update.force) throw new Refusal(422, "Update is not a fast forward");
    moves.push({ ref: update.ref, from, to: update.after });
  }
  for (const move of moves) {
    if (move.from === move.to) continue;
    await world.git.updateRef(move.ref, move.to, move.from);
    await branchMoved(world, { ...move, sender: by });
  }
}

/** A protected branch takes changes only by pull request, but for an administrator. */
export function refuseIfProtected(world: World, by: Account, ref: string): void {
  const { requiredChecks, requiredReviews } = world.rules;
  if (ref !== world.defaultRef || by.role === "admin" || (requiredReviews === 0 && requiredChecks.length === 0)) return;
  const message =
    requiredReviews > 0
      ? "Changes must be made through a pull request."
      : `Required status check "${requiredChecks[0]}" is expected.`;
  throw new Refusal(409, message, { type: "UNPROCESSABLE" });
}

async function checkName(world: World, ref: string): Promise<void> {
  const parts = ref.split("/");
  const check = await world.git.isRefName(ref);
  if (parts.length < 3 || parts[0] !== "refs" || !check || ref.startsWith("refs/pull/")) {
    throw new Refusal(422, "Reference name is not valid", { graphql: `${ref} is not a valid ref name.` });
  }
}
