import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commit, createReadyForge, emptyView, origin, pullView, token } from "./world.ts";

const path = "/repos/acme/shop/pulls/7";
const view = { ...emptyView, pull: pullView };
const request = { pullNumber: 7, pullId: "PR_7", head: commit, headline: "roll back (#7)", message: "because" };
const merged = "d".repeat(40);

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  nock.enableNetConnect();
});

const put = () => nock(origin).put(`${path}/merge`);
const body = (message: string) => ({ message, documentation_url: "https://docs.github.com/rest" });

describe("merging", () => {
  it("guards the head that was judged, squashes, and takes one request", async () => {
    const { forge, spent } = await createReadyForge();
    nock(origin, { reqheaders: { authorization: `token ${token}` } })
      .put(`${path}/merge`, {
        sha: commit,
        merge_method: "squash",
        commit_title: "roll back (#7)",
        commit_message: "because",
      })
      .reply(200, { sha: merged, merged: true, message: "Pull Request successfully merged" });
    expect(await forge.merge(view, request)).toEqual({ outcome: "merged", commit: merged });
    expect(spent()).toBe(1);
  });

  it("uses another method only where the repository doesn't allow the preferred one", async () => {
    const { forge } = await createReadyForge({ mergeMethod: "rebase" });
    nock(origin)
      .put(`${path}/merge`, (sent) => sent.merge_method === "merge")
      .reply(200, { sha: merged, merged: true });
    expect(await forge.merge({ ...view, mergeMethods: ["merge"] }, request)).toMatchObject({ outcome: "merged" });
  });

  const { mergeMethods: _, ...unread } = view;
  it.each([{ ...view, mergeMethods: [] }, unread])("uses the preferred method where none is known", async (seen) => {
    const { forge } = await createReadyForge({ mergeMethod: "rebase" });
    nock(origin)
      .put(`${path}/merge`, (sent) => sent.merge_method === "rebase")
      .reply(200, { sha: merged, merged: true });
    expect(await forge.merge(seen, request)).toMatchObject({ outcome: "merged" });
  });

  it("uses the preferred method where it is allowed beside another one", async () => {
    const { forge } = await createReadyForge({ mergeMethod: "merge" });
    nock(origin)
      .put(`${path}/merge`, (sent) => sent.merge_method === "merge")
      .reply(200, { sha: merged, merged: true });
    expect(await forge.merge({ ...view, mergeMethods: ["squash", "merge"] }, request)).toMatchObject({
      outcome: "merged",
    });
  });

  it("tells that the head moved", async () => {
    const { forge } = await createReadyForge();
    put().reply(409, body("Head branch was modified. Review and try the merge again."));
    expect(await forge.merge(view, request)).toEqual({ outcome: "head-moved" });
  });

  it.each([
    "Base branch was modified. Review and try the merge again.",
    "Pull Request is not mergeable",
    'Required status check "build" is expected.',
    "At least 1 approving review is required by reviewers with write access.",
    "Squash merges are not allowed on this repository.",
  ])("tells that it isn't ready, with GitHub's words: %s", async (message) => {
    const { forge, spent } = await createReadyForge();
    put().reply(405, body(message));
    const result = await forge.merge(view, request);
    expect(result).toMatchObject({ outcome: "not-ready", why: expect.stringContaining(message) });
    expect(spent()).toBe(1);
  });

  it.each([403, 404, 422])("throws on %d and doesn't look", async (status) => {
    const { forge, spent } = await createReadyForge();
    put().reply(status, body("no"));
    await expect(forge.merge(view, request)).rejects.toMatchObject({ name: "RemitError" });
    expect(spent()).toBe(1);
  });
});

describe("an answer that says nothing about the merge", () => {
  const look = () => nock(origin).get(path);

  it.each([500, 502, 503, 504])("is followed by one look after %d: it had happened", async (status) => {
    const { forge, spent } = await createReadyForge();
    put().reply(status, "<html>Unicorn!</html>", { "content-type": "text/html" });
    look().reply(200, { merged: true, merge_commit_sha: merged });
    expect(await forge.merge(view, request)).toEqual({ outcome: "merged", commit: merged });
    expect(spent()).toBe(2);
  });

  it("is followed by one look after a broken connection", async () => {
    const { forge } = await createReadyForge();
    put().replyWithError("socket hang up");
    look().reply(200, { merged: true, merge_commit_sha: merged });
    expect(await forge.merge(view, request)).toEqual({ outcome: "merged", commit: merged });
  });

  it("stays unknown, with no second PUT, when the pull request is still open", async () => {
    const { forge, spent } = await createReadyForge();
    put().reply(502, body("Server Error"));
    look().reply(200, { merged: false, merge_commit_sha: merged });
    expect(await forge.merge(view, request)).toEqual({ outcome: "unknown" });
    expect(spent()).toBe(2);
  });

  it("stays unknown when the look fails too", async () => {
    const { forge, spent } = await createReadyForge();
    put().reply(502, body("Server Error"));
    look().reply(502, body("Server Error"));
    expect(await forge.merge(view, request)).toEqual({ outcome: "unknown" });
    expect(spent()).toBe(2);
  });
});
