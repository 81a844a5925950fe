/** The forge against the GitHub stand-in over HTTP: every request and answer is held to GitHub's published descriptions. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createForge } from "../../src/github/create-forge.ts";
import { createGitHubApp } from "../../src/github/github-app.ts";
import type { RepositoryView } from "../../src/remediation/forge.ts";
import { renderMarker } from "../../src/remediation/marker.ts";
import { type GitHubOptions, startGitHub } from "../../src/sandbox/github/start-github.ts";
import { branch, incidentBody, incidentId, proposal } from "./world.ts";

const query = { branch, incidentId, issueNumber: undefined };

async function startWorld(options: Partial<GitHubOptions> = {}) {
  const directory = await mkdtemp(join(tmpdir(), "remit-forge-"));
  const github = await startGitHub({ directory, ...options });
  onTestFinished(async () => {
    await github.settled();
    await github.close();
    await rm(directory, { recursive: true, force: true });
    github.assertNoViolations();
  });
  const newForge = () => {
    const app = createGitHubApp({
      appId: github.appId,
      privateKey: github.privateKey,
      apiUrl: github.apiUrl,
      throttle: false,
    });
    return createForge({ app, repository: github.repository });
  };
  return { github, newForge, forge: newForge() };
}

type Forge = Awaited<ReturnType<typeof startWorld>>["forge"];

async function propose(forge: Forge, view: RepositoryView) {
  return forge.propose(view, { ...proposal, base: view.head });
}

const gate = (pullId: string, head: string) => ({
  pullId,
  head,
  conclusion: "success" as const,
  title: "within authority",
  summary: "fine",
  pullBody: undefined,
  issue: undefined,
});

async function openedPull(forge: Forge) {
  await propose(forge, await forge.read(query));
  const view = await forge.read(query);
  if (view.pull === undefined) throw new Error("there is no pull request");
  return { view, pull: view.pull };
}

it("co-authors of the suspected change are known by the trailers of its commit", async () => {
  const { github, forge } = await startWorld();
  const bob = "1002+bob@users.noreply.github.com";
  const commit = (coAuthor: string) =>
    github.commitAs("alice", {
      branch: "main",
      message: `Release\n\nCo-authored-by: Somebody <${coAuthor}>`,
      files: { "a.yaml": `by: ${coAuthor}\n` },
    });
  const authorsOf = async (suspect: string) => (await forge.read({ ...query, suspect })).suspectAuthors;
  expect(await authorsOf(await commit(bob))).toMatchObject({ logins: ["alice", "bob"], known: true });
  expect(await authorsOf(await commit("bob@example.net"))).toMatchObject({ logins: ["alice"], known: false });
});

describe("a whole remediation", () => {
  it("is signed, ours, gated, merged at its head and closed, in eight requests", async () => {
    const { github, forge } = await startWorld({ requiredChecks: ["remit/gate"], ci: false });
    const empty = await forge.read(query);
    const proposed = await propose(forge, empty);
    await forge.reportGate({ ...empty }, gate(proposed.pullId, proposed.commit));
    const view = await forge.read({ ...query, issueNumber: proposed.issueNumber });
    expect(view).toMatchObject({
      branchHead: proposed.commit,
      branchCommit: { byUs: true, parents: [empty.head] },
      issue: { number: proposed.issueNumber, open: true },
      pull: {
        number: proposed.pullNumber,
        state: "open",
        head: proposed.commit,
        commits: [{ id: proposed.commit, byUs: true }],
        checks: [{ name: "remit/gate", state: "success", required: true, ours: true }],
      },
    });
    const result = await forge.merge(view, {
      pullNumber: proposed.pullNumber,
      pullId: proposed.pullId,
      head: proposed.commit,
      headline: "roll back",
      message: proposal.message,
    });
    expect(result.outcome).toBe("merged");
    const comment = `${renderMarker({ kind: "closing", incident: incidentId, version: 1 })}\n\nOver.`;
    await forge.writeIssue(view, {
      title: "Incident",
      body: incidentBody,
      comment,
      close: "completed",
      pullComment: undefined,
    });
    expect(forge.requests).toBe(8);
    const end = await forge.read({ ...query, issueNumber: proposed.issueNumber });
    expect(end).toMatchObject({ pull: { state: "merged" }, issue: { open: false } });
    expect(end.pull?.mergeCommit).toBe(end.head);
    expect(github.requests.filter((request) => request.method === "PUT")).toHaveLength(1);
  });

  it("waits for a required check that isn't reported yet", async () => {
    const { forge } = await startWorld({ requiredChecks: ["remit/gate", "build"], ci: false });
    const { view, pull } = await openedPull(forge);
    expect(pull.mergeState).toBe("blocked");
    expect(pull.checks).toContainEqual({ name: "build", state: "pending", required: true, ours: false });
    const request = { pullNumber: pull.number, pullId: pull.id, head: pull.head, headline: "h", message: "m" };
    expect(await forge.merge(view, request)).toMatchObject({ outcome: "not-ready" });
  });

  it("notices a person's commit on its branch, and doesn't merge it", async () => {
    const { github, forge } = await startWorld();
    const { view, pull } = await openedPull(forge);
    await github.commitAs("bob", { branch, message: "Mine now", files: { "b.yaml": "b: 1\n" } });
    const request = { pullNumber: pull.number, pullId: pull.id, head: pull.head, headline: "h", message: "m" };
    expect(await forge.merge(view, request)).toEqual({ outcome: "head-moved" });
    const after = await forge.read(query);
    expect(after.pull?.commits.map((commit) => commit.byUs)).toEqual([true, false]);
  });

  it("that is withdrawn leaves a closed pull request and no branch", async () => {
    const { forge } = await startWorld();
    const { view, pull } = await openedPull(forge);
    await forge.closePull(view, { pullId: pull.id, comment: "withdrawn", deleteBranch: true });
    expect(await forge.read(query)).toMatchObject({ branchHead: undefined, pull: { state: "closed" } });
  });
});

describe("an answer that gets lost", () => {
  it.each(["createIssue", "createRef", "createCommitOnBranch", "createPullRequest"])(
    "after %s doubles nothing",
    async (operation) => {
      const { github, forge, newForge } = await startWorld();
      const view = await forge.read(query);
      github.faults.fail({ operation }, { kind: "drop", when: "after" });
      await expect(propose(forge, view)).rejects.toMatchObject({ code: "github-unavailable" });
      const restarted = newForge();
      const found = await restarted.read(query);
      const proposed = await restarted.propose(found, { ...proposal, base: view.head });
      expect(proposed).toMatchObject({ issueNumber: found.issue?.number, pullNumber: found.pull?.number });
    },
  );

  it.each(["createIssue", "createRef", "createCommitOnBranch", "createPullRequest"])(
    "a field that fails, %s, is made up for",
    async (operation) => {
      const { github, forge } = await startWorld();
      const view = await forge.read(query);
      github.faults.fail({ operation }, { kind: "field", type: "UNPROCESSABLE", message: "not today" });
      await expect(propose(forge, view)).rejects.toMatchObject({ name: "RemitError" });
      const proposed = await forge.propose(await forge.read(query), { ...proposal, base: view.head });
      const end = await forge.read(query);
      expect(end.pull?.commits).toEqual([{ id: proposed.commit, byUs: true }]);
      expect(end.issue?.number).toBe(proposed.issueNumber);
    },
  );

  it("after the merge is found out by one look", async () => {
    const { github, forge } = await startWorld();
    const { view, pull } = await openedPull(forge);
    github.faults.fail({ operation: "pulls/merge" }, { kind: "status", status: 502, when: "after" });
    const request = { pullNumber: pull.number, pullId: pull.id, head: pull.head, headline: "h", message: "m" };
    const result = await forge.merge(view, request);
    expect(result).toEqual({ outcome: "merged", commit: (await forge.read(query)).head });
    expect(github.requests.filter((request) => request.method === "PUT")).toHaveLength(1);
  });

  it("after a comment doesn't say it twice", async () => {
    const { github, forge, newForge } = await startWorld();
    await propose(forge, await forge.read(query));
    const view = await forge.read(query);
    const comment = `${renderMarker({ kind: "handoff", incident: incidentId, version: 1 })}\n\nYours.`;
    const update = { title: "Incident", body: incidentBody, comment, close: undefined, pullComment: undefined };
    github.faults.fail({ operation: "addComment" }, { kind: "drop", when: "after" });
    await expect(forge.writeIssue(view, update)).rejects.toMatchObject({ code: "github-unavailable" });
    await forge.writeIssue(view, update);
    await newForge().writeIssue({ ...view, issue: undefined }, update);
    const documents = github.requests.map((request) => JSON.stringify(request));
    expect(documents.filter((text) => text.includes("addComment"))).toHaveLength(1);
  });
});

describe("people's permissions", () => {
  it.each([
    ["alice", "admin"],
    ["bob", "write"],
    ["carol", "read"],
    ["mallory", "none"],
  ])("%s has %s", async (login, expected) => {
    const { forge } = await startWorld();
    expect(await forge.permission(login)).toBe(expected);
  });
});

it("a secondary limit is told with its time, and nothing is tried again", async () => {
  const { github, forge } = await startWorld();
  const view = await forge.read(query);
  const before = github.requests.length;
  github.faults.fail({ operation: "createRef" }, { kind: "secondary-limit", status: 403 });
  await expect(propose(forge, view)).rejects.toMatchObject({ code: "github-rate-limited", retryAfterMs: 60_000 });
  expect(github.requests.length).toBe(before + 1);
});
