/** Facts at the end of a commit message, in the form that `git interpret-trailers` and `git log --format=%(trailers)` read. */
import { RemitError } from "../errors.ts";

/**
 * `Remit-Incident: checkout-production-3f2a9c1b40de`, one line each, in the given order, without a final newline.
 * Values become one line: newlines and control characters turn into spaces, so that no value can add a trailer.
 * Throws RemitError internal for a key that git wouldn't read as one.
 */
export function formatTrailers(trailers: Readonly<Record<string, string>>): string {
  return Object.entries(trailers)
    .map(([key, value]) => `${checkedKey(key)}: ${oneLine(value)}`.trimEnd())
    .join("\n");
}

/** The trailers of a message by git's own rules (no `---` divider). Of a repeated key, the last value. */
export function parseTrailers(message: string): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  let key: string | undefined;
  for (const line of trailerBlock(message.split("\n"))) {
    if (/^\s/.test(line)) {
      if (key !== undefined) result.set(key, `${result.get(key) ?? ""} ${line.trim()}`.trim());
      continue;
    }
    const separator = separatorOf(line);
    key = separator < 1 ? undefined : line.slice(0, separator).trimEnd();
    if (key === undefined) continue;
    result.delete(key);
    result.set(key, line.slice(separator + 1).trim());
  }
  return result;
}

function checkedKey(key: string): string {
  if (/^[A-Za-z0-9-]+$/.test(key)) return key;
  throw new RemitError("internal", "a trailer's key holds letters, digits and dashes only");
}

function oneLine(value: string): string {
  return value
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
}

/**
 * The last paragraph that isn't the title, if every line of it is a trailer or the continuation of one, or if it holds
 * a line that git itself writes and at least a quarter are trailers.
 */
function trailerBlock(lines: readonly string[]): readonly string[] {
  const end = lines.findLastIndex((line) => line.trim() !== "") + 1;
  const start = lines.slice(0, end).findLastIndex((line) => line.trim() === "") + 1;
  const titleEnd = lines.findIndex((line) => line.trim() === "");
  if (start === 0 || titleEnd === -1 || start <= titleEnd) return [];
  const block = lines.slice(start, end);
  const { trailers, others, recognized } = count(block);
  if (recognized ? trailers * 3 >= others : trailers > 0 && others === 0) return block;
  return [];
}

function count(block: readonly string[]): { trailers: number; others: number; recognized: boolean } {
  const total = { trailers: 0, others: 0, recognized: false };
  let inTrailer = false;
  for (const line of block) {
    if (/^\s/.test(line)) {
      if (!inTrailer) total.others++;
      continue;
    }
    const generated = /^(?:Signed-off-by: |\(cherry picked from commit )/.test(line);
    inTrailer = generated || separatorOf(line) >= 1;
    total.recognized ||= generated;
    if (inTrailer) total.trailers++;
    else total.others++;
  }
  return total;
}

/** Position of the colon, when only letters, digits, dashes and then spaces stand before it; else -1. */
function separatorOf(line: string): number {
  const match = /^[A-Za-z0-9-]+[ \t]*:/.exec(line);
  return match === null ? -1 : match[0].length - 1;
}
