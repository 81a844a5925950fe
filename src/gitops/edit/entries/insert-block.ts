/** A new entry or item among others that stand in lines of their own. */
import type { YamlMapping, YamlSequence } from "../../yaml-tree.ts";
import type { Splice } from "../edit.ts";
import { type Refusal, refusal } from "../refusal.ts";
import type { Addition } from "./addition.ts";
import { insertLines } from "./change-lines.ts";
import { dashOf, entryEnd, itemEnd } from "./node-end.ts";
import { placeAmong } from "./place-among.ts";
import { isSingle, siblingsOf } from "./siblings-of.ts";
import { column, lineAt, lineStart, nextLine } from "./text-lines.ts";

export function insertBlockEntry(mapping: YamlMapping, { text, step, value, speller }: Addition): Splice | Refusal {
  const indent = column(text, mapping.start);
  const head = text.slice(mapping.start - indent, mapping.start);
  if (!/^ *(?:- +)*$/.test(head)) return refusal("edit-unsupported", "the mapping is written in an uncommon way");
  const added = { key: String(step), single: isSingle(value) };
  const index = placeAmong(siblingsOf(mapping), added, isTopFree(text, mapping));
  const lines = speller.entry(String(step), value, mapping.entries, indent);
  const spaced = isSpaced(text, mapping);
  if (index === 0) return insertLines(text, mapping.start - indent, spaced ? [...lines, ""] : lines);
  const end = entryEnd(text, mapping, index - 1);
  const at = end === undefined ? undefined : belowEntry(text, end, indent);
  if (at === undefined) return refusal("edit-unsupported", "the entry before is written in an uncommon way");
  return insertLines(text, at, spaced ? ["", ...lines] : lines);
}

/** The first line may share its line with a dash, or have a comment above it that is its own: nothing goes before these. */
function isTopFree(text: string, mapping: YamlMapping): boolean {
  const start = lineStart(text, mapping.start);
  const above = start < 2 ? "" : lineAt(text, start - 1);
  return text.slice(start, mapping.start).trim() === "" && !/^[ \t]*#/.test(above);
}

export function insertBlockItem(sequence: YamlSequence, { text, value, speller }: Addition): Splice | Refusal {
  const last = sequence.items.length - 1;
  const dash = dashOf(text, sequence, last);
  const end = itemEnd(text, sequence, last);
  const indent = column(text, sequence.start);
  const at = end === undefined ? undefined : belowEntry(text, end, indent);
  const gap = /^- +(?=\S)/.exec(dash === undefined ? "" : text.slice(dash, nextLine(text, dash)))?.[0].length ?? 2;
  if (at === undefined || !/^ *(?:- +)*$/.test(text.slice(sequence.start - indent, sequence.start)))
    return refusal("edit-unsupported", "the list is written in an uncommon way");
  return insertLines(text, at, speller.item(value, sequence.items, indent, gap));
}

/** Below the line on which the entry ends, and below the comments that are indented as parts of it. */
function belowEntry(text: string, end: number, indent: number): number {
  let at = nextLine(text, end);
  while (at < text.length && isDeeper(lineAt(text, at), indent)) at = nextLine(text, at);
  return at;
}

function isDeeper(line: string, indent: number): boolean {
  return /^ *#/.test(line) && line.indexOf("#") > indent;
}

/** Are all entries parted by an empty line? */
function isSpaced(text: string, mapping: YamlMapping): boolean {
  const keys = mapping.entries.slice(1).map(({ keyStart }) => keyStart);
  return (
    keys.length > 0 &&
    keys.every((keyStart) => {
      let line = lineStart(text, keyStart);
      while (line > 0 && /^[ \t]*#/.test(lineAt(text, line - 1))) line = lineStart(text, line - 1);
      return line > 0 && /^[ \t]*$/.test(lineAt(text, line - 1));
    })
  );
}
