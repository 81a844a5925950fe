import type { PullRecord } from "../../src/sandbox/github/world/records.ts";

/** The newest word of each person with the right to it: at least one approves this head, and none asks for changes. */
export function isApproved({ reviews, head }: PullRecord): boolean {
  const newest = new Map(
    reviews
      .filter(({ state, author }) => state !== "COMMENTED" && ["admin", "write"].includes(author.role))
      .map((review) => [review.author.login, review]),
  );
  const words = [...newest.values()];
  return (
    words.some(({ state, commit }) => state === "APPROVED" && commit === head) &&
    words.every(({ state }) => state !== "CHANGES_REQUESTED")
  );
}
