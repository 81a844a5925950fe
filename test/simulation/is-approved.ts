/** What reviews of a pull request say, read without Remit's code. */
import type { PullRecord, ReviewRecord } from "../../src/sandbox/github/world/records.ts";
import type { Policy } from "./shop.ts";

/** What stood on a pull request when a process looked. */
export interface Reviewed {
  /** Roles of those who approve this head. */
  readonly approvers: readonly string[];
  /** Somebody with the right to it asks for changes. */
  readonly objectedTo: boolean;
}

export function reviewed(pull: PullRecord): Reviewed {
  const words = newestWords(pull);
  const approving = words.filter(({ state, commit }) => state === "APPROVED" && commit === pull.head);
  return {
    approvers: approving.map(({ author }) => author.role),
    objectedTo: words.some(({ state }) => state === "CHANGES_REQUESTED"),
  };
}

/** As many people with the right to it as the policy asks for approve this head, and none asks for changes. */
export function isApproved(
  { approvers, objectedTo }: Reviewed,
  { approvals, permission }: Pick<Policy, "approvals" | "permission">,
): boolean {
  const counted = approvers.filter((role) => permission === "write" || role === "admin");
  return !objectedTo && counted.length >= approvals;
}

/** The newest word of each person with the right to it. */
function newestWords({ reviews }: PullRecord): readonly ReviewRecord[] {
  const decisive = reviews.filter(
    ({ state, author }) => state !== "COMMENTED" && ["admin", "write"].includes(author.role),
  );
  return [...new Map(decisive.map((review) => [review.author.login, review])).values()];
}
