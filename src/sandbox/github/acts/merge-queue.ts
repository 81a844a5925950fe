/** The merge queue of the default branch: one pull request at a time is put on top of the branch, checked there, and merged or let go. */
import { ZERO_OID } from "../git/git-repository.ts";
import { presentHeadCommit } from "../present/present-commit.ts";
import type { Account } from "../world/accounts.ts";
import type { MergeGroupRecord, PullRecord, QueueRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { branchMoved } from "./branch-moved.ts";
import { checksOn, verdictOf } from "./checks-on.ts";
import { closeThread } from "./close-thread.ts";
import { writeMerge } from "./merge-pull.ts";
import { mergeability } from "./mergeability.ts";
import { pullEvent } from "./pull-event.ts";

type Removal = "MANUAL" | "MERGE" | "MERGE_CONFLICT" | "CI_FAILURE" | "BRANCH_PROTECTIONS";

export async function enqueue(
  world: World,
  by: Account,
  pull: PullRecord,
  head: string | undefined,
): Promise<QueueRecord> {
  if (!needsQueue(world, pull)) throw new Refusal(422, "Pull request is not in a branch with a merge queue");
  if (pull.queued !== undefined) throw new Refusal(422, "Pull request is already in the queue");
  if (head !== undefined && head !== pull.head) throw new Refusal(422, "Expected head oid does not match");
  const { refusal } = await mergeability(world, pull);
  if (pull.state !== "open" || refusal !== undefined)
    throw new Refusal(422, `Pull request is not mergeable: ${refusal ?? "it is closed"}`);
  const queued: QueueRecord = { at: world.now(), by, head: pull.head, group: undefined };
  pull.queued = queued;
  await pullEvent(world, pull, "enqueued", by);
  return queued;
}

export async function dequeue(world: World, by: Account, pull: PullRecord, reason: Removal): Promise<void> {
  const { queued } = pull;
  if (queued === undefined) throw new Refusal(422, "Pull request is not in the queue");
  pull.queued = undefined;
  if (queued.group !== undefined) {
    await endGroup(world, by, queued.group, reason === "MERGE" ? "merged" : "dequeued");
  }
  await pullEvent(world, pull, "dequeued", by, { reason });
}

/** Every merge goes through the queue there, but an administrator's. */
export function needsQueue(world: World, pull: PullRecord): boolean {
  return world.rules.mergeQueue && pull.baseRef === world.defaultBranch;
}

/** Takes the queue as far as it goes. */
export async function runMergeQueue(world: World): Promise<void> {
  for (;;) {
    const [first] = inQueue(world);
    if (first === undefined || !(await advance(world, first.pull, first.queued))) return;
  }
}

/** In the order in which they came. */
export function inQueue(world: World): readonly { readonly pull: PullRecord; readonly queued: QueueRecord }[] {
  return world.pulls
    .flatMap((pull) => (pull.queued === undefined ? [] : [{ pull, queued: pull.queued }]))
    .sort((a, b) => a.queued.at - b.queued.at || a.pull.number - b.pull.number);
}

/** Answers whether the first of the queue is through with it. */
async function advance(world: World, pull: PullRecord, queued: QueueRecord): Promise<boolean> {
  const { by } = queued;
  if (pull.state !== "open" || pull.head !== queued.head) {
    await dequeue(world, by, pull, pull.merged === undefined ? "BRANCH_PROTECTIONS" : "MERGE");
    return true;
  }
  const base = (await world.git.readRef(world.defaultRef)) ?? ZERO_OID;
  if (queued.group !== undefined && queued.group.base !== base) await endGroup(world, by, queued.group, "invalidated");
  const group = queued.group?.base === base ? queued.group : await beginGroup(world, pull, queued, base);
  if (group === undefined) {
    await dequeue(world, by, pull, "MERGE_CONFLICT");
    return true;
  }
  queued.group = group;
  const checks = checksOn(world, group.head);
  const verdicts = world.rules.requiredChecks.map((name) => verdictOf(checks, name));
  if (verdicts.includes("failure")) {
    await dequeue(world, by, pull, "CI_FAILURE");
    return true;
  }
  if (verdicts.some((verdict) => verdict !== "success")) return false;
  await merge(world, pull, queued, group);
  return true;
}

async function beginGroup(
  world: World,
  pull: PullRecord,
  { by }: QueueRecord,
  base: string,
): Promise<MergeGroupRecord | undefined> {
  if ((await world.git.mergeTrees(base, pull.head)) === undefined) return undefined;
  const head = await writeMerge(world, by, pull, base, {
    method: "squash",
    head: undefined,
    title: undefined,
    message: undefined,
  });
  const group = { ref: `refs/heads/gh-readonly-queue/${pull.baseRef}/pr-${pull.number}-${base}`, head, base };
  await world.git.setRef(group.ref, head);
  await branchMoved(world, { ref: group.ref, from: ZERO_OID, to: head, sender: by });
  await groupEvent(world, by, group, { action: "checks_requested" });
  return group;
}

async function merge(world: World, pull: PullRecord, { by }: QueueRecord, group: MergeGroupRecord): Promise<void> {
  if (!(await world.git.updateRef(world.defaultRef, group.head, group.base))) return;
  pull.merged = { at: world.now(), by, commit: group.head };
  await dequeue(world, by, pull, "MERGE");
  await closeThread(world, pull, by, null);
  await branchMoved(world, { ref: world.defaultRef, from: group.base, to: group.head, sender: by });
}

async function endGroup(
  world: World,
  by: Account,
  group: MergeGroupRecord,
  reason: "merged" | "invalidated" | "dequeued",
): Promise<void> {
  await groupEvent(world, by, group, { action: "destroyed", reason });
  await world.git.updateRef(group.ref, ZERO_OID, group.head);
}

async function groupEvent(
  world: World,
  sender: Account,
  { head, ref, base }: MergeGroupRecord,
  about: { readonly action: string; readonly reason?: string },
): Promise<void> {
  const merge_group = {
    head_sha: head,
    head_ref: ref,
    base_sha: base,
    base_ref: world.defaultRef,
    head_commit: presentHeadCommit(await world.git.commit(head)),
  };
  world.emit({ name: "merge_group", action: about.action, sender, payload: { ...about, merge_group } });
}
