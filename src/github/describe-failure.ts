import { redact } from "../redact.ts";

/** One line for an error message: what Remit was about and what came back, without secrets and not endless. */
export function describeFailure(doing: string, message: string): string {
  return `couldn't ${doing}: GitHub answered ${cleanMessage(message)}`;
}

export function cleanMessage(message: string): string {
  return redact(message)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .slice(0, 400);
}
