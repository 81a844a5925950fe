import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { IssueUpdate } from "../../src/remediation/forge.ts";
import { renderMarker } from "../../src/remediation/marker.ts";
import {
  answerGraphql,
  commentFacts,
  commit,
  createApp,
  createReadyForge,
  emptyView,
  fault,
  fields,
  incidentBody,
  incidentId,
  issueFacts,
  issueView,
  origin,
  pullView,
  repositoryFacts,
  successes,
} from "./world.ts";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  nock.enableNetConnect();
});

const closing = renderMarker({ kind: "closing", incident: incidentId, version: 1 });
const update: IssueUpdate = {
  title: "Incident",
  body: incidentBody,
  comment: undefined,
  close: undefined,
  pullComment: undefined,
};
const lastWord: IssueUpdate = { ...update, comment: `${closing}\n\nOver.`, close: "completed" };
const withIssue = { ...emptyView, issue: issueView };
const query = { branch: undefined, incidentId, issueNumber: 6 };
const found = (comments: object[] = []) => repositoryFacts({ issue: issueFacts({ comments: { nodes: comments } }) });
const openIssues = (nodes: object[]) =>
  repositoryFacts({ issues: ({ labels }: { labels?: string[] }) => ({ nodes: labels === undefined ? nodes : [] }) });

describe("the gate", () => {
  const report = {
    pullId: "PR_7",
    head: commit,
    conclusion: "action_required" as const,
    title: "needs a review",
    summary: "why",
    pullBody: "pull",
    issue: { id: "I_6", body: "issue" },
  };

  it("is reported, and both texts are linked, in one request", async () => {
    const { forge, spent } = await createReadyForge();
    const asked = answerGraphql(successes);
    await forge.reportGate(emptyView, report);
    expect(spent()).toBe(1);
    expect(fields(asked[0]?.query)).toEqual(["createCheckRun", "updatePullRequest", "updateIssue"]);
    expect(asked[0]?.variables).toMatchObject({
      check: {
        name: "remit/gate",
        headSha: commit,
        status: "COMPLETED",
        conclusion: "ACTION_REQUIRED",
        output: { title: "needs a review", summary: "why" },
      },
      pull: { pullRequestId: "PR_7", body: "pull" },
      update: { id: "I_6", body: "issue" },
    });
  });

  it("fails when the check wasn't reported", async () => {
    const { forge } = await createReadyForge();
    answerGraphql({ ...successes, createCheckRun: fault("FORBIDDEN", "Resource not accessible by integration") });
    await expect(forge.reportGate(emptyView, report)).rejects.toMatchObject({ code: "github-forbidden" });
  });

  it("stands when only a link couldn't be written", async () => {
    const warnings: string[] = [];
    const app = createApp({ log: { warn: (_fields, message) => warnings.push(message) } });
    const { forge } = await createReadyForge({}, app);
    answerGraphql({ ...successes, updateIssue: fault("NOT_FOUND", "Could not resolve to a node") });
    await forge.reportGate(emptyView, report);
    expect(warnings).toHaveLength(1);
  });
});

describe("the incident's issue", () => {
  it("is opened in one request where a read found none", async () => {
    const { forge, spent } = await createReadyForge();
    answerGraphql(repositoryFacts());
    const view = await forge.read({ ...query, issueNumber: undefined });
    const asked = answerGraphql(successes);
    expect(await forge.writeIssue(view, update)).toEqual({ issueNumber: 6 });
    expect(fields(asked[0]?.query)).toEqual(["createIssue"]);
    expect(spent()).toBe(2);
  });

  it("isn't opened twice after a crash: a new process looks first", async () => {
    const { forge } = await createReadyForge();
    answerGraphql(openIssues([issueFacts()]));
    const asked = answerGraphql(successes);
    expect(await forge.writeIssue(emptyView, update)).toEqual({ issueNumber: 6 });
    expect(fields(asked[0]?.query)).toEqual(["updateIssue"]);
  });

  it("isn't opened twice after an answer got lost: the next try looks first", async () => {
    const { forge } = await createReadyForge();
    answerGraphql(repositoryFacts());
    const view = await forge.read({ ...query, issueNumber: undefined });
    nock(origin).post("/graphql").reply(502, "");
    await expect(forge.writeIssue(view, update)).rejects.toMatchObject({ code: "github-unavailable" });
    answerGraphql(openIssues([issueFacts()]));
    const asked = answerGraphql(successes);
    await forge.writeIssue(view, update);
    expect(fields(asked[0]?.query)).toEqual(["updateIssue"]);
  });

  it("isn't opened twice after another process broke off: that there was none is forgotten", async () => {
    const { forge } = await createReadyForge();
    answerGraphql(repositoryFacts());
    const view = await forge.read({ ...query, issueNumber: undefined });
    forge.forgetIssue(query.incidentId);
    answerGraphql(openIssues([issueFacts()]));
    const asked = answerGraphql(successes);
    await forge.writeIssue(view, update);
    expect(fields(asked[0]?.query)).toEqual(["updateIssue"]);
  });

  it("that was closed, or whose text a person changed, is found by its number and no other is opened", async () => {
    const { forge } = await createReadyForge();
    const looked = answerGraphql({
      ...repositoryFacts({ issue: { ...issueFacts({ state: "CLOSED", body: "mine" }), comments: { nodes: [] } } }),
    });
    const asked = answerGraphql(successes);
    expect(await forge.writeIssue(emptyView, { ...lastWord, issueNumber: 6 })).toEqual({ issueNumber: 6 });
    expect(looked[0]?.variables).toMatchObject({ issueNumber: 6, withIssue: true });
    expect(fields(asked[0]?.query)).toEqual(["updateIssue", "addComment", "closeIssue"]);
  });

  it("is updated, commented on and closed in one request", async () => {
    const { forge, spent } = await createReadyForge();
    answerGraphql(found());
    await forge.read(query);
    const asked = answerGraphql(successes);
    const pullComment = { pullId: "PR_7", body: "done" };
    await forge.writeIssue(withIssue, { ...lastWord, pullComment });
    expect(spent()).toBe(2);
    expect(fields(asked[0]?.query)).toEqual(["updateIssue", "addComment", "addComment", "closeIssue"]);
    expect(asked[0]?.variables).toMatchObject({
      comment: { subjectId: "I_6", body: lastWord.comment },
      pullComment: { subjectId: "PR_7", body: "done" },
      close: { issueId: "I_6", stateReason: "COMPLETED" },
    });
  });

  it("isn't told the same twice after a crash: a new process reads what it said", async () => {
    const { forge } = await createReadyForge();
    answerGraphql(found([commentFacts({ viewerDidAuthor: true, body: `${closing}\n\nOver, a second before.` })]));
    const asked = answerGraphql(successes);
    await forge.writeIssue(withIssue, lastWord);
    expect(fields(asked[0]?.query)).toEqual(["updateIssue", "closeIssue"]);
  });

  it("isn't told the same twice after another process broke off: what this one knew is forgotten, and it looks first", async () => {
    const { forge } = await createReadyForge();
    answerGraphql(found());
    await forge.read(query);
    forge.forgetIssue(query.incidentId);
    answerGraphql(found([commentFacts({ viewerDidAuthor: true, body: `${closing}\n\nOver, a second before.` })]));
    const asked = answerGraphql(successes);
    await forge.writeIssue(withIssue, lastWord);
    expect(fields(asked[0]?.query)).toEqual(["updateIssue", "closeIssue"]);
  });

  it("is told even if a stranger pasted our marker into a comment", async () => {
    const { forge } = await createReadyForge();
    answerGraphql(found([commentFacts({ body: `${closing}\n\nHa.` })]));
    const asked = answerGraphql(successes);
    await forge.writeIssue(withIssue, lastWord);
    expect(fields(asked[0]?.query)).toContain("addComment");
  });

  it("that had to be opened is commented on by a second request", async () => {
    const { forge } = await createReadyForge();
    answerGraphql(openIssues([]));
    const opened = answerGraphql(successes);
    const commented = answerGraphql(successes);
    await forge.writeIssue(emptyView, lastWord);
    expect(fields(opened[0]?.query)).toEqual(["createIssue"]);
    expect(fields(commented[0]?.query)).toEqual(["addComment", "closeIssue"]);
  });

  it("fails when a part of the update failed", async () => {
    const { forge } = await createReadyForge();
    answerGraphql({ ...successes, updateIssue: fault("FORBIDDEN", "Resource not accessible by integration") });
    await expect(forge.writeIssue(withIssue, update)).rejects.toMatchObject({ code: "github-forbidden" });
  });
});

describe("closing a pull request", () => {
  const request = { pullId: "PR_7", comment: "why", deleteBranch: true };
  const view = { ...emptyView, branchId: "REF_1", branchHead: commit, pull: pullView };

  it("closes, comments and deletes the branch in one request", async () => {
    const { forge, spent } = await createReadyForge();
    const asked = answerGraphql(successes);
    await forge.closePull(view, request);
    expect(spent()).toBe(1);
    expect(fields(asked[0]?.query)).toEqual(["closePullRequest", "addComment", "deleteRef"]);
  });

  it("leaves a branch alone that isn't only ours any more", async () => {
    const { forge } = await createReadyForge();
    const asked = answerGraphql(successes);
    await forge.closePull(view, { ...request, deleteBranch: false });
    expect(fields(asked[0]?.query)).toEqual(["closePullRequest", "addComment"]);
  });

  it("succeeds when only the branch stays behind", async () => {
    const { forge } = await createReadyForge();
    answerGraphql({ ...successes, deleteRef: fault("UNPROCESSABLE", "Reference does not exist") });
    await forge.closePull(view, request);
  });
});

describe("a person's permission", () => {
  const path = "/repos/acme/shop/collaborators/bob/permission";

  it.each([
    [{ permission: "write", role_name: "maintain" }, "maintain"],
    [{ permission: "read", role_name: "triage" }, "triage"],
    [{ permission: "write", role_name: "release-captain" }, "write"],
    [{ permission: "admin" }, "admin"],
    [{ permission: "none", role_name: "none" }, "none"],
  ])("of %j is %s", async (body, expected) => {
    const { forge, spent } = await createReadyForge();
    nock(origin).get(path).reply(200, body);
    expect(await forge.permission("bob")).toBe(expected);
    expect(spent()).toBe(1);
  });

  it("is none for somebody who is no user", async () => {
    const { forge } = await createReadyForge();
    nock(origin).get(path).reply(404, { message: "bob is not a user" });
    expect(await forge.permission("bob")).toBe("none");
  });

  it("is none for a name that no account can have, without asking", async () => {
    const { forge, spent } = await createReadyForge();
    expect(await forge.permission("../../acme")).toBe("none");
    expect(spent()).toBe(0);
  });

  it.each([403, 404, 500])("isn't guessed when GitHub answers %d", async (status) => {
    const { forge } = await createReadyForge();
    nock(origin).get(path).reply(status, { message: "Not Found" });
    await expect(forge.permission("bob")).rejects.toMatchObject({ name: "RemitError" });
  });
});
