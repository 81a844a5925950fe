/** A text's change as the lines that go and come: small, however long the text is, and applied to the byte. Pure. */
import { lineDiff, splitLines } from "./line-diff.ts";
import type { FileText, TextChange } from "./revert-text.ts";

export interface TextEdits {
  /** In order. */
  readonly edits: readonly LineEdit[];
  /** The file comes, or goes. */
  readonly file?: "comes" | "goes";
}

export interface LineEdit {
  /** From 0, in the text before. */
  readonly line: number;
  /** How many lines go. */
  readonly removed: number;
  /** Lines with their endings. */
  readonly added: string;
}

export function textEdits({ before, after }: TextChange): TextEdits {
  const [old, fresh] = [splitLines(before ?? ""), splitLines(after ?? "")];
  const edits = lineDiff(old, fresh).map(({ beforeStart, beforeEnd, afterStart, afterEnd }) => ({
    line: beforeStart,
    removed: beforeEnd - beforeStart,
    added: fresh.slice(afterStart, afterEnd).join(""),
  }));
  if (before === after || (before !== undefined && after !== undefined)) return { edits };
  return { edits, file: before === undefined ? "comes" : "goes" };
}

/** `before`: the text that the edits were made from. */
export function withTextEdits(before: FileText, { edits, file }: TextEdits): FileText {
  if (file === "goes" || (before === undefined && file === undefined)) return undefined;
  const lines = splitLines(before ?? "");
  const result: string[] = [];
  let from = 0;
  for (const { line, removed, added } of edits) {
    result.push(...lines.slice(from, line), added);
    from = line + removed;
  }
  return [...result, ...lines.slice(from)].join("");
}
