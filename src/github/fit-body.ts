/** Makes text fit for GitHub: without secrets, and cut with a note where it is too long, in such a way that nothing opens or breaks. */
import { redact } from "../redact.ts";

/** GitHub refuses longer issues, pull requests and comments. */
export const bodyLimit = 65_536;
/** GitHub refuses longer summaries of check runs. */
export const summaryLimit = 65_535;

const note = "\n\n_Cut here: GitHub takes no longer text._\n";
const roomForClosing = note.length + 80;

/** Cuts at the end of a line and closes a code fence that is open there; a line too long for GitHub is dropped whole. */
export function fitBody(body: string, limit: number = bodyLimit): string {
  const text = redact(body);
  if (text.length <= limit) return text;
  const lastLine = text.lastIndexOf("\n", limit - roomForClosing);
  const kept = text.slice(0, Math.max(0, lastLine));
  return `${kept}${closeFence(kept)}${note}`;
}

/** By CommonMark's rules: a line that begins with a code span of three backticks opens no block. */
function closeFence(text: string): string {
  let open: string | undefined;
  for (const line of text.split("\n")) {
    const [, mark, info = ""] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line.trimEnd()) ?? [];
    if (mark === undefined) continue;
    if (open === undefined) open = mark.startsWith("`") && info.includes("`") ? undefined : mark;
    else if (mark[0] === open[0] && mark.length >= open.length && info === "") open = undefined;
  }
  return open === undefined ? "" : `\n${open}`;
}
