import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { renderMarker } from "../../src/remediation/marker.ts";
import { query, read } from "./read-view.ts";
import { commentFacts, commitFacts, incidentId, pullFacts } from "./world.ts";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

describe("closed pull requests", () => {
  it("tells the branches of ours whose pull request was closed where no branch is asked for", async () => {
    const closed = (headRefName: string, change: object = {}) => pullFacts({ headRefName, state: "CLOSED", ...change });
    const nodes = [
      closed("remit/rollback/a/1"),
      closed("remit/rollback/b/2", { viewerDidAuthor: false }),
      closed("remit/rollback/c/3", { isCrossRepository: true }),
    ];
    const pullRequests = ({ states }: { states?: string[] }) => ({ nodes: states?.join() === "CLOSED" ? nodes : [] });
    const view = await read({ pullRequests }, { ...query, branch: undefined });
    expect(view.rejectedBranches).toEqual(["remit/rollback/a/1"]);
    expect((await read({})).rejectedBranches).toBeUndefined();
  });

  it("tells the branches of ours whose pull request is open, as many as people find", async () => {
    const nodes = [
      pullFacts({ headRefName: "remit/rollback/a/1" }),
      pullFacts({ headRefName: "remit/rollback/b/2", viewerDidAuthor: false }),
    ];
    const pullRequests = ({ states }: { states?: string[] }) => ({ nodes: states?.join() === "OPEN" ? nodes : [] });
    const view = await read({ pullRequests }, { ...query, branch: undefined });
    expect(view.openBranches).toEqual(["remit/rollback/a/1"]);
    expect((await read({})).openBranches).toBeUndefined();
  });

  describe("a closed pull request of ours", () => {
    const said = (viewerDidAuthor: boolean, kind: "withdrawal" | "closing", incident = "another") => ({
      state: "CLOSED",
      comments: {
        nodes: [commentFacts({ viewerDidAuthor, body: `${renderMarker({ kind, incident, version: 1 })}\n\nOver.` })],
      },
    });
    const pull = async (change: object, ref: object | null = null) =>
      (await read({ ref, pullRequests: { nodes: [pullFacts(change)] } })).pull;
    const seen = async (change: object, ref: object | null = null) => (await pull(change, ref))?.state;

    it("gives way to a newer one of the same branch, in whatever order GitHub lists them", async () => {
      const both = [pullFacts({ number: 3, state: "CLOSED" }), pullFacts({ number: 8 }), pullFacts({ number: 5 })];
      for (const nodes of [both, both.toReversed()])
        expect((await read({ pullRequests: { nodes } })).pull?.number).toBe(8);
    });

    it("that we withdrew in another incident, branch and all, is as if it had never been", async () => {
      expect(await seen(said(true, "withdrawal"))).toBeUndefined();
    });

    it("that we withdrew in the same incident is shown as that, whatever the store has forgotten", async () => {
      expect(await pull(said(true, "withdrawal", incidentId))).toMatchObject({ state: "closed", withdrawn: true });
      expect(await pull(said(false, "withdrawal", incidentId))).not.toHaveProperty("withdrawn");
      expect(await pull({ ...said(true, "withdrawal", incidentId), state: "OPEN" })).not.toHaveProperty("withdrawn");
    });

    it.each([
      ["without a word of ours", { state: "CLOSED" }],
      ["with a withdrawal that somebody else wrote", said(false, "withdrawal")],
      ["with another word of ours", said(true, "closing")],
    ])("%s is somebody's answer, and is shown", async (_name, change) => {
      expect(await seen(change)).toBe("closed");
    });

    it("whose branch is still there is shown, whoever closed it", async () => {
      expect(await seen(said(true, "withdrawal"), { id: "REF_1", target: commitFacts() })).toBe("closed");
    });

    it("that was opened again after we withdrew it is shown", async () => {
      expect(await seen({ ...said(true, "withdrawal"), state: "OPEN" })).toBe("open");
    });
  });
});
