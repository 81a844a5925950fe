/** Native auto-merge: arms a pull request that can't be merged yet, and merges it when it can. */
import type { Account } from "../world/accounts.ts";
import type { AutoMergeRecord, PullRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { mergePull } from "./merge-pull.ts";
import { enqueue, needsQueue } from "./merge-queue.ts";
import { mergeability } from "./mergeability.ts";

export async function enableAutoMerge(
  world: World,
  by: Account,
  pull: PullRecord,
  input: Pick<AutoMergeRecord, "method" | "headline" | "body"> & { readonly head: string | undefined },
): Promise<void> {
  if (!world.autoMergeAllowed) throw new Refusal(422, "Auto merge is not allowed for this repository");
  if (pull.state !== "open") throw new Refusal(422, "Can't enable auto-merge for this pull request.");
  if (input.head !== undefined && input.head !== pull.head) {
    throw new Refusal(422, "Head branch was modified. Review and try the merge again.");
  }
  const { state } = await mergeability(world, pull);
  if (state === "CLEAN") throw new Refusal(422, "Pull request Pull request is in clean status");
  if (state === "UNSTABLE") throw new Refusal(422, "Pull request Pull request is in unstable status");
  pull.autoMerge = { by, at: world.now(), method: input.method, headline: input.headline, body: input.body };
}

/** Merges every armed pull request that has become mergeable. */
export async function runAutoMerges(world: World): Promise<void> {
  for (const pull of world.pulls) {
    const armed = pull.autoMerge;
    if (armed === undefined || pull.state !== "open") continue;
    if ((await mergeability(world, pull)).refusal !== undefined) continue;
    if (needsQueue(world, pull)) {
      if (pull.queued === undefined) await enqueue(world, armed.by, pull, undefined);
      continue;
    }
    await mergePull(world, armed.by, pull, {
      method: armed.method,
      head: pull.head,
      title: armed.headline,
      message: armed.body,
    });
  }
}
