/**
 * Writes an issue in each repository once a month that reviews the last one by its ledger. GitHub's own record of that issue is what
 * says that it was written, so no lost store writes it again; whatever is settled is remembered, and asks nobody.
 */
import { z } from "zod";
import { readLedger } from "../../audit/read-ledger.ts";
import { type Month, monthBefore, readSince } from "../../audit/review/month.ts";
import type { Review } from "../../audit/review/review.ts";
import { reviewIssue } from "../../audit/review/review-issue.ts";
import { reviewMonth } from "../../audit/review/review-month.ts";
import type { Clock } from "../../clock.ts";
import { type ErrorCode, RemitError } from "../../errors.ts";
import type { OwnIssue } from "../../github/own-issue.ts";
import { openMiner } from "../../gitops/mirror/open-miner.ts";
import { ledgerBranch } from "../../ledger/ledger-record.ts";
import type { Hold } from "../../remediation/hold.ts";
import type { RepositoryReader } from "../../remediation/repository-reader.ts";
import type { Log } from "../../remediation/session.ts";
import type { Store } from "../../store/store.ts";
import { formatReviewTask, reviewQueue } from "./review-task.ts";

export interface MonthlyReviewParts {
  readonly store: Pick<Store, "settings" | "queue">;
  readonly clock: Clock;
  readonly log: Log;
  readonly stopEnvironment: () => boolean;
  readonly reader: (repository: string) => Promise<RepositoryReader>;
  /** Of the repository's clone. */
  readonly directory: (repository: string) => string;
  /** The one for a month such as `2026-11`. */
  readonly issue: (repository: string, month: string) => Pick<OwnIssue, "read" | "open">;
}

export interface MonthlyReviews {
  /** Queues what is due. To be called again and again: asks the store alone. */
  ask(repository: string): Promise<void>;
  /** Safe to repeat. Not for one repository twice at the same time. */
  write(repository: string, hold: Hold): Promise<void>;
}

/** What is remembered: this month is settled, or something held it back and it is tried again then. */
const memorySchema = z.object({ month: z.string(), retryAt: z.number().optional() });

const hourMs = 60 * 60_000;
/** What was begun in the month's last minutes comes to its end, and to the ledger. */
const settlingMs = hourMs;
const refusedMs = 6 * hourMs;
/** People have to mend it: to try again at once would change nothing. */
const refusals: ReadonlySet<ErrorCode> = new Set(["github-forbidden", "github-not-found", "github-rejected"]);

const memoryKey = (repository: string) => `review:${repository}`;

export function monthlyReviews(parts: MonthlyReviewParts): MonthlyReviews {
  const { store, clock, log, stopEnvironment } = parts;
  const due = async (repository: string): Promise<Month | undefined> => {
    const now = clock.now();
    const month = monthBefore(now - settlingMs);
    const memory = await remembered(parts, repository);
    if (stopEnvironment()) return undefined;
    if (memory?.month !== month.name) return month;
    const { retryAt } = memory;
    // Further away than any: a clock told it that was ahead.
    return retryAt !== undefined && (now >= retryAt || retryAt - now > refusedMs) ? month : undefined;
  };
  return {
    async ask(repository) {
      if ((await due(repository)) !== undefined)
        await store.queue.add(formatReviewTask(repository), clock.now(), reviewQueue);
    },
    async write(repository, hold) {
      const month = await due(repository);
      if (month === undefined) return;
      const remember = (retryAt?: number) =>
        store.settings.set(memoryKey(repository), JSON.stringify({ month: month.name, retryAt }));
      try {
        const review = await reviewOf(parts, repository, month);
        const isSettled = review === undefined || (await show(parts, repository, review, hold));
        await remember(isSettled ? undefined : clock.now() + hourMs);
      } catch (error) {
        if (!(error instanceof RemitError) || !refusals.has(error.code)) throw error;
        log.error({ repository, month: month.name, error }, "the month's review can't be written");
        await remember(clock.now() + refusedMs);
      }
    },
  };
}

async function remembered({ store }: MonthlyReviewParts, repository: string) {
  const text = (await store.settings.get(memoryKey(repository))) ?? "";
  return text === "" ? undefined : memorySchema.parse(JSON.parse(text));
}

/** undefined: nothing happened. Reads some months of the ledger, and none of its checks is made: they take all of it. */
async function reviewOf(
  { reader: readerOf, directory }: MonthlyReviewParts,
  repository: string,
  month: Month,
): Promise<Review | undefined> {
  const reader = await readerOf(repository);
  const { mirror } = reader;
  await mirror.fetch();
  const tip = await mirror.branchHead(ledgerBranch);
  if (tip === undefined) return undefined;
  const history = await openMiner(directory(repository));
  const ledger = await readLedger(mirror, history, tip, readSince(month));
  const review = await reviewMonth({ ledger, reader, history }, month, undefined);
  return review.incidents === 0 && review.did.length === 0 ? undefined : review;
}

/** Read first: a store that was lost, or a crash, may have forgotten it. False: it isn't the time. */
async function show(
  { issue, log }: MonthlyReviewParts,
  repository: string,
  review: Review,
  hold: Hold,
): Promise<boolean> {
  const { month } = review;
  const issues = issue(repository, month);
  const known = await issues.read();
  if (known.archived || known.issue !== undefined) return true;
  if (known.wrongClock !== undefined) {
    // By GitHub's clock the month may not be over, and it is written only once.
    log.warn({ repository, month, ...known.wrongClock }, "the month's review waits: this machine's clock is wrong");
    return false;
  }
  await hold.renew();
  await issues.open(reviewIssue(review));
  log.info({ repository, month }, "reviewed the month in an issue");
  return true;
}
