import { expect, test } from "vitest";
import { openPull, refusal, repo, startWorld, type TestWorld } from "./world.ts";

const queued = () => startWorld({ mergeQueue: true, requiredChecks: ["remit/gate"] });

async function green(world: TestWorld, head: string, conclusion: "success" | "failure" = "success") {
  await world.remit.checks.create({ ...repo, name: "remit/gate", head_sha: head, conclusion });
}

async function stateOf(world: TestWorld, number: number) {
  const { repository } = await world.remit.graphql<{ repository: { pullRequest: Record<string, unknown> } }>(
    `query ($number: Int!) { repository(owner: "acme", name: "shop") { pullRequest(number: $number) {
      id state isMergeQueueEnabled isInMergeQueue mergeQueueEntry { position state enqueuer { login } headCommit { oid message } } } } }`,
    { number },
  );
  return repository.pullRequest;
}

async function enqueue(world: TestWorld, number: number, expectedHeadOid: string) {
  const { id } = await stateOf(world, number);
  return world.remit.graphql(
    `mutation ($id: ID!, $expectedHeadOid: GitObjectID) {
      enqueuePullRequest(input: { pullRequestId: $id, expectedHeadOid: $expectedHeadOid }) { mergeQueueEntry { id position } } }`,
    { id, expectedHeadOid },
  );
}

/** The commit that the queue wants to be checked. */
async function group(world: TestWorld, number: number): Promise<string> {
  const { mergeQueueEntry } = await stateOf(world, number);
  return Object(mergeQueueEntry).headCommit.oid;
}

test("a branch with a merge queue merges nothing directly, and what is checked in the queue", async () => {
  const world = await queued();
  const { number, head } = await openPull(world);
  await green(world, head);
  const refused = await refusal(world.remit.pulls.merge({ ...repo, pull_number: number }));
  expect([refused.status, refused.message]).toEqual([405, expect.stringContaining("through the merge queue")]);
  expect(await stateOf(world, number)).toMatchObject({ isMergeQueueEnabled: true, isInMergeQueue: false });
  await enqueue(world, number, head);
  expect(await stateOf(world, number)).toMatchObject({
    isInMergeQueue: true,
    mergeQueueEntry: { position: 1, state: "AWAITING_CHECKS", enqueuer: { login: "remit" } },
  });
  const checked = await group(world, number);
  await green(world, checked);
  expect(await stateOf(world, number)).toMatchObject({ state: "MERGED", isInMergeQueue: false });
  expect(await world.head()).toBe(checked);
});

test("the queue takes one after the other, each on top of the one before", async () => {
  const world = await queued();
  const first = await openPull(world, { branch: "first", files: { a: "1" } });
  const second = await openPull(world, { branch: "second", files: { b: "1" } });
  for (const { number, head } of [first, second]) {
    await green(world, head);
    await enqueue(world, number, head);
  }
  expect(await stateOf(world, second.number)).toMatchObject({ mergeQueueEntry: { position: 2, state: "QUEUED" } });
  await green(world, await group(world, first.number));
  await green(world, await group(world, second.number));
  expect(await stateOf(world, second.number)).toMatchObject({ state: "MERGED" });
});

test("what fails in the queue, gets a commit or is taken out stays open; what isn't ready doesn't come in", async () => {
  const world = await queued();
  const { number, head, branch } = await openPull(world);
  await expect(enqueue(world, number, head)).rejects.toThrow("not mergeable");
  await green(world, head);
  await expect(enqueue(world, number, "0".repeat(40))).rejects.toThrow("head oid");
  await enqueue(world, number, head);
  await expect(enqueue(world, number, head)).rejects.toThrow("already in the queue");
  await green(world, await group(world, number), "failure");
  expect(await stateOf(world, number)).toMatchObject({ state: "OPEN", isInMergeQueue: false });
  // On another base: within one second the same group would be the same commit, with its failed check.
  await world.github.commitAs("alice", { branch: "main", message: "Go on", files: { other: "1" } });
  await enqueue(world, number, head);
  const { id } = await stateOf(world, number);
  await world.remit.graphql("mutation ($id: ID!) { dequeuePullRequest(input: { id: $id }) { clientMutationId } }", {
    id,
  });
  expect(await stateOf(world, number)).toMatchObject({ state: "OPEN", isInMergeQueue: false });
  await enqueue(world, number, head);
  await world.github.commitAs("bob", { branch, message: "More", files: { more: "1" } });
  expect(await stateOf(world, number)).toMatchObject({ state: "OPEN", isInMergeQueue: false });
});
