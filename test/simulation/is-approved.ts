import type { PullRecord, ReviewRecord } from "../../src/sandbox/github/world/records.ts";

/** At least one person with the right to it approves this head, and none asks for changes. */
export function isApproved(pull: PullRecord): boolean {
  const approves = words(pull).some(({ state, commit }) => state === "APPROVED" && commit === pull.head);
  return approves && !isObjectedTo(pull);
}

export function isObjectedTo(pull: PullRecord): boolean {
  return words(pull).some(({ state }) => state === "CHANGES_REQUESTED");
}

/** The newest word of each person with the right to it. */
function words({ reviews }: PullRecord): readonly ReviewRecord[] {
  const decisive = reviews.filter(
    ({ state, author }) => state !== "COMMENTED" && ["admin", "write"].includes(author.role),
  );
  return [...new Map(decisive.map((review) => [review.author.login, review])).values()];
}
