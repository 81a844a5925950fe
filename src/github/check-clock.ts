/** Limits, cooldowns and veto windows compare GitHub's times with this machine's, so with a wrong clock nothing is decided. */
import type { Instant } from "../clock.ts";
import { RemitError } from "../errors.ts";

/** GitHub's header tells whole seconds, and clocks that are kept differ by less than this. */
const toleratedMs = 60_000;

/**
 * `date`: of GitHub's answer, as the header says it; it was given at some moment between `sentAt` and `receivedAt`. Throws
 * RemitError clock-wrong. An answer that tells no time tells nothing against the clock.
 */
export function checkClock(date: string | undefined, sentAt: Instant, receivedAt: Instant): void {
  const github = Date.parse(date ?? "");
  if (Number.isNaN(github)) return;
  const behindMs = github - receivedAt;
  const aheadMs = sentAt - github;
  if (behindMs <= toleratedMs && aheadMs <= toleratedMs) return;
  const seconds = Math.round(Math.max(behindMs, aheadMs) / 1000);
  const how = behindMs > aheadMs ? "behind" : "ahead of";
  throw new RemitError(
    "clock-wrong",
    `this machine's clock is ${seconds} s ${how} GitHub's, so nothing is decided by it: set it, and keep it with NTP`,
  );
}
