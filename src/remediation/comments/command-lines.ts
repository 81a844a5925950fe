/** Finds the commands in a comment: lines of its plain paragraphs that begin with `/remit`. */
import markdownIt, { type Token } from "markdown-it";
import { mentionsCommand } from "../../signals/mentions-command.ts";

export interface CommandLine {
  readonly text: string;
  /** Nothing in it is emphasized, linked, quoted as code or markup: it says what it seems to say. */
  readonly plain: boolean;
}

/** GitHub takes no longer comment. UTF-16 units. */
const longestBody = 65_536;

const parser = markdownIt("commonmark");
// What stands behind a backslash stays apart from the rest.
parser.disable("text_join");

/** Code, quotes, lists, headings and HTML hold no commands, whatever stands in them. Pure. */
export function commandLines(body: string): readonly CommandLine[] {
  if (!mentionsCommand(body)) return [];
  const tokens = parser.parse(body.slice(0, longestBody), {});
  return tokens.flatMap((token, at) => {
    const opening = tokens[at - 1];
    const topmost = opening?.type === "paragraph_open" && opening.level === 0;
    return token.type === "inline" && topmost ? linesOf(token.children ?? []) : [];
  });
}

function linesOf(children: readonly Token[]): CommandLine[] {
  const lines: Token[][] = [[]];
  for (const child of children) {
    if (child.type === "softbreak" || child.type === "hardbreak") lines.push([]);
    else lines.at(-1)?.push(child);
  }
  return lines.flatMap((line) => {
    const [first] = line;
    if (first?.type !== "text" || !/^\/remit(?:\s|$)/.test(first.content)) return [];
    return [{ text: line.map(({ content }) => content).join(""), plain: line.every(({ type }) => type === "text") }];
  });
}
