import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { renderMarker } from "../../src/remediation/marker.ts";
import { query, read } from "./read-view.ts";
import {
  answerGraphql,
  base,
  commit,
  commitFacts,
  createApp,
  createReadyForge,
  fault,
  incidentBody,
  incidentId,
  issueFacts,
  pullFacts,
  repository,
  repositoryFacts,
} from "./world.ts";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

const openIssues =
  (nodes: object[]) =>
  ({ labels }: { labels?: string[] }) => ({ nodes: labels === undefined ? nodes : [] });

describe("reading the state of things", () => {
  it("takes one request, and tells an empty repository apart from one with our work in it", async () => {
    expect(await read({})).toMatchObject({
      repositoryId: "R_1",
      defaultBranch: "main",
      head: base,
      archived: false,
      stopFile: false,
      stopIssue: undefined,
      branchHead: undefined,
      pull: undefined,
      issue: undefined,
      mergeMethods: ["squash", "merge"],
    });
  });

  it("sees the stop switches", async () => {
    const issues = ({ labels }: { labels?: string[] }) => ({
      nodes: labels?.[0] === "remit:stop" ? [{ number: 3 }] : [],
    });
    const object = ({ expression }: { expression: string }) =>
      expression === "HEAD:.github/remit/STOP" ? { __typename: "Blob" } : null;
    expect(await read({ issues, object })).toMatchObject({ stopFile: true, stopIssue: 3 });
  });

  it("leaves branch and pull request out where no branch is asked for", async () => {
    const view = await read(
      { pullRequests: { nodes: [] }, ref: fault("X", "must not be asked") },
      { ...query, branch: undefined },
    );
    expect(view.pull).toBeUndefined();
  });

  it("tells whose commit stands on the branch", async () => {
    const ref = { id: "REF_1", target: commitFacts() };
    const view = await read({ ref });
    expect(view).toMatchObject({
      branchHead: commit,
      branchId: "REF_1",
      branchCommit: { parents: [base], byUs: true },
    });
  });

  it.each([
    ["another author", { author: { name: "remit" } }],
    ["our name without a signature, where GitHub always signs", { signature: null }],
    [
      "our name under somebody else's signature",
      { signature: { __typename: "GpgSignature", isValid: true, wasSignedByGitHub: false } },
    ],
    [
      "our name under a broken signature",
      { signature: { __typename: "GpgSignature", isValid: false, wasSignedByGitHub: true } },
    ],
  ])("takes a commit with %s for foreign", async (_name, change) => {
    const view = await read({
      pullRequests: { nodes: [pullFacts({ commits: { nodes: [{ commit: commitFacts(change) }] } })] },
    });
    expect(view.pull?.commits).toEqual([{ id: commit, byUs: false }]);
  });

  it.each([
    [
      "by somebody else",
      { viewerDidAuthor: false, body: renderMarker({ kind: "pull", incident: incidentId, version: 1 }) },
    ],
    ["from a fork's branch of the same name", { isCrossRepository: true }],
    ["to another branch", { baseRefName: "release" }],
  ])("ignores a pull request %s", async (_name, change) => {
    expect((await read({ pullRequests: { nodes: [pullFacts(change)] } })).pull).toBeUndefined();
  });

  it("finds our newest pull request among strangers'", async () => {
    const nodes = [
      pullFacts({ number: 12, viewerDidAuthor: false }),
      pullFacts({ number: 9, state: "MERGED", mergedAt: "2026-11-20T11:00:00Z", mergeCommit: { oid: "d".repeat(40) } }),
      pullFacts({ number: 8, state: "CLOSED" }),
    ];
    const view = await read({ pullRequests: { nodes } });
    expect(view.pull).toMatchObject({
      number: 9,
      state: "merged",
      mergeCommit: "d".repeat(40),
      mergedAt: Date.parse("2026-11-20T11:00:00Z"),
    });
  });

  it.each([
    ["CLEAN", "clean"],
    ["HAS_HOOKS", "has-hooks"],
    ["UNSTABLE", "unstable"],
    ["BLOCKED", "blocked"],
    ["BEHIND", "behind"],
    ["DIRTY", "dirty"],
    ["UNKNOWN", "unknown"],
  ])("reads merge state %s as %s", async (mergeStateStatus, expected) => {
    const view = await read({ pullRequests: { nodes: [pullFacts({ mergeStateStatus })] } });
    expect(view.pull?.mergeState).toBe(expected);
  });

  it.each(["SOMETHING_NEW", "constructor", "__proto__"])("reads merge state %s as unknown", async (state) => {
    const app = createApp({
      fetch: async (input, init) => {
        const answer = await fetch(input, init);
        return new Response((await answer.text()).replace('"CLEAN"', JSON.stringify(state)), answer);
      },
    });
    const view = await read({ pullRequests: { nodes: [pullFacts()] } }, query, app);
    expect(view.pull?.mergeState).toBe("unknown");
  });

  it("reads reviews with the head that they were given for, and who is a person", async () => {
    const review = { state: "APPROVED", submittedAt: "2026-11-20T10:05:00Z", commit: { oid: commit } };
    const nodes = [
      { ...review, author: { __typename: "User", login: "bob" } },
      { ...review, author: { __typename: "Bot", login: "approver" } },
      { ...review, state: "CHANGES_REQUESTED", author: null, commit: null },
    ];
    const view = await read({ pullRequests: { nodes: [pullFacts({ reviews: { nodes } })] } });
    expect(view.pull?.reviews).toMatchObject([
      { state: "approved", author: "bob", isPerson: true, commit },
      { author: "approver", isPerson: false },
      { state: "changes-requested", author: undefined, isPerson: false, commit: undefined },
    ]);
  });
});

describe("the incident's issue", () => {
  it("is found by its number, open or closed", async () => {
    const issue = ({ number }: { number: number }) => (number === 6 ? issueFacts({ state: "CLOSED" }) : null);
    expect((await read({ issue }, { ...query, issueNumber: 6 })).issue).toMatchObject({ number: 6, open: false });
  });

  it("tells whom it is assigned to", async () => {
    const assignee = async (...logins: readonly string[]) => {
      const assignees = { nodes: logins.map((login) => ({ login })) };
      return (await read({ issue: () => issueFacts({ assignees }) }, { ...query, issueNumber: 6 })).issue?.assignee;
    };
    expect(await assignee("bob", "alice")).toBe("bob");
    expect(await assignee()).toBeUndefined();
  });

  it("is found by its marker where no number is known; the oldest counts", async () => {
    const issues = openIssues([issueFacts({ id: "I_9", number: 9 }), issueFacts()]);
    expect((await read({ issues })).issue).toMatchObject({ id: "I_6", number: 6 });
  });

  it.each([
    ["a stranger pasted its marker", { viewerDidAuthor: false }],
    ["it is about another incident", { body: renderMarker({ kind: "incident", incident: "other", version: 1 }) }],
    ["the marker is quoted further down", { body: `text\n${incidentBody}` }],
  ])("is not taken for ours when %s", async (_name, change) => {
    expect((await read({ issues: openIssues([issueFacts(change)]) })).issue).toBeUndefined();
  });

  it("that was deleted is no issue, and no failure", async () => {
    const issue = fault("NOT_FOUND", "Could not resolve to an Issue with the number of 6.");
    expect((await read({ issue }, { ...query, issueNumber: 6 })).issue).toBeUndefined();
  });
});

describe("what can't be read", () => {
  it("is never taken for absent: a fault in any other part fails the read", async () => {
    const { forge } = await createReadyForge();
    answerGraphql(repositoryFacts({ pullRequests: fault("FORBIDDEN", "Resource not accessible by integration") }));
    await expect(forge.read(query)).rejects.toMatchObject({ code: "github-forbidden" });
  });

  it("a repository that GitHub doesn't show is not found", async () => {
    const { forge } = await createReadyForge();
    const missing = fault("NOT_FOUND", `Could not resolve to a Repository with the name '${repository}'.`);
    answerGraphql({ viewer: { login: "remit[bot]" }, repository: missing });
    await expect(forge.read(query)).rejects.toMatchObject({ code: "github-not-found" });
  });
});
