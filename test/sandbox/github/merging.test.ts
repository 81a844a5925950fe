import { describe, expect, test } from "vitest";
import { openPull, refusal, repo, startWorld, type TestWorld } from "./world.ts";

async function green(world: TestWorld, head: string, name: string, conclusion: "success" | "failure" = "success") {
  await world.remit.checks.create({ ...repo, name, head_sha: head, status: "completed", conclusion });
}

describe("a merge makes a real commit", () => {
  test("squash: one commit on the base, by the pull request's author, signed, with the message given", async () => {
    const world = await startWorld();
    const { number, head } = await openPull(world);
    const base = await world.head();
    const { data } = await world.remit.pulls.merge({
      ...repo,
      pull_number: number,
      sha: head,
      merge_method: "squash",
      commit_title: "Change the tag",
      commit_message: "Remit-Tier: merge",
    });
    expect(await world.head()).toBe(data.sha);
    const commit = await world.remit.repos.getCommit({ ...repo, ref: data.sha });
    expect(commit.data).toMatchObject({
      parents: [{ sha: base }],
      commit: { message: "Change the tag\n\nRemit-Tier: merge", verification: { verified: true } },
      author: { login: "bob" },
    });
    const pull = await world.remit.pulls.get({ ...repo, pull_number: number });
    expect(pull.data).toMatchObject({
      merged: true,
      state: "closed",
      merge_commit_sha: data.sha,
      merged_by: { login: "remit[bot]" },
    });
    expect((await world.remit.pulls.checkIfMerged({ ...repo, pull_number: number })).status).toBe(204);
  });

  test("merge: both parents; and GitHub's own message when none is given", async () => {
    const world = await startWorld();
    const { number, head } = await openPull(world);
    const base = await world.head();
    const { data } = await world.as("bob").pulls.merge({ ...repo, pull_number: number });
    const commit = await world.remit.git.getCommit({ ...repo, commit_sha: data.sha });
    expect(commit.data.parents.map((parent) => parent.sha)).toEqual([base, head]);
    expect(commit.data.message).toBe("Merge pull request #1 from acme/topic\n\nChange the tag");
  });

  test("rebase: each commit again, on a base that has moved", async () => {
    const world = await startWorld();
    const { number, branch } = await openPull(world);
    await world.github.commitAs("bob", { branch, message: "And another", files: { "b.yaml": "b: 1\n" } });
    const moved = await world.github.commitAs("alice", {
      branch: "main",
      message: "Meanwhile",
      files: { "c.yaml": "c: 1\n" },
    });
    await world.as("bob").pulls.merge({ ...repo, pull_number: number, merge_method: "rebase" });
    const { data } = await world.remit.repos.listCommits({ ...repo, per_page: 3 });
    expect(data.map((item) => item.commit.message)).toEqual(["And another", "Change the tag", "Meanwhile"]);
    expect(data[2]?.sha).toBe(moved);
    const tree = await world.remit.git.getTree({ ...repo, tree_sha: "main", recursive: "1" });
    expect(tree.data.tree.map((entry) => entry.path)).toEqual(
      expect.arrayContaining(["b.yaml", "c.yaml", "apps/checkout.yaml"]),
    );
  });
});

test("a head that moved is a conflict, and nothing is merged", async () => {
  const world = await startWorld();
  const { number, head, branch } = await openPull(world);
  await world.github.commitAs("bob", { branch, message: "More", files: { x: "1" } });
  const refused = await refusal(world.remit.pulls.merge({ ...repo, pull_number: number, sha: head }));
  expect(refused).toMatchObject({
    status: 409,
    body: { message: "Head branch was modified. Review and try the merge again." },
  });
  const document = `mutation ($id: ID!, $head: GitObjectID!) { mergePullRequest(input: { pullRequestId: $id, expectedHeadOid: $head }) { clientMutationId } }`;
  const { data } = await world.remit.pulls.get({ ...repo, pull_number: number });
  await expect(world.remit.graphql(document, { id: data.node_id, head })).rejects.toThrow("Head branch was modified");
  expect(data.merged).toBe(false);
});

test("required checks and reviews hold a merge back, each with GitHub's reason, until they are there", async () => {
  const world = await startWorld({ requiredChecks: ["ci/validate", "remit/gate"], requiredReviews: 1, ci: false });
  const { number, head } = await openPull(world);
  const merge = () => world.remit.pulls.merge({ ...repo, pull_number: number, sha: head });
  const reason = async () => {
    const { status, body } = await refusal(merge());
    return [status, Object(body).message];
  };
  const state = async () => (await world.remit.pulls.get({ ...repo, pull_number: number })).data.mergeable_state;
  expect(await reason()).toEqual([405, "2 of 2 required status checks are expected."]);
  await green(world, head, "ci/validate");
  expect(await reason()).toEqual([405, 'Required status check "remit/gate" is expected.']);
  await green(world, head, "remit/gate", "failure");
  expect(await reason()).toEqual([405, 'Required status check "remit/gate" is failing.']);
  await green(world, head, "remit/gate");
  expect(await reason()).toEqual([405, "At least 1 approving review is required by reviewers with write access."]);
  await world.as("carol").pulls.createReview({ ...repo, pull_number: number, event: "APPROVE" });
  expect(await state()).toBe("blocked");
  await world.as("alice").pulls.createReview({ ...repo, pull_number: number, event: "APPROVE" });
  expect(await state()).toBe("clean");
  expect((await merge()).data.merged).toBe(true);
});

test("a request for changes outweighs an approval until it is dismissed", async () => {
  const world = await startWorld({ requiredReviews: 1 });
  const { number } = await openPull(world);
  const review = { ...repo, pull_number: number };
  await world.as("alice").pulls.createReview({ ...review, event: "APPROVE" });
  const { data } = await world.as("alice").pulls.createReview({ ...review, event: "REQUEST_CHANGES", body: "No." });
  const state = async () => (await world.remit.pulls.get(review)).data.mergeable_state;
  expect(await state()).toBe("blocked");
  await world.as("alice").pulls.dismissReview({ ...review, review_id: data.id, message: "Never mind" });
  await world.as("alice").pulls.createReview({ ...review, event: "APPROVE" });
  expect(await state()).toBe("clean");
});

test("nobody approves their own pull request", async () => {
  const world = await startWorld();
  const { number } = await openPull(world);
  const own = await refusal(world.as("bob").pulls.createReview({ ...repo, pull_number: number, event: "APPROVE" }));
  expect(own).toMatchObject({ status: 422, body: { errors: ["Can not approve your own pull request"] } });
});

test("a new commit dismisses approvals when the rules say so", async () => {
  const world = await startWorld({ requiredReviews: 1, dismissStaleReviews: true });
  const { number, branch } = await openPull(world);
  await world.as("alice").pulls.createReview({ ...repo, pull_number: number, event: "APPROVE" });
  await world.github.commitAs("bob", { branch, message: "More", files: { x: "1" } });
  const reviews = await world.remit.pulls.listReviews({ ...repo, pull_number: number });
  expect(reviews.data.map((review) => review.state)).toEqual(["DISMISSED"]);
});

test("a conflict with the base is dirty, and is not merged even by the administrator", async () => {
  const world = await startWorld();
  const { number } = await openPull(world);
  await world.github.commitAs("alice", {
    branch: "main",
    message: "Other",
    files: { "apps/checkout.yaml": "tag: v9\n" },
  });
  const { data } = await world.remit.pulls.get({ ...repo, pull_number: number });
  expect([data.mergeable, data.mergeable_state]).toEqual([false, "dirty"]);
  const refused = await refusal(world.as("alice").pulls.merge({ ...repo, pull_number: number }));
  expect([refused.status, Object(refused.body).message]).toEqual([405, "Pull Request is not mergeable"]);
});

test("a branch behind its base waits under strict rules, until it is updated", async () => {
  const world = await startWorld({ requiredChecks: ["ci/validate"], strictChecks: true });
  const { number, head } = await openPull(world);
  await world.github.commitAs("alice", { branch: "main", message: "Other", files: { y: "1" } });
  const state = async () => (await world.remit.pulls.get({ ...repo, pull_number: number })).data.mergeable_state;
  expect(await state()).toBe("behind");
  expect(
    (await refusal(world.remit.pulls.updateBranch({ ...repo, pull_number: number, expected_head_sha: "0".repeat(40) })))
      .status,
  ).toBe(422);
  await world.remit.pulls.updateBranch({ ...repo, pull_number: number, expected_head_sha: head });
  await world.github.settled();
  expect(await state()).toBe("clean");
});

test("whether it merges is unknown for as many reads as was asked for", async () => {
  const world = await startWorld({ unknownReads: 2 });
  const number = (await openPull(world)).number;
  const read = async () => (await world.remit.pulls.get({ ...repo, pull_number: number })).data;
  // Creating the pull request was the first read.
  expect([(await read()).mergeable_state, (await read()).mergeable_state]).toEqual(["unknown", "clean"]);
  await world.github.commitAs("alice", { branch: "main", message: "Other", files: { y: "1" } });
  expect((await read()).mergeable).toBe(null);
});

test("auto-merge is refused when nothing is missing, and merges once something missing arrives", async () => {
  const world = await startWorld({ requiredChecks: ["remit/gate"] });
  const { number, head } = await openPull(world);
  const { data } = await world.remit.pulls.get({ ...repo, pull_number: number });
  const arm = () =>
    world.remit.graphql(
      `mutation ($id: ID!) { enablePullRequestAutoMerge(input: { pullRequestId: $id, mergeMethod: SQUASH, commitHeadline: "Auto" }) {
        pullRequest { autoMergeRequest { mergeMethod enabledBy { login } } } } }`,
      { id: data.node_id },
    );
  expect(await arm()).toMatchObject({
    enablePullRequestAutoMerge: {
      pullRequest: { autoMergeRequest: { mergeMethod: "SQUASH", enabledBy: { login: "remit" } } },
    },
  });
  await green(world, head, "remit/gate");
  const after = await world.remit.pulls.get({ ...repo, pull_number: number });
  expect(after.data.merged).toBe(true);
  const second = await openPull(world, { branch: "second", files: { z: "1" } });
  await green(world, second.head, "remit/gate");
  const other = await world.remit.pulls.get({ ...repo, pull_number: second.number });
  await expect(
    world.remit.graphql(
      "mutation ($id: ID!) { enablePullRequestAutoMerge(input: { pullRequestId: $id }) { clientMutationId } }",
      {
        id: other.data.node_id,
      },
    ),
  ).rejects.toThrow("Pull request is in clean status");
});

test("a draft is not merged", async () => {
  const world = await startWorld();
  const { number } = await openPull(world, { draft: true });
  const refused = await refusal(world.remit.pulls.merge({ ...repo, pull_number: number }));
  expect([refused.status, Object(refused.body).message]).toEqual([405, "Pull Request is still a draft"]);
});

test("a protected branch takes no commit of the App but by pull request", async () => {
  const world = await startWorld({ requiredChecks: ["remit/gate"] });
  const put = { ...repo, path: "a.yaml", message: "m", content: "YQ==", branch: "main" };
  expect((await refusal(world.remit.repos.createOrUpdateFileContents(put))).status).toBe(409);
  const sha = await world.github.commitAs("bob", { branch: "x", message: "x", files: { x: "1" } });
  expect((await refusal(world.remit.git.updateRef({ ...repo, ref: "heads/main", sha }))).status).toBe(409);
});
