/**
 * Which reviews count: given by a person, for exactly this head, newest per person, lately, with the permission that policy asks
 * for. Remit's branch holds one commit, and the gate has found in it what was decided, so an approval of the head is one of the candidate.
 */
import type { Instant } from "../clock.ts";
import type { Asked } from "./comments/asked.ts";
import type { PullView, ReviewView, SuspectAuthors } from "./forge.ts";
import { atLeast } from "./permission.ts";
import type { Permission } from "./situation.ts";

export interface ApprovalRules {
  readonly permission: Permission;
  /** In milliseconds. */
  readonly maxAgeMs: number;
}

export interface Approvals {
  readonly approvers: readonly string[];
  /** Somebody's approval would count if it weren't too old. */
  readonly stale: boolean;
  /** Somebody with write access asked for changes, whatever head they saw. */
  readonly objected: boolean;
  /** Logins whose permission isn't known yet. */
  readonly unknown: readonly string[];
  /** Of these, those who asked for changes. */
  readonly unknownObjectors: readonly string[];
}

export function validApprovals(
  pull: PullView,
  permissions: ReadonlyMap<string, Permission>,
  { permission, maxAgeMs }: ApprovalRules,
  now: Instant,
): Approvals {
  const newest = new Map<string, ReviewView>();
  for (const review of pull.reviews) {
    if (review.author === undefined || !review.isPerson) continue;
    if (review.state === "approved" || review.state === "changes-requested" || review.state === "dismissed") {
      newest.set(review.author, review);
    }
  }
  const decisive = [...newest].filter(
    ([, review]) =>
      review.state === "changes-requested" || (review.state === "approved" && review.commit === pull.head),
  );
  const may = (login: string, least: Permission) => atLeast(permissions.get(login) ?? "none", least);
  const approvals = decisive.filter(([login, { state }]) => state === "approved" && may(login, permission));
  // A review without a time was given nobody knows when.
  const isFresh = ({ submittedAt = Number.NEGATIVE_INFINITY }: ReviewView) => now - submittedAt <= maxAgeMs;
  const unknown = decisive.filter(([login]) => !permissions.has(login));
  return {
    approvers: approvals.filter(([, review]) => isFresh(review)).map(([login]) => login),
    stale: approvals.some(([, review]) => !isFresh(review)),
    objected: decisive.some(([login, { state }]) => state === "changes-requested" && may(login, "write")),
    unknown: unknown.map(([login]) => login),
    unknownObjectors: unknown.filter(([, { state }]) => state === "changes-requested").map(([login]) => login),
  };
}

/**
 * Does somebody approve who didn't write the suspected change? Where GitHub doesn't know who wrote it, one of two people
 * didn't. GitHub's logins don't differ by case.
 */
export function isIndependent(approvers: readonly string[], authors: SuspectAuthors | undefined): boolean {
  if (authors === undefined || !authors.known) return approvers.length > 1;
  const wrote = new Set(authors.logins.map((login) => login.toLowerCase()));
  return approvers.some((login) => !wrote.has(login.toLowerCase()));
}

/** What people approved by a command counts unless they said something in a review, whenever that was. */
export function withApprovals(pull: PullView, given: Asked["approvals"] = []): PullView {
  const reviews = given.map(
    ({ by, at, head }): ReviewView => ({
      state: "approved",
      author: by,
      isPerson: true,
      commit: head,
      submittedAt: at,
    }),
  );
  return { ...pull, reviews: [...reviews, ...pull.reviews] };
}
