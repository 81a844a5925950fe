/** The one error class. "Not ready", "refused" and "abstained" are values, never errors. */

/** Every code is documented in docs/errors.md. */
export type ErrorCode =
  | "config-invalid"
  | "usage"
  | "payload-invalid"
  | "policy-invalid"
  | "signatures-unavailable"
  | "repository-unknown"
  | "git-failed"
  | "revision-invalid"
  | "github-unauthorized"
  | "github-forbidden"
  | "github-not-found"
  | "github-conflict"
  | "github-rate-limited"
  | "github-unavailable"
  | "github-rejected"
  | "model-unavailable"
  | "store-failed"
  | "lease-lost"
  | "internal";

export interface ErrorOptions {
  /** Who can do something about it: the person who wrote the input, or whoever runs Remit. */
  readonly audience?: "user" | "operator";
  readonly cause?: unknown;
  /** When to try again at the earliest, in milliseconds from now (rate limits). */
  readonly retryAfterMs?: number;
}

export class RemitError extends Error {
  override readonly name = "RemitError";
  readonly code: ErrorCode;
  readonly audience: "user" | "operator";
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.audience = options.audience ?? "operator";
    this.retryAfterMs = options.retryAfterMs;
  }
}
