/** Where a node's text ends, from the tree's offsets and a look at the text between them. */
import type { YamlMapping, YamlNode, YamlSequence } from "../../yaml-tree.ts";
import { column, lineAt, nextLine, saysNothing } from "./text-lines.ts";

/**
 * Behind the last character that is the node's own. `from` is where to look for what isn't written: behind the key or the dash.
 * undefined where the text isn't understood.
 */
export function nodeEnd(text: string, node: YamlNode, from: number): number | undefined {
  if (node.kind === "alias") return node.end;
  if (node.kind === "scalar") {
    if (node.start < 0) return node.anchor === undefined && !node.tagged ? from : undefined;
    return node.style === "block" ? blockTextEnd(text, node.start, node.end, node.value) : node.end;
  }
  if (node.flow) return closerEnd(text, node);
  return lastEnd(text, node);
}

/** Of a block of text, empty lines at the end are its own only where they are kept. */
function blockTextEnd(text: string, start: number, end: number, value: string): number {
  const kept = /(?:^|\n)\n$/.test(value);
  return start + text.slice(start, end).replace(kept ? /\r?\n$/ : /\s+$/, "").length;
}

function closerEnd(text: string, node: YamlMapping | YamlSequence): number | undefined {
  const closer = { "{": "}", "[": "]" }[text.charAt(node.start)];
  const empty = (node.kind === "mapping" ? node.entries : node.items).length === 0;
  const from = empty ? node.start + 1 : lastEnd(text, node);
  if (from === undefined || closer === undefined) return undefined;
  const at = beyondGap(text, from);
  return text[at] === closer ? at + 1 : undefined;
}

function beyondGap(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    if (text[at] === "#" && /\s/.test(text.charAt(at - 1))) at = nextLine(text, at) - 1;
    else if (!/[\s,:]/.test(text.charAt(at))) break;
  }
  return at;
}

function lastEnd(text: string, node: YamlMapping | YamlSequence): number | undefined {
  return node.kind === "mapping"
    ? entryEnd(text, node, node.entries.length - 1)
    : itemEnd(text, node, node.items.length - 1);
}

/** Behind the value of the entry, or behind its colon where none is written. */
export function entryEnd(text: string, mapping: YamlMapping, index: number): number | undefined {
  const entry = mapping.entries[index];
  if (entry === undefined || entry.keyEnd < 0) return undefined;
  const colon = /^[ \t]*:/.exec(text.slice(entry.keyEnd, entry.keyEnd + 100))?.[0].length ?? 0;
  return nodeEnd(text, entry.value, entry.keyEnd + colon);
}

export function itemEnd(text: string, sequence: YamlSequence, index: number): number | undefined {
  const item = sequence.items[index];
  if (item === undefined) return undefined;
  if (sequence.flow || !unwritten(item)) return nodeEnd(text, item, -1);
  const dash = dashOf(text, sequence, index);
  return dash === undefined ? undefined : nodeEnd(text, item, dash + 1);
}

/** The dash of an item in a block sequence, whether anything is written behind it or not. */
export function dashOf(text: string, sequence: YamlSequence, index: number): number | undefined {
  let from = index;
  while (from > 0 && unwritten(sequence.items[from - 1])) from--;
  const before = from === 0 ? undefined : nodeEnd(text, sequence.items[from - 1] ?? sequence, -1);
  if (from > 0 && before === undefined) return undefined;
  let dash = before === undefined ? sequence.start : nextDash(text, before, sequence);
  for (; from < index && dash !== undefined; from++) dash = nextDash(text, dash, sequence);
  return dash;
}

function unwritten(node: YamlNode | undefined): boolean {
  return node?.kind === "scalar" && node.start < 0;
}

/** On the first line below with something on it. */
function nextDash(text: string, before: number, sequence: YamlSequence): number | undefined {
  let line = nextLine(text, before);
  while (line < text.length && saysNothing(lineAt(text, line))) line = nextLine(text, line);
  const dash = line + column(text, sequence.start);
  return /^ *-$/.test(text.slice(line, dash + 1)) ? dash : undefined;
}
