import nock from "nock";
import { afterEach, beforeEach, expect, it } from "vitest";
import { query, read } from "./read-view.ts";
import { pullFacts } from "./world.ts";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

it("knows a merged or closed pull request by what the default branch was called before somebody renamed it", async () => {
  const asked = { ...query, baseBranch: "master" };
  const told = (state: string, baseRefName = "master") =>
    read({ pullRequests: { nodes: [pullFacts({ state, baseRefName })] } }, asked);
  expect((await told("MERGED")).pull?.state).toBe("merged");
  expect((await told("CLOSED")).pull?.state).toBe("closed");
  // GitHub renames the base of what is open: this one goes to a branch that isn't the default branch any more.
  expect((await told("OPEN")).pull).toBeUndefined();
  expect((await told("MERGED", "release")).pull).toBeUndefined();
});
