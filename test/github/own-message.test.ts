import nock from "nock";
import { afterEach, beforeEach, expect, it } from "vitest";
import { answerGraphql, base, commitFacts, createReadyForge, fault, pullFacts, repositoryFacts } from "./world.ts";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

const merged = "e".repeat(40);

function pull(change: object = {}, ...commits: readonly object[]) {
  const nodes = (commits.length === 0 ? [written()] : commits).map((commit) => ({ commit }));
  return pullFacts({ state: "MERGED", mergeCommit: { oid: merged }, commits: { nodes }, ...change });
}

const written = (change: object = {}) => commitFacts({ message: "Relieve it", ...change });

async function ask(...pulls: readonly object[]) {
  const { forge } = await createReadyForge();
  const found = { __typename: "Commit", associatedPullRequests: { nodes: pulls } };
  answerGraphql(repositoryFacts({ object: ({ oid }: { oid?: string }) => (oid === merged ? found : null) }));
  return forge.ownMessage(merged);
}

it("tells what Remit wrote in the pull request of its own that was merged as this commit", async () => {
  expect(await ask(pull())).toBe("Relieve it");
  expect(await ask(pull({ viewerDidAuthor: false }), pull())).toBe("Relieve it");
});

it.each([
  ["came by no pull request", []],
  ["came by somebody else's", [pull({ viewerDidAuthor: false })]],
  ["came from a fork", [pull({ isCrossRepository: true })]],
  ["only stands in one of Remit's", [pull({ mergeCommit: { oid: base } })]],
  ["stands in one that isn't merged", [pull({ mergeCommit: null })]],
  ["has commits of others, too", [pull({}, written(), written())]],
  ["was written by somebody else", [pull({}, written({ author: { name: "alice" } }))]],
  ["isn't signed by GitHub", [pull({}, written({ signature: null }))]],
])("tells nothing of a commit that %s", async (_, pulls) => {
  expect(await ask(...pulls)).toBeUndefined();
});

it("takes no fault for an answer", async () => {
  const { forge } = await createReadyForge();
  answerGraphql(repositoryFacts({ object: fault("SERVICE_UNAVAILABLE", "later") }));
  await expect(forge.ownMessage(merged)).rejects.toThrow("later");
});
