import { RemitError } from "./errors.ts";

const refusals: ReadonlySet<string> = new Set(["github-rejected", "github-forbidden"]);

/** GitHub doesn't take this write, as a comment on a locked conversation: no later attempt helps. */
export function isRefusal(error: unknown): boolean {
  return error instanceof RemitError && refusals.has(error.code);
}
