import { expect, test } from "vitest";
import { openPull, repo, startWorld, type TestWorld } from "./world.ts";

interface Failure {
  readonly type?: string;
  readonly path?: readonly unknown[];
  readonly message: string;
}

/** Both halves of a GraphQL answer, which octokit keeps in its error. */
async function send(world: TestWorld, document: string, variables: Record<string, unknown> = {}) {
  const { token } = Object(await world.remit.auth({ type: "installation" }));
  const answer = await fetch(world.github.graphqlUrl, {
    method: "POST",
    headers: { authorization: `bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ query: document, variables }),
  });
  const body = Object(await answer.json());
  const errors: readonly Failure[] = body.errors ?? [];
  return { status: answer.status, data: Object(body.data ?? {}), errors };
}

const proposal = `mutation ($ref: CreateRefInput!, $commit: CreateCommitOnBranchInput!, $pull: CreatePullRequestInput!, $issue: CreateIssueInput!) {
  ref: createRef(input: $ref) { ref { id name } }
  commit: createCommitOnBranch(input: $commit) { commit { oid message signature { isValid wasSignedByGitHub } author { user { login } } committer { email } } }
  pull: createPullRequest(input: $pull) { pullRequest { id number url headRefOid author { login __typename } viewerDidAuthor } }
  issue: createIssue(input: $issue) { issue { id number } }
}`;

async function variables(world: TestWorld, branch = "remit/rollback/checkout", expectedHeadOid?: string) {
  const repositoryId = await world.repositoryId();
  const oid = await world.head();
  return {
    ref: { repositoryId, name: `refs/heads/${branch}`, oid },
    commit: {
      branch: { repositoryNameWithOwner: "acme/shop", branchName: branch },
      expectedHeadOid: expectedHeadOid ?? oid,
      message: { headline: "Roll back checkout", body: "Because.\n\nRemit-Action: rollback" },
      fileChanges: {
        additions: [{ path: "apps/checkout.yaml", contents: Buffer.from("tag: v1\n").toString("base64") }],
      },
    },
    pull: { repositoryId, baseRefName: "main", headRefName: branch, title: "Roll back checkout", body: "Because." },
    issue: { repositoryId, title: "Incident", body: "It burns." },
  };
}

test("one document makes branch, signed commit, pull request and issue", async () => {
  const world = await startWorld();
  const input = await variables(world);
  const { data, errors } = await send(world, proposal, input);
  expect(errors).toEqual([]);
  expect(data.commit.commit).toMatchObject({
    message: "Roll back checkout\n\nBecause.\n\nRemit-Action: rollback",
    signature: { isValid: true, wasSignedByGitHub: true },
    author: { user: { login: "remit[bot]" } },
    committer: { email: "noreply@github.com" },
  });
  expect(data.pull.pullRequest).toMatchObject({
    headRefOid: data.commit.commit.oid,
    author: { login: "remit", __typename: "Bot" },
    viewerDidAuthor: true,
  });
  const shown = await world.remit.repos.getCommit({ ...repo, ref: data.commit.commit.oid });
  expect(shown.data).toMatchObject({ parents: [{ sha: input.ref.oid }], commit: { verification: { verified: true } } });
  expect(shown.data.files?.map((file) => file.filename)).toEqual(["apps/checkout.yaml"]);
});

test("a field that fails in the middle is null, with its error, and the later ones still happen", async () => {
  const world = await startWorld();
  await world.github.commitAs("bob", { branch: "remit/rollback/checkout", message: "Mine", files: { x: "y" } });
  const { status, data, errors } = await send(world, proposal, await variables(world));
  expect(status).toBe(200);
  expect([data.ref, data.commit]).toEqual([null, null]);
  expect(data.pull.pullRequest.number).toBeGreaterThan(0);
  expect(data.issue.issue.number).toBeGreaterThan(0);
  expect(errors.map(({ type, path, message }) => ({ type, path, message }))).toEqual([
    {
      type: "UNPROCESSABLE",
      path: ["ref"],
      message: 'A ref named "refs/heads/remit/rollback/checkout" already exists in the repository.',
    },
    {
      type: "STALE_DATA",
      path: ["commit"],
      message: `Expected branch to point to "${await world.head()}" but it did not.  Pull and try again.`,
    },
  ]);
});

test("a second pull request for a branch, one without commits and one without a branch are refused in GitHub's words", async () => {
  const world = await startWorld();
  const { branch } = await openPull(world);
  await world.remit.git.createRef({ ...repo, ref: "refs/heads/same", sha: await world.head() });
  const document =
    "mutation ($input: CreatePullRequestInput!) { createPullRequest(input: $input) { pullRequest { id } } }";
  const create = async (headRefName: string) => {
    const repositoryId = await world.repositoryId();
    const input = { repositoryId, baseRefName: "main", headRefName, title: "Again" };
    return (await send(world, document, { input })).errors.map(({ type, message }) => [type, message]);
  };
  expect(await create(branch)).toEqual([["UNPROCESSABLE", "A pull request already exists for acme:topic."]]);
  expect(await create("same")).toEqual([["UNPROCESSABLE", "No commits between main and same"]]);
  expect(await create("gone")).toEqual([
    ["UNPROCESSABLE", "Head sha can't be blank, No commits between main and gone, Head ref must be a branch"],
  ]);
});

test("updateRefs moves all or nothing, each only from where it was said to be", async () => {
  const world = await startWorld();
  const repositoryId = await world.repositoryId();
  const main = await world.head();
  const tip = await world.github.commitAs("bob", { branch: "a", message: "A", files: { a: "1" } });
  const document = "mutation ($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }";
  const zero = "0".repeat(40);
  const refUpdates = [
    { name: "refs/heads/new", afterOid: main, beforeOid: zero },
    { name: "refs/heads/a", afterOid: main, beforeOid: main, force: true },
  ];
  const stale = await send(world, document, { input: { repositoryId, refUpdates } });
  expect(stale.errors).toHaveLength(1);
  expect((await world.remit.git.listMatchingRefs({ ...repo, ref: "heads/new" })).data).toEqual([]);
  refUpdates[1] = { name: "refs/heads/a", afterOid: main, beforeOid: tip, force: true };
  expect((await send(world, document, { input: { repositoryId, refUpdates } })).errors).toEqual([]);
  expect([await world.head("new"), await world.head("a")]).toEqual([main, main]);
});

test("a commit can't leave the repository's tree, remove what isn't there, or land on a missing branch", async () => {
  const world = await startWorld();
  const document =
    "mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }";
  const head = await world.head();
  const commit = async (fileChanges: object, branchName = "main") => {
    const branch = { repositoryNameWithOwner: "acme/shop", branchName };
    const input = { branch, expectedHeadOid: head, message: { headline: "x" }, fileChanges };
    return (await send(world, document, { input })).errors.map(({ message }) => message);
  };
  const add = (path: string) => ({ additions: [{ path, contents: "" }] });
  for (const path of ["../x", "a//b", ".git/config", "a/.GIT/hooks", ""]) {
    expect(await commit(add(path))).toEqual([`A path was requested that is not allowed: ${path}`]);
  }
  expect(await commit({ deletions: [{ path: "nope" }] })).toEqual([
    expect.stringContaining("A path was requested for deletion which does not exist"),
  ]);
  expect(await commit(add("x"), "gone")).toEqual(['Branch "gone" not found.']);
  expect(await world.head()).toBe(head);
});

test("the App may do nothing that it was not granted", async () => {
  const world = await startWorld({ permissions: { contents: "read", metadata: "read", pull_requests: "read" } });
  const { data, errors } = await send(world, proposal, await variables(world));
  expect(data).toEqual({ ref: null, commit: null, pull: null, issue: null });
  expect(errors.map(({ type, message }) => [type, message])).toEqual(
    Array.from({ length: 4 }, () => ["FORBIDDEN", "Resource not accessible by integration"]),
  );
});

test("issues and pull requests are commented, edited, labelled, reacted to, closed and reopened", async () => {
  const world = await startWorld();
  const { number } = await openPull(world);
  const { data: pull } = await world.remit.pulls.get({ ...repo, pull_number: number });
  const { data: issue } = await world.remit.issues.create({ ...repo, title: "Incident" });
  const { data: label } = await world.remit.issues.createLabel({ ...repo, name: "incident", color: "ff0000" });
  const document = `mutation ($issue: ID!, $pull: ID!, $labels: [ID!]!) {
    update: updateIssue(input: { id: $issue, title: "Incident 7", body: "new" }) { issue { title body } }
    comment: addComment(input: { subjectId: $pull, body: "See the issue." }) { commentEdge { node { id body } } subject { id } }
    label: addLabelsToLabelable(input: { labelableId: $issue, labelIds: $labels }) { labelable { labels(first: 9) { nodes { name } } } }
    react: addReaction(input: { subjectId: $issue, content: EYES }) { reaction { content user { login } } }
    close: closeIssue(input: { issueId: $issue, stateReason: NOT_PLANNED }) { issue { state stateReason } }
    reopen: reopenIssue(input: { issueId: $issue }) { issue { state } }
    draft: convertPullRequestToDraft(input: { pullRequestId: $pull }) { pullRequest { isDraft mergeStateStatus } }
    ready: markPullRequestReadyForReview(input: { pullRequestId: $pull }) { pullRequest { isDraft } }
    edit: updatePullRequest(input: { pullRequestId: $pull, body: "edited" }) { pullRequest { body } }
    shut: closePullRequest(input: { pullRequestId: $pull }) { pullRequest { state } }
  }`;
  const { data, errors } = await send(world, document, {
    issue: issue.node_id,
    pull: pull.node_id,
    labels: [label.node_id],
  });
  expect(errors).toEqual([]);
  expect(data).toMatchObject({
    update: { issue: { title: "Incident 7", body: "new" } },
    comment: { commentEdge: { node: { body: "See the issue." } }, subject: { id: pull.node_id } },
    label: { labelable: { labels: { nodes: [{ name: "incident" }] } } },
    react: { reaction: { content: "EYES", user: { login: "remit[bot]" } } },
    close: { issue: { state: "CLOSED", stateReason: "NOT_PLANNED" } },
    reopen: { issue: { state: "OPEN" } },
    draft: { pullRequest: { isDraft: true, mergeStateStatus: "DRAFT" } },
    ready: { pullRequest: { isDraft: false } },
    edit: { pullRequest: { body: "edited" } },
    shut: { pullRequest: { state: "CLOSED" } },
  });
});

test("deleting a branch closes its pull request, which then can't be reopened", async () => {
  const world = await startWorld();
  const { number, branch } = await openPull(world);
  await world.remit.git.deleteRef({ ...repo, ref: `heads/${branch}` });
  expect((await world.remit.pulls.get({ ...repo, pull_number: number })).data.state).toBe("closed");
  const reopen = world.as("bob").pulls.update({ ...repo, pull_number: number, state: "open" });
  await expect(reopen).rejects.toThrow("state cannot be changed. The topic branch has been deleted.");
});
