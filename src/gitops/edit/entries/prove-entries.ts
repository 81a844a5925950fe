/** The second opinion: `yaml` reads both texts on its own and must see exactly this entry come or go, with its types, and nothing else. */
import { type Document, isMap, isPair, isScalar, isSeq, type Pair } from "yaml";
import type { FieldPath } from "../../catalogue/catalogue.ts";
import type { EntryValue, InsertEntry, RemoveEntry } from "../edit.ts";
import { nodeDifferences } from "../node-differences.ts";
import { readDocuments } from "../read-documents.ts";
import { type Refusal, refusal } from "../refusal.ts";
import { plainType } from "../scalar-type.ts";

/** undefined when it is proved. Both texts must already be known not to nest deeply. */
export function proveEntries(before: string, after: string, edit: InsertEntry | RemoveEntry): Refusal | undefined {
  const [old, fresh] = [readDocuments(before), readDocuments(after)];
  const error = old.flatMap((document) => document.errors)[0];
  if (error?.code === "DUPLICATE_KEY") return refusal("edit-duplicate-key", "the file has a key that is written twice");
  if (error !== undefined) return refusal("edit-parse-error", "the file isn't valid YAML for the second parser");
  if (old.length !== fresh.length || fresh.some(({ errors }) => errors.length > 0)) return notProved();
  const [without, withIt] = edit.kind === "insert" ? [old, fresh] : [fresh, old];
  const entry = edit.kind === "insert" ? inserted(edit.value) : removed(edit.before);
  return without.every((document, index) => oneEntryMore(document, withIt[index], edit, index, entry))
    ? undefined
    : notProved();
}

function notProved(): Refusal {
  return refusal("edit-not-proved", "the second parser doesn't agree that only this entry comes or goes");
}

/** What the entry must be. */
interface Expected {
  readonly reads: Reads;
  /** `made` are the steps to it from a parent that comes with it. */
  readonly holds: (node: unknown, made: FieldPath) => boolean;
}

function inserted(value: EntryValue): Expected {
  const holds: Expected["holds"] = (node, [step, ...rest]) => {
    if (step === undefined) return isValue(node, value, plainForAll);
    if (typeof step === "number") return step === 0 && isSeq(node) && one(node.items) && holds(node.items[0], rest);
    if (!isMap(node) || !one(node.items)) return false;
    const [pair] = node.items;
    return isKey(pair?.key, step, plainForAll) && holds(pair?.value, rest);
  };
  return { reads: plainForAll, holds };
}

function removed(before: RemoveEntry["before"]): Expected {
  const holds: Expected["holds"] = (node, made) => {
    if (made.length > 0) return false;
    if (typeof before !== "string") return isValue(node, before, asItReads);
    return isNothing(node) ? before === "" : isScalar(node) && node.source === before;
  };
  return { reads: asItReads, holds };
}

function oneEntryMore(
  without: Document,
  withIt: Document | undefined,
  edit: InsertEntry | RemoveEntry,
  index: number,
  entry: Expected,
): boolean {
  if (index !== edit.document) return same(without.contents, withIt?.contents);
  return grows(without.contents, withIt?.contents, edit.path, entry);
}

function same(before: unknown, after: unknown): boolean {
  return nodeDifferences(before, after, []).length === 0;
}

/** Is `full` the same as `less`, but for the entry at the path? */
function grows(less: unknown, full: unknown, path: FieldPath, entry: Expected): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return false;
  if (isNothing(less)) return entry.holds(full, path);
  if (isMap(less) && isMap(full) && typeof step === "string")
    return less.anchor === full.anchor && less.tag === full.tag && mapGrows(less.items, full.items, step, rest, entry);
  if (isSeq(less) && isSeq(full) && typeof step === "number")
    return less.anchor === full.anchor && less.tag === full.tag && seqGrows(less.items, full.items, step, rest, entry);
  return false;
}

function mapGrows(
  less: readonly Pair[],
  full: readonly Pair[],
  step: string,
  rest: FieldPath,
  entry: Expected,
): boolean {
  const at = full.findIndex(({ key }) => isKey(key, step, asItReads));
  const pair = full[at];
  if (pair === undefined) return false;
  const others = full.toSpliced(at, 1);
  if (less.length === full.length)
    return (
      samePairs(less.toSpliced(at, 1), others) &&
      same(less[at]?.key, pair.key) &&
      grows(less[at]?.value, pair.value, rest, entry)
    );
  return samePairs(less, others) && isKey(pair.key, step, entry.reads) && entry.holds(pair.value, rest);
}

function samePairs(less: readonly Pair[], others: readonly Pair[]): boolean {
  return (
    less.length === others.length &&
    less.every(
      (pair, index) =>
        isPair(others[index]) && same(pair.key, others[index].key) && same(pair.value, others[index].value),
    )
  );
}

function seqGrows(
  less: readonly unknown[],
  full: readonly unknown[],
  step: number,
  rest: FieldPath,
  entry: Expected,
): boolean {
  const others = full.toSpliced(step, 1);
  if (step >= full.length) return false;
  if (less.length === full.length)
    return sameItems(less.toSpliced(step, 1), others) && grows(less[step], full[step], rest, entry);
  return sameItems(less, others) && entry.holds(full[step], rest);
}

function sameItems(less: readonly unknown[], others: readonly unknown[]): boolean {
  return less.length === others.length && less.every((item, index) => same(item, others[index]));
}

type Reads = (source: string, value: unknown) => boolean;

const asItReads: Reads = () => true;

/** Text without quotes, a number, a boolean: every reader must take it for the same. */
const plainForAll: Reads = (source, value) => plainType(source) === (value === null ? "null" : typeof value);

function isValue(node: unknown, value: EntryValue, reads: Reads): boolean {
  if (typeof value !== "object" || value === null) {
    if (isNothing(node)) return value === null;
    if (!isScalar(node) || node.tag !== undefined || node.anchor !== undefined) return false;
    return Object.is(node.value, value) && (node.type !== "PLAIN" || reads(node.source ?? "", value));
  }
  if (isMap(node)) return !Array.isArray(value) && isEntries(node.items, Object.entries(value), reads);
  return isSeq(node) && Array.isArray(value) && isItems(node.items, value, reads);
}

function isEntries(pairs: readonly Pair[], entries: readonly [string, EntryValue][], reads: Reads): boolean {
  return (
    pairs.length === entries.length &&
    pairs.every(({ key, value }, index) => {
      const [name, child] = entries[index] ?? ["", null];
      return isKey(key, name, reads) && isValue(value, child, reads);
    })
  );
}

function isItems(items: readonly unknown[], values: readonly EntryValue[], reads: Reads): boolean {
  return items.length === values.length && items.every((item, index) => isValue(item, values[index] ?? null, reads));
}

function isKey(key: unknown, name: string, reads: Reads): boolean {
  return isScalar(key) && key.source === name && (key.type !== "PLAIN" || reads(key.source ?? "", name));
}

function one(items: readonly unknown[]): boolean {
  return items.length === 1;
}

function isNothing(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null && (node.source ?? "") === "");
}
