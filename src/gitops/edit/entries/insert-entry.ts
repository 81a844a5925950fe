/** Where a new entry goes, and how it is written there. Nothing but its own bytes is added. */
import type { FieldPath } from "../../catalogue/catalogue.ts";
import type { YamlMapping, YamlNode, YamlSequence } from "../../yaml-tree.ts";
import type { EntryValue, InsertEntry, Splice } from "../edit.ts";
import { type Refusal, refusal } from "../refusal.ts";
import type { Addition } from "./addition.ts";
import { checkKey, checkValue } from "./check-value.ts";
import { entryStyle } from "./entry-style.ts";
import { fillEmpty } from "./fill-empty.ts";
import { followPath, type Way } from "./follow-path.ts";
import { insertBlockEntry, insertBlockItem } from "./insert-block.ts";
import { insertFlow } from "./insert-flow.ts";
import { Speller } from "./speller.ts";

export function insertEntry(text: string, root: YamlNode, edit: InsertEntry, json: boolean): Splice | Refusal {
  const unsafe = checkValue(edit.value) ?? firstRefusal(edit.path);
  if (unsafe !== undefined) return unsafe;
  const way = followPath(text, root, edit.path);
  if (way.outcome === "refused") return way;
  const [step, ...below] = way.missing;
  if (step === undefined) return refusal("edit-duplicate-key", "the file has this entry already");
  const value = nest(edit.value, below);
  if (value === undefined) return refusal("edit-not-found", "the path leads to an item that no list has yet");
  const style = entryStyle(text, [way.node, root], json);
  return place(way, { text, root, passed: way.passed, step, value, speller: new Speller(text, root, style) });
}

function firstRefusal(path: FieldPath): Refusal | undefined {
  for (const step of path) {
    const refused = typeof step === "string" ? checkKey(step) : undefined;
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** The value within the parents that are made for it. */
function nest(value: EntryValue, steps: FieldPath): EntryValue | undefined {
  let nested = value;
  for (const step of steps.toReversed()) {
    if (typeof step === "number" && step !== 0) return undefined;
    nested = step === 0 ? [nested] : Object.fromEntries([[step, nested]]);
  }
  return nested;
}

function place({ node }: Way, addition: Addition): Splice | Refusal {
  if (node.kind === "scalar" || node.kind === "alias") return fillEmpty(node, addition);
  if (!takes(node, addition.step)) return refusal("edit-not-found", "the path doesn't exist in this file");
  const empty = (node.kind === "mapping" ? node.entries : node.items).length === 0;
  if (empty) return fillEmpty(node, addition);
  if (node.flow) return insertFlow(node, addition);
  return node.kind === "mapping" ? insertBlockEntry(node, addition) : insertBlockItem(node, addition);
}

function takes(node: YamlMapping | YamlSequence, step: string | number): boolean {
  return node.kind === "mapping" ? typeof step === "string" : step === node.items.length;
}
