/** What goes with an entry: the lines that are its own, or its part between braces. */
import type { YamlMapping, YamlNode, YamlSequence } from "../../yaml-tree.ts";
import type { EntryValue, RemoveEntry, Splice } from "../edit.ts";
import { type Refusal, refusal } from "../refusal.ts";
import { cutLines } from "./change-lines.ts";
import { nodesOf } from "./entry-style.ts";
import { flowParts } from "./flow-parts.ts";
import { followPath, type Passed } from "./follow-path.ts";
import { dashOf, entryEnd, itemEnd } from "./node-end.ts";
import { column, lineAt, lineStart, nextLine } from "./text-lines.ts";

export function removeEntry(text: string, root: YamlNode, edit: RemoveEntry): Splice | Refusal {
  const way = followPath(text, root, edit.path);
  if (way.outcome === "refused") return way;
  const last = way.passed.at(-1);
  if (way.missing.length > 0 || last === undefined)
    return refusal("edit-not-found", "the path doesn't exist in this file");
  const { node } = way;
  if ([...nodesOf(node)].some((each) => each.kind === "alias" || each.anchor !== undefined))
    return refusal("edit-alias", "the entry is or holds an alias, or what an alias may repeat");
  if (node.kind === "scalar" && node.style === "block")
    return refusal("edit-block-scalar", "the value is a block of text");
  if (node.kind === "scalar" && node.value.includes("{{")) return refusal("edit-template", "the value is a template");
  if (!holds(node, edit.before)) return refusal("value-drifted", "the file holds another value than expected");
  if (partsOf(last.node) === 1) return refusal("edit-unsupported", "nothing would be left of the parent");
  return (last.node.flow ? removeFlow(text, last) : removeBlock(text, last)) ?? uncommon;
}

const uncommon = refusal("edit-unsupported", "the entry shares its lines with something else");

function partsOf(node: YamlMapping | YamlSequence): number {
  return node.kind === "mapping" ? node.entries.length : node.items.length;
}

/** As it reads, without its types: those are for the proof. */
function holds(node: YamlNode, value: EntryValue): boolean {
  if (typeof value !== "object" || value === null)
    return node.kind === "scalar" && (node.value === String(value) || (value === null && /^~?$/.test(node.value)));
  if (Array.isArray(value))
    return (
      node.kind === "sequence" &&
      node.items.length === value.length &&
      node.items.every((item, at) => holds(item, value[at]))
    );
  const entries = Object.entries(value);
  return (
    node.kind === "mapping" &&
    node.entries.length === entries.length &&
    node.entries.every(
      ({ key, value: child }, at) => key === entries[at]?.[0] && holds(child, entries[at]?.[1] ?? null),
    )
  );
}

function removeFlow(text: string, { node, index }: Passed): Splice | undefined {
  const parts = flowParts(text, node);
  const [before, own, after] = [parts?.[index - 1], parts?.[index], parts?.[index + 1]];
  if (own === undefined) return undefined;
  if (before !== undefined) return { start: before[1], end: own[1], replacement: "" };
  return after === undefined ? undefined : { start: own[0], end: after[0], replacement: "" };
}

function removeBlock(text: string, { node, index }: Passed): Splice | undefined {
  const start = startOf(text, node, index);
  const end = endOf(text, node, index);
  if (start === undefined || end === undefined || start < 0) return undefined;
  if (hasOwnComments(text, start, end, column(text, node.start))) return undefined;
  const from = lineStart(text, start);
  const below = nextLine(text, end);
  if (/^ *$/.test(text.slice(from, start))) return wholeLines(text, from, below, { node, index });
  const next = startOf(text, node, index + 1);
  return next === undefined ? undefined : beforeNext(text, start, below, next);
}

function startOf(text: string, node: YamlMapping | YamlSequence, index: number): number | undefined {
  return node.kind === "mapping" ? node.entries[index]?.keyStart : dashOf(text, node, index);
}

function endOf(text: string, node: YamlMapping | YamlSequence, index: number): number | undefined {
  return node.kind === "mapping" ? entryEnd(text, node, index) : itemEnd(text, node, index);
}

/** Lines that are nothing but a comment within the entry, or below it and indented as a part of it: nobody said that they may go. */
function hasOwnComments(text: string, start: number, end: number, indent: number): boolean {
  for (let at = nextLine(text, start); at < text.length; at = nextLine(text, at)) {
    const comment = /^ *#/.exec(lineAt(text, at));
    if (at > end && (comment === null || comment[0].length - 1 <= indent)) return false;
    if (comment !== null) return true;
  }
  return false;
}

/** The first entry behind a dash: the next one moves up to where it stood. */
function beforeNext(text: string, start: number, below: number, next: number): Splice | undefined {
  return /^\s*$/.test(text.slice(below, next)) ? { start, end: next, replacement: "" } : undefined;
}

/** Of two empty lines that would meet, or of one that would stand at an end of the block, one goes too. */
function wholeLines(text: string, from: number, to: number, { node, index }: Passed): Splice {
  const before = index === 0 ? undefined : endOf(text, node, index - 1);
  // An empty line that a block of text keeps is a part of it.
  const above = isBlank(text, from - 1) && (before === undefined || nextLine(text, before) < from);
  const below = to < text.length && isBlank(text, to);
  if (above && (below || index === partsOf(node) - 1)) return cutLines(text, lineStart(text, from - 1), to);
  if (below && index === 0) return cutLines(text, from, nextLine(text, to));
  return cutLines(text, from, to);
}

function isBlank(text: string, offset: number): boolean {
  return offset > 0 && /^[ \t]*$/.test(lineAt(text, offset));
}
