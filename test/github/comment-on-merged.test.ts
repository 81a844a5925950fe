import nock from "nock";
import { afterEach, beforeEach, expect, it } from "vitest";
import { renderMarker } from "../../src/remediation/marker.ts";
import { answerGraphql, commitFacts, createReadyForge, incidentId, pullFacts, repositoryFacts } from "./world.ts";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

const merged = "e".repeat(40);
const marker = renderMarker({ kind: "lease", incident: incidentId, digest: merged, version: 1 });
const body = `${marker}\n\nIt is yours.`;

async function say(comments: readonly object[], change: object = {}) {
  nock.cleanAll();
  const { forge, spent } = await createReadyForge();
  const commits = { nodes: [{ commit: commitFacts({ message: "Relieve it" }) }] };
  const pull = pullFacts({
    state: "MERGED",
    mergeCommit: { oid: merged },
    commits,
    comments: { nodes: comments },
    ...change,
  });
  answerGraphql(repositoryFacts({ object: { __typename: "Commit", associatedPullRequests: { nodes: [pull] } } }));
  const asked = answerGraphql({ addComment: { subject: { __typename: "PullRequest", id: "PR_1" } } });
  return { outcome: await forge.commentOnMerged(merged, body), asked, spent: spent() };
}

it("comments on the pull request of its own that was merged as this commit", async () => {
  const { outcome, asked, spent } = await say([]);
  expect(outcome).toBe("said");
  expect(asked.map(({ variables }) => variables)).toMatchObject([{ comment: { body } }]);
  expect(spent).toBe(2);
});

it("says nothing that it has said there, and believes no marker of others", async () => {
  const own = { viewerDidAuthor: true, body };
  const other = { viewerDidAuthor: true, body: body.replace("kind=lease", "kind=closing") };
  expect(await say([own])).toMatchObject({ outcome: "said-before", asked: [] });
  expect(await say([{ ...own, viewerDidAuthor: false }, other])).toMatchObject({ outcome: "said" });
});

it("says nothing where others' work was merged", async () => {
  expect(await say([], { viewerDidAuthor: false })).toMatchObject({ outcome: "not-ours", asked: [] });
});
