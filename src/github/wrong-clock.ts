/** Limits, cooldowns and veto windows compare GitHub's times with this machine's, so with a wrong clock nothing is decided. */
import type { Instant } from "../clock.ts";
import type { WrongClock } from "../remediation/forge.ts";

/** GitHub's header tells whole seconds, and clocks that are kept differ by less than this. */
const toleratedMs = 60_000;

/**
 * `date`: of GitHub's answer, as the header says it; it was given at some moment between `sentAt` and `receivedAt`. undefined:
 * the clock is right, or the answer tells no time, which tells nothing against the clock.
 */
export function wrongClock(date: string | undefined, sentAt: Instant, receivedAt: Instant): WrongClock | undefined {
  const github = Date.parse(date ?? "");
  if (Number.isNaN(github)) return undefined;
  const behindMs = github - receivedAt;
  const aheadMs = sentAt - github;
  if (behindMs <= toleratedMs && aheadMs <= toleratedMs) return undefined;
  return { at: github, aheadMs: aheadMs > behindMs ? aheadMs : -behindMs };
}
