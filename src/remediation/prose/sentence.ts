/** A sentence of ours that holds names from the repository: words that Markdown or GitHub could take for markup stand as code. */
import { cleanLine, inlineCode } from "./untrusted.ts";

const sentenceLimit = 1_000;
/** Everything in ASCII that may begin markup, a mention or a reference. */
const special = /[`*_[\]<>&\\~|#@${}^]/;
const linkLike = /:\/\/|www\.|\bgh-\d|(?<!\d):[\w+-]+:/i;
/** At the start of a line these would begin a list, a heading or a rule. */
const lineStart = /^(?:[-+=]+|\d+[.)])$/;

export function sentence(text: string): string {
  return cleanLine(text, sentenceLimit)
    .split(" ")
    .map((word, index) => (isPlain(word, index === 0) ? word : inlineCode(word, sentenceLimit)))
    .join(" ");
}

/** The same for a cell of a table, where even code can't hold a bar. */
export function tableCell(text: string): string {
  return sentence(text.replaceAll("|", "¦"));
}

function isPlain(word: string, isFirst: boolean): boolean {
  return !special.test(word) && !linkLike.test(word) && !(isFirst && lineStart.test(word));
}
