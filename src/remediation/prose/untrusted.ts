/**
 * Text that others wrote, made harmless for GitHub's Markdown: it appears inside code only, where nothing is a mention, a
 * link, an image, a reference or HTML, and it can't end the code that holds it.
 */

/** Longest piece of foreign text that is quoted, in UTF-16 units. */
export const quoteLimit = 2_048;
const inlineLimit = 200;

/** Control characters, text direction, private use, and whatever shows nothing: zero-width characters, tags, variation selectors. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu;

/** One line without anything invisible, cut with `…`. */
export function cleanLine(text: string, limit: number = inlineLimit): string {
  return cut(
    text
      .toWellFormed()
      .replace(/[\s\u2028\u2029]+/gu, " ")
      .replace(invisible, "")
      .replace(/ {2,}/g, " ")
      .trim(),
    limit,
  );
}

/** Lines without anything invisible but tabs, cut with a note. */
export function cleanBlock(text: string, limit: number = quoteLimit): string {
  const lines = text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n")
    .split("\n")
    .map((line) =>
      line
        .split("\t")
        .map((part) => part.replace(invisible, ""))
        .join("\t"),
    );
  return cut(lines.join("\n"), limit);
}

/** A code span on one line. Never empty. */
export function inlineCode(text: string, limit: number = inlineLimit): string {
  const line = cleanLine(text, limit);
  if (line === "") return "(empty)";
  const fence = "`".repeat(longestRun(line) + 1);
  const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A fenced block. `language` is ours, such as `diff`. */
export function fence(text: string, language: string = "", limit: number = quoteLimit): string {
  const block = cleanBlock(text, limit).replace(/\n+$/, "");
  const mark = "`".repeat(Math.max(3, longestRun(block) + 1));
  return `${mark}${language}\n${block}\n${mark}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** Never between the halves of a character. */
function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
