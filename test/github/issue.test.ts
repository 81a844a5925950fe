import { describe, expect, test } from "vitest";
import type { IssueFacts, RepositoryFacts } from "../../src/github/read-schema.ts";
import { findIssue, saidOn, viewIssue } from "../../src/github/view-issue.ts";
import { renderMarker } from "../../src/remediation/marker.ts";

const incident = "checkout-production-3f2a9c1b40de";
const marker = (of = incident) => `${renderMarker({ kind: "incident", incident: of, version: 1 })}\n\nWhat is broken`;

function issue(number: number, change: Partial<IssueFacts> = {}): IssueFacts {
  return {
    id: `I_${number}`,
    number,
    state: "OPEN",
    body: marker(),
    url: `u/${number}`,
    locked: false,
    viewerDidAuthor: true,
    ...change,
  };
}

const found = (asked: IssueFacts | null | undefined, open: readonly (IssueFacts | null)[] | undefined) => {
  const openIssues = open === undefined ? undefined : { nodes: [...open] };
  return findIssue({ issue: asked, openIssues } as RepositoryFacts, incident)?.number;
};

describe("the incident's issue", () => {
  test("is the one with the number that was asked for, if Remit wrote it", () => {
    expect(found(issue(9, { body: "edited by a person" }), [issue(3)])).toBe(9);
    expect(found(issue(9, { viewerDidAuthor: false }), [issue(3)])).toBe(3);
    expect(found(null, undefined)).toBeUndefined();
  });

  test("is else the oldest open one with its marker", () => {
    expect(found(undefined, [issue(7), null, issue(3), issue(5)])).toBe(3);
  });

  test.each([
    ["another's with the marker copied into it", issue(3, { viewerDidAuthor: false })],
    ["another incident's", issue(3, { body: marker("cart-production-3f2a9c1b40de") })],
    ["one whose marker is of a pull request", issue(3, { body: renderMarker({ kind: "pull", incident, version: 1 }) })],
    ["one without a marker", issue(3, { body: "checkout is broken" })],
  ])("is never %s", (_, other) => {
    expect(found(undefined, [other])).toBeUndefined();
    expect(found(undefined, [other, issue(5)])).toBe(5);
  });

  test("is shown as it is", () => {
    expect(viewIssue(issue(3))).toEqual({ id: "I_3", number: 3, open: true, body: marker(), url: "u/3" });
    expect(viewIssue(issue(3, { state: "CLOSED" })).open).toBe(false);
  });
});

describe("what Remit said on it", () => {
  const said = renderMarker({ kind: "incident", incident, digest: "a".repeat(12), version: 1 });
  const comments = (...nodes: readonly { readonly body: string; readonly viewerDidAuthor: boolean }[]) =>
    saidOn(
      issue(3, {
        comments: { nodes: nodes.map((node, at) => ({ id: `IC_${at}`, createdAt: "2026-11-20T10:00:00Z", ...node })) },
      }),
    );

  test("is the markers of its own comments", () => {
    const own = { body: `${said}\ntold`, viewerDidAuthor: true };
    expect(comments(own, { body: "no marker", viewerDidAuthor: true })).toEqual(new Set([said]));
    expect(comments({ ...own, viewerDidAuthor: false })).toEqual(new Set());
    expect(comments()).toEqual(new Set());
  });

  test("isn't known where the comments weren't read", () => {
    expect(saidOn(issue(3))).toBeUndefined();
    expect(saidOn(issue(3, { comments: null }))).toBeUndefined();
  });
});
