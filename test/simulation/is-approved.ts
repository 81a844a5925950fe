import { people } from "../../src/sandbox/github/world/accounts.ts";
import type { PullRecord, ReviewRecord } from "../../src/sandbox/github/world/records.ts";
import type { SimulatedGitHub } from "./simulated-github.ts";

/** What every policy here lets an approval count. */
const maxAgeMs = 30 * 60_000;

/**
 * Somebody with the right to it who didn't write the suspected change approved this head lately, and nobody asks for changes. `at`:
 * when Remit looked, by a clock that may be a minute off.
 */
export function isApproved(github: SimulatedGitHub, pull: PullRecord, at: number, skewMs: number): boolean {
  const author = suspectAuthor(github, pull.head);
  const approves = words(pull).some(
    (word) =>
      word.state === "APPROVED" &&
      word.commit === pull.head &&
      at - word.at <= maxAgeMs + skewMs &&
      word.author.login !== author,
  );
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

/** Remit's commit says in words which change it takes back. */
function suspectAuthor({ git }: SimulatedGitHub, head: string): string | undefined {
  const { message } = git.objects.commit(head);
  const suspect = /since commit ([0-9a-f]{12})/.exec(message)?.[1];
  const commit = [...git.objects.ancestors(head)].find((oid) => suspect !== undefined && oid.startsWith(suspect));
  const email = commit === undefined ? undefined : git.objects.commit(commit).author.email;
  return people.find((person) => person.email === email)?.login;
}
