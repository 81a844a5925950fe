/** An error as a line for people. Stack traces are for operators who ask for them with REMIT_DEBUG=1. */
import { type ErrorCode, RemitError } from "../errors.ts";

export interface DescribedError {
  readonly code: ErrorCode;
  readonly message: string;
}

export function describeError(error: unknown, env: Readonly<Record<string, string | undefined>>): DescribedError {
  const code = error instanceof RemitError ? error.code : "internal";
  const message = error instanceof Error ? error.message : String(error);
  if (env.REMIT_DEBUG === "1" && error instanceof Error) return { code, message: error.stack ?? message };
  if (code !== "internal") return { code, message };
  return { code, message: `${message} (this is a fault in Remit; REMIT_DEBUG=1 shows where)` };
}
