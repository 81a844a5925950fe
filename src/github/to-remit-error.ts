/** Every failure of a call to GitHub, as the one error class: with a code, without secrets, and with the time to wait where GitHub limits us. */
import { z } from "zod";
import type { Instant } from "../clock.ts";
import { type ErrorCode, RemitError } from "../errors.ts";
import { cleanMessage, describeFailure } from "./describe-failure.ts";
import { type Fault, faultSchema } from "./fault.ts";
import { faultsToError } from "./faults-to-error.ts";
import { isLimit, limitWait, type ResponseHeaders } from "./rate-limit.ts";

/** What octokit throws: `response` is missing when there was none, `status` when GraphQL answered 200 with errors. */
const failureSchema = z.object({
  message: z.string(),
  status: z.number().optional(),
  response: z
    .object({
      headers: z.record(z.string(), z.union([z.string(), z.number()]).optional()),
      data: z
        .object({ errors: z.array(z.unknown()).optional() })
        .optional()
        .catch(undefined),
    })
    .optional(),
});

/** `doing`: what Remit was about, such as `merge pull request 7`. */
export function toRemitError(error: unknown, doing: string, now: Instant): RemitError {
  if (error instanceof RemitError) return error;
  if (error instanceof z.ZodError) return unexpected(error, doing);
  const parsed = failureSchema.safeParse(error);
  if (!parsed.success) return new RemitError("internal", `couldn't ${doing}`, { cause: error });
  const { message, status, response } = parsed.data;
  if (response === undefined) return unreachable(message, doing);
  if (status === undefined) return faultsToError(readFaults(response.data?.errors), doing, response.headers, now);
  return fromStatus(status, message, response.headers, doing, now);
}

function fromStatus(
  status: number,
  message: string,
  headers: ResponseHeaders,
  doing: string,
  now: Instant,
): RemitError {
  const text = describeFailure(doing, `${status}: ${message}`);
  if (isLimit(status, message, headers))
    return new RemitError("github-rate-limited", text, { retryAfterMs: limitWait(headers, now) });
  return new RemitError(codeOf(status, message), text);
}

function codeOf(status: number, message: string): ErrorCode {
  if (status === 401) return "github-unauthorized";
  if (status === 403 || status === 451) return "github-forbidden";
  if (status === 404 || status === 410) return "github-not-found";
  if (status === 409 || (status === 422 && /already exists/i.test(message))) return "github-conflict";
  if (status >= 500 || status === 408) return "github-unavailable";
  return "github-rejected";
}

function unreachable(message: string, doing: string): RemitError {
  return new RemitError("github-unavailable", `couldn't ${doing}: no answer from GitHub: ${cleanMessage(message)}`);
}

function unexpected(error: z.ZodError, doing: string): RemitError {
  const places = error.issues.map((issue) => issue.path.join(".")).slice(0, 3);
  return new RemitError("github-rejected", `couldn't ${doing}: GitHub's answer lacks ${places.join(", ")}`);
}

function readFaults(errors: readonly unknown[] | undefined): Fault[] {
  return (errors ?? []).map((error) => faultSchema.parse(error));
}
