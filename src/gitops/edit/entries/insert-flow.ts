/** A new entry or item between braces or brackets that hold others: JSON, and YAML that is written like it. */
import type { YamlMapping, YamlSequence } from "../../yaml-tree.ts";
import type { Splice } from "../edit.ts";
import { type Refusal, refusal } from "../refusal.ts";
import type { Addition } from "./addition.ts";
import { flowParts } from "./flow-parts.ts";
import { placeAmong } from "./place-among.ts";
import { isSingle, siblingsOf } from "./siblings-of.ts";
import { lineAt, lineEnding } from "./text-lines.ts";

export function insertFlow(node: YamlMapping | YamlSequence, addition: Addition): Splice | Refusal {
  const { text, step } = addition;
  const parts = flowParts(text, node);
  if (parts === undefined) return refusal("edit-unsupported", "what stands between the braces can't be told apart");
  const added = { key: String(step), single: isSingle(addition.value) };
  const index = node.kind === "sequence" ? parts.length : placeAmong(siblingsOf(node), added, true);
  const written = write(node, addition).replaceAll("\n", lineEnding(text, node.start));
  const separator = separatorOf(text, node, parts, addition.speller.comma);
  const [before, after] = [parts[index - 1], parts[index]];
  if (after !== undefined) return { start: after[0], end: after[0], replacement: written + separator };
  const at = before?.[1] ?? node.start + 1;
  return { start: at, end: at, replacement: separator + written };
}

function write(node: YamlMapping | YamlSequence, { text, step, value, speller }: Addition): string {
  const indent = isBroken(text, node) ? indentOf(text, firstStart(node)) : undefined;
  if (node.kind === "sequence") return speller.flow(value, node.items, indent);
  const key = speller.key(String(step), node.entries, true);
  return (
    key +
    speller.style.colon +
    speller.flow(
      value,
      node.entries.map((entry) => entry.value),
      indent,
    )
  );
}

/** As between the last two; a single one tells by its distance from the brace. */
function separatorOf(
  text: string,
  node: YamlMapping | YamlSequence,
  parts: readonly (readonly [number, number])[],
  comma: string,
): string {
  const [last, before] = [parts.at(-1), parts.at(-2)];
  if (last === undefined) return "";
  if (before !== undefined) return text.slice(before[1], last[0]);
  const gap = text.slice(node.start + 1, last[0]);
  return gap.includes("\n") ? `,${gap}` : comma;
}

/** Is it written over several lines? */
function isBroken(text: string, node: YamlMapping | YamlSequence): boolean {
  return text.slice(node.start, firstStart(node)).includes("\n");
}

function firstStart(node: YamlMapping | YamlSequence): number {
  if (node.kind === "mapping") return node.entries[0]?.keyStart ?? node.start;
  const [first] = node.items;
  return first === undefined || first.kind === "alias" ? node.start : first.start;
}

export function indentOf(text: string, offset: number): number {
  return /^ */.exec(lineAt(text, offset))?.[0].length ?? 0;
}
