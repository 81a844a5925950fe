/** What `remit backtest` was asked for. Throws RemitError usage. */
import type { Instant } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import type { CommandContext } from "../command.ts";

export interface BacktestOptions {
  readonly directory: string;
  readonly since: Instant;
  readonly until: Instant;
  readonly limit: number;
  readonly jobs: number;
  /** Where the Markdown goes. */
  readonly report: string | undefined;
}

const day = 24 * 60 * 60_000;
const units: Readonly<Record<string, number>> = { h: day / 24, d: day, w: 7 * day, y: 365 * day };
const defaults = { span: 365 * day, limit: 200, jobs: 1 };
const maxJobs = 32;

export function backtestOptions(context: Pick<CommandContext, "text" | "positionals">, now: Instant): BacktestOptions {
  const [extra] = context.positionals;
  if (extra !== undefined) throw usage(`expected options only, not ${JSON.stringify(extra)}`);
  const directory = context.text("repo");
  if (directory === undefined) throw usage("--repo is missing");
  const until = momentOf("until", context.text("until"), now) ?? now;
  const since = momentOf("since", context.text("since"), until) ?? until - defaults.span;
  if (since >= until) throw usage("--since must be before --until");
  return {
    directory,
    since,
    until,
    limit: countOf("limit", context.text("limit"), Number.MAX_SAFE_INTEGER) ?? defaults.limit,
    jobs: countOf("jobs", context.text("jobs"), maxJobs) ?? defaults.jobs,
    report: context.text("report"),
  };
}

/** A date, or a span before `end` such as `30d`. */
function momentOf(option: string, text: string | undefined, end: Instant): Instant | undefined {
  if (text === undefined) return undefined;
  const [, count, unit = ""] = /^(\d{1,5})([hdwy])$/.exec(text) ?? [];
  const at = count === undefined ? isoInstant(text) : end - Number(count) * (units[unit] ?? Number.NaN);
  if (!Number.isFinite(at))
    throw usage(`--${option} wants a date such as 2026-11-20 or a span such as 30d, not ${JSON.stringify(text)}`);
  return Math.max(0, at);
}

function isoInstant(text: string): Instant {
  return /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(text) ? Date.parse(text) : Number.NaN;
}

function countOf(option: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (/^\d{1,15}$/.test(text) && count >= 1 && count <= most) return count;
  throw usage(
    `--${option} wants a whole number of at least 1${most === maxJobs ? ` and at most ${maxJobs}` : ""}, not ${JSON.stringify(text)}`,
  );
}

function usage(message: string): RemitError {
  return new RemitError("usage", `backtest: ${message}\nTry remit backtest --help`, { audience: "user" });
}
