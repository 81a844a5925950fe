/** Which lines of a text a part of its tree takes up, from 0, both included. */

import type { FieldPath } from "../catalogue/catalogue.ts";
import { lineIndex } from "../catalogue/line-index.ts";
import { at } from "../catalogue/node-access.ts";
import type { YamlNode } from "../yaml-tree.ts";

export type Lines = readonly [first: number, last: number];

/** With the key that the part stands under, and with those above that hold nothing else: without it they would hold nothing. */
export function partLines(text: string, root: YamlNode | undefined, part: FieldPath): Lines | undefined {
  const path = aloneIn(root, part);
  const node = at(root, ...path);
  if (node === undefined) return undefined;
  const last = path.at(-1);
  const holder = typeof last === "string" ? at(root, ...path.slice(0, -1)) : undefined;
  const entry = holder?.kind === "mapping" ? holder.entries.find(({ key }) => key === last) : undefined;
  return linesOf(
    text,
    entry === undefined
      ? node
      : {
          kind: "mapping",
          start: entry.keyStart,
          entries: [entry],
          anchor: undefined,
          tagged: false,
          flow: false,
        },
  );
}

function aloneIn(root: YamlNode | undefined, path: FieldPath): FieldPath {
  const above = path.slice(0, -1);
  const holder = above.length === 0 ? undefined : at(root, ...above);
  const isAlone =
    (holder?.kind === "sequence" && holder.items.length === 1) ||
    (holder?.kind === "mapping" && holder.entries.length === 1);
  return isAlone ? aloneIn(root, above) : path;
}

/** With its `---`, and with the blank lines and comments between that and its first line. */
export function documentLines(text: string, root: YamlNode | undefined): Lines | undefined {
  const lines = root && linesOf(text, root);
  if (lines === undefined) return undefined;
  const [first, last] = lines;
  const all = text.split("\n");
  let start = first;
  while (start > 0 && /^\s*(?:#.*)?$/.test(all[start - 1] ?? "")) start -= 1;
  return [start > 0 && /^---(?:\s|$)/.test(all[start - 1] ?? "") ? start - 1 : start, last];
}

function linesOf(text: string, node: YamlNode): Lines | undefined {
  let [start, end] = [Number.POSITIVE_INFINITY, -1];
  const open: YamlNode[] = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === "scalar" && next.start >= 0)
      [start, end] = [Math.min(start, next.start), Math.max(end, next.end)];
    else if (next.kind === "sequence") open.push(...next.items);
    else if (next.kind === "mapping") {
      for (const { keyStart, value } of next.entries) {
        if (keyStart >= 0) [start, end] = [Math.min(start, keyStart), Math.max(end, keyStart + 1)];
        open.push(value);
      }
    }
  }
  if (end < 0) return undefined;
  const lineAt = lineIndex(text);
  // A block scalar ends with its last line break.
  return [lineAt(start) - 1, lineAt(start + text.slice(start, end).trimEnd().length) - 1];
}
