/** What reviews of a pull request say, read without Remit's code. */
import { people } from "../../src/sandbox/github/world/accounts.ts";
import type { CommentRecord, PullRecord, ReviewRecord } from "../../src/sandbox/github/world/records.ts";
import type { Policy } from "./shop.ts";
import type { SimulatedGitHub } from "./simulated-github.ts";

/** What stood on a pull request when a process looked. */
export interface Reviewed {
  /** Those who approved this head lately. */
  readonly approvers: readonly { readonly role: string; readonly wroteSuspect: boolean }[];
  /** Somebody with the right to it asks for changes. */
  readonly objectedTo: boolean;
}

/** What every policy here lets an approval count. */
const maxAgeMs = 30 * 60_000;

/** `at`: when Remit looked, by a clock that may be off by `skewMs`. */
export function reviewed(github: SimulatedGitHub, pull: PullRecord, at: number, skewMs: number): Reviewed {
  const words = newestWords(pull);
  const writer = suspectAuthor(github, pull.head);
  const approving = words.filter(
    (word) => word.state === "APPROVED" && word.commit === pull.head && at - word.at <= maxAgeMs + skewMs,
  );
  const commanding = commands(pull).filter(
    ({ author, createdAt }) =>
      at - createdAt <= maxAgeMs + skewMs && words.every((word) => word.author.login !== author.login),
  );
  return {
    approvers: [...approving, ...commanding].map(({ author }) => ({
      role: author.role,
      wroteSuspect: author.login === writer,
    })),
    objectedTo: words.some(({ state }) => state === "CHANGES_REQUESTED"),
  };
}

/** As many people with the right to it as the policy asks for, not the suspected change's author alone, and nobody objects. */
export function isApproved(
  { approvers, objectedTo }: Reviewed,
  { approvals, permission }: Pick<Policy, "approvals" | "permission">,
): boolean {
  const counted = approvers.filter(({ role }) => permission === "write" || role === "admin");
  return !objectedTo && counted.length >= approvals && counted.some(({ wroteSuspect }) => !wroteSuspect);
}

/** The newest word of each person with the right to it. */
function newestWords({ reviews }: PullRecord): readonly ReviewRecord[] {
  const decisive = reviews.filter(
    ({ state, author }) => state !== "COMMENTED" && ["admin", "write"].includes(author.role),
  );
  return [...new Map(decisive.map((review) => [review.author.login, review])).values()];
}

/** Comments that approve, one for each person with the right to it. */
function commands({ comments, createdAt }: PullRecord): readonly CommentRecord[] {
  const approving = comments.filter(
    (comment) =>
      /^\/remit approve$/m.test(comment.body) &&
      comment.createdAt >= createdAt &&
      ["admin", "write"].includes(comment.author.role),
  );
  return [...new Map(approving.map((comment) => [comment.author.login, comment])).values()];
}

/** Remit's commit says in words which change it takes back. */
function suspectAuthor({ git }: SimulatedGitHub, head: string): string | undefined {
  const { message } = git.objects.commit(head);
  const suspect = /since commit ([0-9a-f]{12})/.exec(message)?.[1];
  const commit = [...git.objects.ancestors(head)].find((oid) => suspect !== undefined && oid.startsWith(suspect));
  const email = commit === undefined ? undefined : git.objects.commit(commit).author.email;
  return people.find((person) => person.email === email)?.login;
}
