/** Whole lines come and go; a text without a final line ending stays without one. */
import type { Splice } from "../edit.ts";
import { lineEnding } from "./text-lines.ts";

/** `at`: where a line begins, or the end of the text. */
export function insertLines(text: string, at: number, lines: readonly string[]): Splice {
  const ending = lineEnding(text, at);
  const onItsOwn = at === 0 || text[at - 1] === "\n" || text[at - 1] === "\ufeff";
  const block = lines.join(ending);
  return { start: at, end: at, replacement: onItsOwn ? block + ending : ending + block };
}

/** From where a line begins to where another one does, or to the end of the text. */
export function cutLines(text: string, from: number, to: number): Splice {
  const ended = to < text.length || text.endsWith("\n") || from === 0;
  const start = ended ? from : from - (text.slice(0, from).endsWith("\r\n") ? 2 : 1);
  return { start, end: to, replacement: "" };
}
