import nock from "nock";
import { afterEach, beforeEach, expect, it } from "vitest";
import { query, read } from "./read-view.ts";
import { base } from "./world.ts";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

it("tells which accounts wrote the suspected change, where it is asked for", async () => {
  const person = (login: string) => ({ __typename: "User", login });
  const merged = (login: string, isMerged = true) => ({ merged: isMerged, author: person(login) });
  const ask = async (suspect: object | null) => {
    const object = ({ oid }: { oid?: string | null }) => (oid === base ? suspect : null);
    return (await read({ object }, { ...query, suspect: base })).suspectAuthors;
  };
  const authors = (...logins: readonly (string | undefined)[]) => ({
    totalCount: logins.length,
    nodes: logins.map((login) => ({ user: login === undefined ? null : person(login) })),
  });
  const facts = (change: object) => ({
    __typename: "Commit",
    authors: authors(undefined),
    committer: { user: person("web-flow") },
    associatedPullRequests: { nodes: [] },
    ...change,
  });
  expect(await ask(facts({ authors: authors("alice") }))).toEqual({ logins: ["alice", "web-flow"], known: true });
  expect(await ask(facts({ authors: authors("alice", "bob") }))).toEqual({
    logins: ["alice", "bob", "web-flow"],
    known: true,
  });
  // A co-author whose account GitHub doesn't know may be whoever approves, and so may one of too many to read.
  expect(await ask(facts({ authors: authors("alice", undefined) }))).toMatchObject({ known: false });
  expect(await ask(facts({ authors: { ...authors("alice"), totalCount: 51 } }))).toMatchObject({ known: false });
  const pulls = { nodes: [merged("alice"), merged("mallory", false), { merged: true, author: null }] };
  expect(await ask(facts({ associatedPullRequests: pulls }))).toEqual({ logins: ["web-flow", "alice"], known: true });
  expect(await ask(facts({}))).toEqual({ logins: ["web-flow"], known: false });
  expect(await ask(facts({ authors: authors() }))).toMatchObject({ known: false });
  expect(await ask(null)).toEqual({ logins: [], known: false });
  expect((await read({})).suspectAuthors).toBeUndefined();
});
