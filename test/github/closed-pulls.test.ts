import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { renderMarker } from "../../src/remediation/marker.ts";
import { query, read } from "./read-view.ts";
import { commitFacts, incidentId, pullFacts } from "./world.ts";

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
    const pullRequests = ({ states }: { states?: string[] }) => (states?.join() === "CLOSED" ? { nodes } : null);
    const view = await read({ pullRequests }, { ...query, branch: undefined });
    expect(view.rejectedBranches).toEqual(["remit/rollback/a/1"]);
    expect((await read({})).rejectedBranches).toBeUndefined();
  });

  describe("a closed pull request of ours", () => {
    const said = (viewerDidAuthor: boolean, kind: "withdrawal" | "closing") => ({
      state: "CLOSED",
      comments: {
        nodes: [{ viewerDidAuthor, body: `${renderMarker({ kind, incident: incidentId, version: 1 })}\n\nOver.` }],
      },
    });
    const seen = async (change: object, ref: object | null = null) =>
      (await read({ ref, pullRequests: { nodes: [pullFacts(change)] } })).pull?.state;

    it("that we withdrew, branch and all, is as if it had never been", async () => {
      expect(await seen(said(true, "withdrawal"))).toBeUndefined();
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
