/** What the reviews of a pull request amount to. Only those by people who may push count. */
import type { PullRecord, ReviewRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";

export interface ReviewState {
  readonly approvals: number;
  readonly changesRequested: boolean;
  readonly decision: "APPROVED" | "CHANGES_REQUESTED" | "REVIEW_REQUIRED" | null;
}

export function reviewState(world: World, pull: PullRecord): ReviewState {
  const opinions = latestOpinions(pull).filter(({ author }) => author.role === "admin" || author.role === "write");
  const approvals = opinions.filter((review) => review.state === "APPROVED").length;
  const changesRequested = opinions.some((review) => review.state === "CHANGES_REQUESTED");
  const required = pull.baseRef === world.defaultBranch ? world.rules.requiredReviews : 0;
  const enough = approvals >= required ? "APPROVED" : "REVIEW_REQUIRED";
  const decision = required === 0 ? null : changesRequested ? "CHANGES_REQUESTED" : enough;
  return { approvals, changesRequested, decision };
}

/** Each reviewer's last approval or request; a comment takes nothing back. */
export function latestOpinions(pull: PullRecord): ReviewRecord[] {
  const latest = new Map<string, ReviewRecord>();
  for (const review of pull.reviews) {
    if (review.state !== "COMMENTED" && review.state !== "PENDING") latest.set(review.author.login, review);
  }
  return [...latest.values()].filter((review) => review.state !== "DISMISSED");
}
