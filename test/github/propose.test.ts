import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RepositoryView } from "../../src/remediation/forge.ts";
import {
  answerGraphql,
  base,
  branch,
  commit,
  createReadyForge,
  emptyView,
  fault,
  fields,
  issueView,
  proposal,
  pullView,
  repository,
  successes,
} from "./world.ts";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  nock.enableNetConnect();
});

const ours = {
  parents: [base],
  byUs: true,
  message: `${proposal.headline}\r\n\r\n${proposal.message.replaceAll("\n", "\r\n")}`,
};
const whole = ["createIssue", "createRef", "createCommitOnBranch", "createPullRequest"];

async function propose(view: Partial<RepositoryView>, root: object = successes, change: Partial<typeof proposal> = {}) {
  const { forge, spent } = await createReadyForge();
  const asked = answerGraphql(root);
  const result = forge.propose({ ...emptyView, ...view }, { ...proposal, ...change });
  return { result, asked, spent };
}

describe("proposing a change", () => {
  it("creates issue, branch, commit and pull request in one request, in this order", async () => {
    const { result, asked, spent } = await propose({});
    expect(await result).toEqual({
      commit,
      pullId: "PR_7",
      pullNumber: 7,
      pullUrl: pullView.url,
      issueId: "I_6",
      issueNumber: 6,
      issueUrl: issueView.url,
    });
    expect(spent()).toBe(1);
    expect(fields(asked[0]?.query)).toEqual(whole);
    expect(asked[0]?.variables).toEqual({
      issue: { repositoryId: "R_1", title: proposal.issueTitle, body: proposal.issueBody },
      ref: { repositoryId: "R_1", name: `refs/heads/${branch}`, oid: base },
      commit: {
        branch: { repositoryNameWithOwner: repository, branchName: branch },
        expectedHeadOid: base,
        message: { headline: proposal.headline, body: proposal.message },
        fileChanges: { additions: [{ path: "apps/ø.yaml", contents: Buffer.from('tag: "é"\n').toString("base64") }] },
      },
      pull: {
        repositoryId: "R_1",
        baseRefName: "main",
        headRefName: branch,
        title: proposal.pullTitle,
        body: "pull body",
      },
    });
  });

  it.each<[string, Partial<RepositoryView>, string[]]>([
    ["the issue is there", { issue: issueView }, whole.slice(1)],
    ["the branch is there, at its base", { branchHead: base }, [whole[0] ?? "", ...whole.slice(2)]],
    ["our commit is there", { branchHead: commit, branchCommit: ours, issue: issueView }, ["createPullRequest"]],
    ["all but the issue is there", { branchHead: commit, branchCommit: ours, pull: pullView }, ["createIssue"]],
  ])("creates only what is missing when %s", async (_name, view, expected) => {
    const { result, asked } = await propose(view);
    expect(await result).toMatchObject({ commit, pullNumber: 7, issueNumber: 6 });
    expect(fields(asked[0]?.query)).toEqual(expected);
  });

  it("asks nothing when nothing is missing", async () => {
    const { forge, spent } = await createReadyForge();
    const view = { ...emptyView, branchHead: commit, branchCommit: ours, pull: pullView, issue: issueView };
    expect(await forge.propose(view, proposal)).toMatchObject({ commit, pullNumber: 7, issueNumber: 6 });
    expect(spent()).toBe(0);
  });

  it.each([
    ["somebody else's commit", { ...ours, byUs: false }],
    ["a commit of ours for another candidate", { ...ours, message: `x\n\nRemit-Candidate: ${"0".repeat(12)}` }],
    ["a commit on another base", { ...ours, parents: [commit] }],
    ["a merge", { ...ours, parents: [base, commit] }],
    ["a commit that it knows nothing of", undefined],
  ])("is a conflict, and writes nothing, when the branch holds %s", async (_name, branchCommit) => {
    const { forge, spent } = await createReadyForge();
    const view = { ...emptyView, branchHead: commit, branchCommit };
    await expect(forge.propose(view, proposal)).rejects.toMatchObject({ code: "github-conflict" });
    expect(spent()).toBe(0);
  });
});

describe("a proposal that fails in part", () => {
  it("field note 35: is a conflict when the branch moved under the commit", async () => {
    const createCommitOnBranch = fault(
      "STALE_DATA",
      `Expected branch to point to "${base}" but it did not. Pull and try again.`,
    );
    const { result } = await propose({}, { ...successes, createCommitOnBranch });
    await expect(result).rejects.toMatchObject({ code: "github-conflict" });
  });

  it("goes on when another replica created the same branch a moment before", async () => {
    const createRef = fault("UNPROCESSABLE", 'A ref named "refs/heads/x" already exists in the repository.');
    const { result } = await propose({}, { ...successes, createRef });
    expect(await result).toMatchObject({ commit, pullNumber: 7 });
  });

  it("is a conflict when the pull request is there already", async () => {
    const createPullRequest = fault("UNPROCESSABLE", `A pull request already exists for acme:${branch}.`);
    const { result } = await propose({}, { ...successes, createPullRequest });
    await expect(result).rejects.toMatchObject({ code: "github-conflict" });
  });

  it("tells why the branch couldn't be created, rather than what followed from it", async () => {
    const root = {
      ...successes,
      createRef: fault("FORBIDDEN", "Resource not accessible by integration"),
      createCommitOnBranch: fault("NOT_FOUND", "Branch not found"),
      createPullRequest: fault("UNPROCESSABLE", "Head sha can't be blank"),
    };
    const { result } = await propose({}, root);
    await expect(result).rejects.toMatchObject({ code: "github-forbidden" });
  });

  it("tells that issues are disabled", async () => {
    const createIssue = fault("UNPROCESSABLE", "Repository has issues disabled.");
    const { result } = await propose({}, { ...successes, createIssue });
    await expect(result).rejects.toMatchObject({ code: "github-rejected" });
  });
});

it("secrets never reach a proposal's texts, but files are written byte for byte", async () => {
  const secret = `ghp_${"a".repeat(36)}`;
  const text = `token: ${secret}\n`;
  const texts = {
    pullBody: text,
    issueBody: `${proposal.issueBody}${text}`,
    message: `${text}\n${proposal.message}`,
    pullTitle: secret,
    headline: secret,
  };
  const { result, asked } = await propose({}, successes, { ...texts, files: [{ path: "a.yaml", text }] });
  await result;
  expect(JSON.stringify(asked)).not.toContain(secret);
  expect(JSON.stringify(asked)).toContain(Buffer.from(text).toString("base64"));
});
