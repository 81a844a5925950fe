/** Where lines of a text begin and end. Offsets are UTF-16 units; a byte order mark belongs to no line. */

export function lineStart(text: string, offset: number): number {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return start === 0 && text.startsWith("\ufeff") ? 1 : start;
}

/** Behind the line's ending, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const feed = text.indexOf("\n", offset);
  return feed < 0 ? text.length : feed + 1;
}

/** Without the line's ending. */
export function lineAt(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), nextLine(text, offset)).replace(/\r?\n$/, "");
}

export function column(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** The ending of the line there or, where the text ends, of the line before. */
export function lineEnding(text: string, offset: number): "\n" | "\r\n" {
  const next = text.indexOf("\n", offset);
  const feed = next < 0 ? text.lastIndexOf("\n") : next;
  return text[feed - 1] === "\r" ? "\r\n" : "\n";
}

/** Blank, or nothing but a comment. */
export function saysNothing(line: string): boolean {
  return /^[ \t]*(?:#.*)?$/.test(line);
}
