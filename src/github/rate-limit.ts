/** How long GitHub asks to be left alone. */
import type { Instant } from "../clock.ts";

export type ResponseHeaders = Readonly<Record<string, string | number | undefined>>;

/** Without a header GitHub asks for at least a minute. */
const unsaidMs = 60_000;

/** Milliseconds: what GitHub says, else a minute. */
export function limitWait(headers: ResponseHeaders, now: Instant): number {
  return saidWait(headers, now) ?? unsaidMs;
}

/** Milliseconds: `retry-after` first, then the reset time of an exhausted limit; undefined where GitHub says neither. */
export function saidWait(headers: ResponseHeaders, now: Instant): number | undefined {
  const after = Number(headers["retry-after"]);
  if (Number.isFinite(after) && after > 0) return after * 1000;
  const reset = Number(headers["x-ratelimit-reset"]) * 1000;
  if (String(headers["x-ratelimit-remaining"]) === "0" && Number.isFinite(reset))
    return Math.max(reset - now, 0) + 1000;
  return undefined;
}

/** Secondary limits come as 403 with nothing but these words. */
export function speaksOfLimit(message: string): boolean {
  return /rate limit|abuse detection|submitted too quickly/i.test(message);
}

export function isLimit(status: number, message: string, headers: ResponseHeaders): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return headers["retry-after"] !== undefined || headers["x-ratelimit-remaining"] === "0" || speaksOfLimit(message);
}
