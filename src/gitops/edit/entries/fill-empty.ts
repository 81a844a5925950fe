/** The first entry of a parent that has none: `env:`, `env: {}`, `env: []`, and empty braces within others. */
import type { YamlAlias, YamlMapping, YamlNode, YamlScalar, YamlSequence } from "../../yaml-tree.ts";
import type { EntryValue, Splice } from "../edit.ts";
import { type Refusal, refusal } from "../refusal.ts";
import type { Addition } from "./addition.ts";
import { insertLines } from "./change-lines.ts";
import { indentOf } from "./insert-flow.ts";
import { column, lineEnding, nextLine } from "./text-lines.ts";

export function fillEmpty(
  node: YamlScalar | YamlAlias | YamlMapping | YamlSequence,
  addition: Addition,
): Splice | Refusal {
  const { text, passed, step } = addition;
  const holder = passed.at(-1);
  if (node.kind === "alias") return refusal("edit-alias", "the path leads through an alias");
  if (node.kind === "scalar" && typeof step === "number" && step !== 0)
    return refusal("edit-not-found", "the path leads to an item that no list has yet");
  if (holder?.node.kind === "mapping" && !holder.node.flow) {
    const key = holder.node.entries[holder.index];
    const line = key === undefined ? "" : text.slice(key.keyEnd, nextLine(text, key.keyEnd));
    const match = /^[ \t]*:([ \t]*(?:\{[ \t]*\}|\[[ \t]*\])?)[ \t]*(?:#.*)?\r?\n?$/.exec(line);
    if (key !== undefined && match !== null)
      return below(key.keyEnd + line.indexOf(":") + 1, match[1] ?? "", holder.node, addition);
  }
  if (node.kind === "scalar") return refusal("edit-unsupported", "the parent is written in an uncommon way");
  return within(node, addition);
}

/** In lines of their own below the key; empty braces go. */
function below(colon: number, braces: string, holder: YamlMapping, addition: Addition): Splice | Refusal {
  const { text, speller, step } = addition;
  const indent = column(text, holder.start);
  const lines =
    typeof step === "number"
      ? speller.item(addition.value, [], indent + speller.style.dashes, 2)
      : speller.entry(step, addition.value, [], indent + speller.style.unit);
  const at = nextLine(text, colon);
  const added = insertLines(text, at, lines);
  if (braces.trim() === "") return added;
  return { start: colon, end: at, replacement: text.slice(colon + braces.length, at) + added.replacement };
}

function within(node: YamlMapping | YamlSequence, { text, root, step, value, speller }: Addition): Splice | Refusal {
  const end = text.indexOf(node.kind === "mapping" ? "}" : "]", node.start) + 1;
  if (!/^[{[]\s*[}\]]$/.test(text.slice(node.start, end)))
    return refusal("edit-unsupported", "the parent is written in an uncommon way");
  const wrapped: EntryValue = typeof step === "number" ? [value] : Object.fromEntries([[step, value]]);
  const broken = speller.style.json && isBroken(text, root);
  const written = speller.flow(wrapped, [], broken ? indentOf(text, node.start) : undefined);
  return { start: node.start, end, replacement: written.replaceAll("\n", lineEnding(text, node.start)) };
}

/** Is the document written over several lines, or nothing yet? */
function isBroken(text: string, root: YamlNode): boolean {
  if (root.kind === "alias" || root.start < 0) return false;
  const inner = root.kind === "mapping" ? root.entries[0]?.keyStart : undefined;
  return inner === undefined ? root.kind === "mapping" : text.slice(root.start, inner).includes("\n");
}
