/** What `remit backtest` was asked for. Throws RemitError usage. */
import type { Instant } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import type { CommandContext } from "../command.ts";
import { windowOption } from "../window-option.ts";

export interface BacktestOptions {
  readonly directory: string;
  readonly since: Instant;
  readonly until: Instant;
  readonly limit: number;
  readonly jobs: number;
  /** Where the Markdown goes. */
  readonly report: string | undefined;
}

const defaults = { span: 365 * 24 * 60 * 60_000, limit: 200, jobs: 1 };
const maxJobs = 32;

export function backtestOptions(context: Pick<CommandContext, "text" | "positionals">, now: Instant): BacktestOptions {
  const [extra] = context.positionals;
  if (extra !== undefined) throw usage(`expected options only, not ${JSON.stringify(extra)}`);
  const directory = context.text("repo");
  if (directory === undefined) throw usage("--repo is missing");
  const { since, until } = windowOption("backtest", context, now, defaults.span);
  return {
    directory,
    since,
    until,
    limit: countOf("limit", context.text("limit"), Number.MAX_SAFE_INTEGER) ?? defaults.limit,
    jobs: countOf("jobs", context.text("jobs"), maxJobs) ?? defaults.jobs,
    report: context.text("report"),
  };
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
