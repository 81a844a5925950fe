/** How a file writes: the steps of its indentation, and the air in its braces. What stands nearest counts first. */
import type { YamlMapping, YamlNode } from "../../yaml-tree.ts";
import { column } from "./text-lines.ts";

export interface EntryStyle {
  /** Strict JSON: every text and every key in double quotes. */
  readonly json: boolean;
  /** Columns from a mapping to the mapping below it. */
  readonly unit: number;
  /** Columns from a mapping to the dashes of a sequence below it; 0 where they are flush. */
  readonly dashes: number;
  /** Between a brace and what it holds, on one line. */
  readonly braces: string;
  readonly brackets: string;
  /** Behind a key between braces. */
  readonly colon: ":" | ": ";
}

/** `places`: from the nearest part of the document to the whole of it. */
export function entryStyle(text: string, places: readonly YamlNode[], json: boolean): EntryStyle {
  const first = <T>(find: (node: YamlNode) => T | undefined): T | undefined => {
    for (const place of places) {
      for (const node of nodesOf(place)) {
        const found = find(node);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
  const unit =
    first((node) => step(text, node, "mapping")) ?? (json ? first((node) => brokenStep(text, node)) : undefined);
  return {
    json,
    unit: unit || 2,
    dashes: first((node) => step(text, node, "sequence")) ?? (unit || 2),
    braces: first((node) => air(text, node, "mapping")) ?? "",
    brackets: first((node) => air(text, node, "sequence")) ?? "",
    colon: (json ? first((node) => colonOf(text, node)) : undefined) ?? ": ",
  };
}

/** The node and everything below it, in the order of the text. */
export function* nodesOf(root: YamlNode): Generator<YamlNode> {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    if (node.kind === "sequence") open.push(...node.items.toReversed());
    else if (node.kind === "mapping") open.push(...node.entries.map(({ value }) => value).toReversed());
  }
}

function step(text: string, node: YamlNode, kind: "mapping" | "sequence"): number | undefined {
  if (node.kind !== "mapping" || node.flow) return undefined;
  const below = node.entries.find(({ value }) => value.kind === kind && !value.flow)?.value;
  return below?.kind === kind ? Math.max(0, column(text, below.start) - column(text, node.start)) : undefined;
}

/** The step of a mapping in braces that is written over several lines. */
function brokenStep(text: string, node: YamlNode): number | undefined {
  if (node.kind !== "mapping" || !node.flow) return undefined;
  const key = node.entries[0]?.keyStart ?? -1;
  if (key < 0 || !text.slice(node.start, key).includes("\n")) return undefined;
  return column(text, key) - indentation(text, node);
}

/** Columns before the line on which the mapping begins says something. */
function indentation(text: string, node: YamlMapping): number {
  const before = text.slice(node.start - column(text, node.start), node.start);
  return before.length - before.trimStart().length;
}

function air(text: string, node: YamlNode, kind: "mapping" | "sequence"): string | undefined {
  if (node.kind !== kind || !node.flow || (node.kind === "mapping" ? node.entries : node.items).length === 0)
    return undefined;
  const gap = /^[{[]( ?)[^\s]/.exec(text.slice(node.start, node.start + 3));
  return gap?.[1];
}

function colonOf(text: string, node: YamlNode): ":" | ": " | undefined {
  const first = node.kind === "mapping" ? node.entries[0] : undefined;
  if (first === undefined) return undefined;
  return /^ ?: /.test(text.slice(first.keyEnd, first.keyEnd + 3)) ? ": " : ":";
}
