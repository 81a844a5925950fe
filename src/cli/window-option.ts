/** `--since` and `--until`: the stretch of history that a command looks at. */
import type { Instant } from "../clock.ts";
import { RemitError } from "../errors.ts";
import type { CommandContext } from "./command.ts";

const day = 24 * 60 * 60_000;
const units: Readonly<Record<string, number>> = { h: day / 24, d: day, w: 7 * day, y: 365 * day };

/** `spanMs`: how long it is without `--since`. Throws RemitError usage. */
export function windowOption(
  command: string,
  context: Pick<CommandContext, "text">,
  now: Instant,
  spanMs: number,
): { readonly since: Instant; readonly until: Instant } {
  const momentOf = (option: string, end: Instant) => {
    const text = context.text(option);
    const moment = text === undefined ? undefined : readMoment(text, end);
    if (moment === undefined || Number.isFinite(moment)) return moment;
    throw usage(
      command,
      `--${option} wants a date such as 2026-11-20 or a span such as 30d, not ${JSON.stringify(text)}`,
    );
  };
  const until = momentOf("until", now) ?? now;
  const since = momentOf("since", until) ?? until - spanMs;
  if (since >= until) throw usage(command, "--since must be before --until");
  return { since, until };
}

/** A date, or a span before `end` such as `30d`; NaN for anything else. */
function readMoment(text: string, end: Instant): Instant {
  const [, count, unit = ""] = /^(\d{1,5})([hdwy])$/.exec(text) ?? [];
  const at = count === undefined ? isoInstant(text) : end - Number(count) * (units[unit] ?? Number.NaN);
  return Math.max(0, at);
}

function isoInstant(text: string): Instant {
  return /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(text) ? Date.parse(text) : Number.NaN;
}

function usage(command: string, message: string): RemitError {
  return new RemitError("usage", `${command}: ${message}\nTry remit ${command} --help`, { audience: "user" });
}
