<<<<<<< HEAD
import { people } from "../../src/sandbox/github/world/accounts.ts";
import type { PullRecord } from "../../src/sandbox/github/world/records.ts";
import type { SimulatedGitHub } from "./simulated-github.ts";

/** What every policy here lets an approval count. */
const maxAgeMs = 30 * 60_000;

/**
 * The newest word of each person with the right to it: somebody who didn't write the suspected change approved this head lately,
 * and nobody asks for changes. `at`: when Remit looked, by a clock that may be a minute off.
 */
export function isApproved(
  github: SimulatedGitHub,
  { reviews, head }: PullRecord,
  at: number,
  skewMs: number,
): boolean {
  const newest = new Map(
    reviews
      .filter(({ state, author }) => state !== "COMMENTED" && ["admin", "write"].includes(author.role))
      .map((review) => [review.author.login, review]),
  );
  const words = [...newest.values()];
  const author = suspectAuthor(github, head);
  return (
    words.some(
      (word) =>
        word.state === "APPROVED" &&
        word.commit === head &&
        at - word.at <= maxAgeMs + skewMs &&
        word.author.login !== author,
    ) && words.every(({ state }) => state !== "CHANGES_REQUESTED")
  );
=======
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
>>>>>>> main
}

/** Remit's commit says in words which change it takes back. */
function suspectAuthor({ git }: SimulatedGitHub, head: string): string | undefined {
  const { message } = git.objects.commit(head);
  const suspect = /since commit ([0-9a-f]{12})/.exec(message)?.[1];
  const commit = [...git.objects.ancestors(head)].find((oid) => suspect !== undefined && oid.startsWith(suspect));
  const email = commit === undefined ? undefined : git.objects.commit(commit).author.email;
  return people.find((person) => person.email === email)?.login;
}
