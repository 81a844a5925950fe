import { expect, test } from "vitest";
import { validApprovals } from "../../src/remediation/approvals.ts";
import type { ReviewView } from "../../src/remediation/forge.ts";
import type { Permission } from "../../src/remediation/situation.ts";
import { commit, minute, pull, t0 } from "../support/situation.ts";

const review = (author: string, state: ReviewView["state"], change: Partial<ReviewView> = {}): ReviewView => ({
  state,
  author,
  isPerson: true,
  commit,
  submittedAt: t0,
  ...change,
});
const rules = { permission: "write", maxAgeMs: 30 * minute } as const;
const writers = new Map<string, Permission>(["alice", "bob", "carol"].map((login) => [login, "write"]));
const asked = (reviews: readonly ReviewView[], permissions: ReadonlyMap<string, Permission> = writers) =>
  validApprovals(pull({ reviews }), permissions, rules, t0 + 10 * minute);
const none = { approvers: [], stale: false, objected: false, unknown: [], unknownObjectors: [] };

test("who approves, whose approval is too old and who objects are told apart", () => {
  const old = { submittedAt: t0 - 21 * minute };
  expect(
    asked([review("alice", "approved"), review("bob", "approved", old), review("carol", "changes-requested")]),
  ).toEqual({ ...none, approvers: ["alice"], stale: true, objected: true });
});

test("a comment takes no approval back", () => {
  expect(asked([review("alice", "approved"), review("alice", "commented")])).toEqual({ ...none, approvers: ["alice"] });
});

test("nobody is asked for whose review was dismissed, or is of another head", () => {
  const reviews = [review("alice", "dismissed"), review("bob", "approved", { commit: "f".repeat(40) })];
  expect(asked(reviews, new Map())).toEqual(none);
});

test("whoever isn't known yet is asked for, those who object apart", () => {
  expect(asked([review("alice", "approved"), review("bob", "changes-requested")], new Map())).toEqual({
    ...none,
    unknown: ["alice", "bob"],
    unknownObjectors: ["bob"],
  });
});
