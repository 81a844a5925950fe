import type { YamlMapping, YamlSequence } from "../../yaml-tree.ts";
import { entryEnd, nodeEnd } from "./node-end.ts";

/** Start and end of what stands between braces or brackets; undefined where more than commas and space is between them. */
export function flowParts(
  text: string,
  node: YamlMapping | YamlSequence,
): readonly (readonly [start: number, end: number])[] | undefined {
  const parts: [number, number][] = [];
  let at = node.start + 1;
  for (const index of (node.kind === "mapping" ? node.entries : node.items).keys()) {
    const part = node.kind === "mapping" ? entryPart(text, node, index) : itemPart(text, node, index);
    if (part === undefined || !between(text.slice(at, part[0]), index === 0)) return undefined;
    parts.push(part);
    at = part[1];
  }
  const end = nodeEnd(text, node, -1);
  return end !== undefined && /^\s*,?\s*[}\]]$/.test(text.slice(at, end)) ? parts : undefined;
}

function between(gap: string, first: boolean): boolean {
  return first ? /^\s*$/.test(gap) : /^\s*,\s*$/.test(gap);
}

function entryPart(text: string, mapping: YamlMapping, index: number): [number, number] | undefined {
  const end = entryEnd(text, mapping, index);
  const start = mapping.entries[index]?.keyStart ?? -1;
  return end === undefined || start < 0 ? undefined : [start, end];
}

function itemPart(text: string, { items }: YamlSequence, index: number): [number, number] | undefined {
  const item = items[index];
  if (item === undefined || item.kind === "alias" || item.start < 0) return undefined;
  const end = nodeEnd(text, item, -1);
  return end === undefined ? undefined : [item.start, end];
}
