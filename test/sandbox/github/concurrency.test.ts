import { expect, test } from "vitest";
import { systemClock } from "../../../src/clock.ts";
import { openPull, refusal, repo, startWorld } from "./world.ts";

test("of many commits on one head exactly one lands, and the others hear that the head moved", async () => {
  const world = await startWorld();
  const head = await world.head();
  const document =
    "mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }";
  const commit = (index: number) =>
    world.remit.graphql(document, {
      input: {
        branch: { repositoryNameWithOwner: "acme/shop", branchName: "main" },
        expectedHeadOid: head,
        message: { headline: `Try ${index}` },
        fileChanges: { additions: [{ path: "a.yaml", contents: Buffer.from(`a: ${index}\n`).toString("base64") }] },
      },
    });
  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(commit));
  const failed = outcomes.filter((outcome) => outcome.status === "rejected");
  expect(failed).toHaveLength(4);
  for (const { reason } of failed) expect(String(reason)).toContain("Expected branch to point to");
  const { data } = await world.remit.repos.listCommits(repo);
  expect(data.map((item) => item.parents[0]?.sha)).toEqual([head, undefined]);
});

test("of many merges of one pull request exactly one happens", async () => {
  const world = await startWorld();
  const { number, head } = await openPull(world);
  const merge = () => world.remit.pulls.merge({ ...repo, pull_number: number, sha: head, merge_method: "squash" });
  const outcomes = await Promise.allSettled([merge(), merge(), merge()]);
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  expect((await refusal(merge())).status).toBe(405);
  expect((await world.remit.repos.listCommits(repo)).data).toHaveLength(2);
});

test("two worlds with the same history have the same commits and the same ids", async () => {
  const clock = { now: () => Date.UTC(2026, 10, 20) };
  const make = async () => {
    const world = await startWorld({
      clock,
      tokenClock: systemClock,
      webhook: { url: "http://127.0.0.1:9/" },
    });
    const { head } = await openPull(world);
    await world.github.settled();
    const { data } = await world.remit.pulls.get({ ...repo, pull_number: 1 });
    return { head, id: data.node_id, guids: world.github.deliveries.map(({ guid, event }) => `${guid} ${event}`) };
  };
  expect(await make()).toEqual(await make());
});
