/** GraphQL answers HTTP 200 and tells what failed in its body: the first fault decides the code. */
import type { Instant } from "../clock.ts";
import { type ErrorCode, RemitError } from "../errors.ts";
import { describeFailure } from "./describe-failure.ts";
import type { Fault } from "./fault.ts";
import { limitWait, type ResponseHeaders, speaksOfLimit } from "./rate-limit.ts";

export function faultsToError(
  faults: readonly Fault[],
  doing: string,
  headers: ResponseHeaders,
  now: Instant,
): RemitError {
  const limit = faults.find((fault) => fault.type === "RATE_LIMITED" || speaksOfLimit(fault.message));
  const fault = limit ?? faults[0] ?? { message: "an error without a message" };
  const text = describeFailure(doing, fault.type === undefined ? fault.message : `${fault.type}: ${fault.message}`);
  if (limit !== undefined)
    return new RemitError("github-rate-limited", text, { retryAfterMs: limitWait(headers, now) });
  return new RemitError(codeOf(fault), text);
}

const byType: ReadonlyMap<string, ErrorCode> = new Map([
  ["STALE_DATA", "github-conflict"],
  ["NOT_FOUND", "github-not-found"],
  ["FORBIDDEN", "github-forbidden"],
  ["INSUFFICIENT_SCOPES", "github-forbidden"],
  ["SERVICE_UNAVAILABLE", "github-unavailable"],
  ["INTERNAL", "github-unavailable"],
]);

function codeOf({ type, message }: Fault): ErrorCode {
  const code = byType.get(type ?? "");
  if (code !== undefined) return code;
  if (/already exists|expected branch to point/i.test(message)) return "github-conflict";
  if (/resource not accessible by integration/i.test(message)) return "github-forbidden";
  if (/something went wrong|timed? ?out/i.test(message)) return "github-unavailable";
  return "github-rejected";
}
