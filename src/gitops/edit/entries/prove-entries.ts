/** The second opinion: `yaml` reads both texts on its own and must see exactly this entry come or go, with its types, and nothing else. */
import { type Document, isMap, isPair, isScalar, isSeq, type Pair, type Scalar } from "yaml";
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
  const [less, full] = [contentsOf(without), contentsOf(withIt)];
  return seqGrows(less, full, edit.document, edit.path, entry) ? undefined : notProved();
}

function contentsOf(documents: readonly Document[]): readonly unknown[] {
  return documents.map(({ contents }) => contents);
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
    if (isSeq(node)) return step === 0 && isBare(node) && node.items.length === 1 && holds(node.items[0], rest);
    if (!isMap(node) || !isBare(node)) return false;
    const [pair, ...others] = node.items;
    return pair !== undefined && others.length === 0 && isKey(pair.key, step, plainForAll) && holds(pair.value, rest);
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

function same(before: unknown, after: unknown): boolean {
  return nodeDifferences(before, after, []).length === 0;
}

/** Is `full` the same as `less`, but for the entry at the path? */
function grows(less: unknown, full: unknown, path: FieldPath, entry: Expected): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return false;
  if (isNothing(less)) return entry.holds(full, path);
  if (isMap(less) && isMap(full))
    return less.anchor === full.anchor && less.tag === full.tag && mapGrows(less.items, full.items, step, rest, entry);
  if (isSeq(less) && isSeq(full) && typeof step === "number")
    return less.anchor === full.anchor && less.tag === full.tag && seqGrows(less.items, full.items, step, rest, entry);
  return false;
}

function mapGrows(
  less: readonly Pair[],
  full: readonly Pair[],
  step: string | number,
  rest: FieldPath,
  entry: Expected,
): boolean {
  const at = full.findIndex(({ key }) => isScalar(key) && key.source === step);
  const pair = full[at];
  if (pair === undefined) return false;
  const others = full.toSpliced(at, 1);
  const old = less.length === full.length ? less[at] : undefined;
  if (old === undefined)
    return samePairs(less, others) && isKey(pair.key, step, entry.reads) && entry.holds(pair.value, rest);
  return (
    samePairs(less.toSpliced(at, 1), others) && same(old.key, pair.key) && grows(old.value, pair.value, rest, entry)
  );
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
  const old = less.length === full.length ? less[step] : undefined;
  if (old === undefined) return sameItems(less, others) && entry.holds(full[step], rest);
  return sameItems(less.toSpliced(step, 1), others) && grows(old, full[step], rest, entry);
}

function sameItems(less: readonly unknown[], others: readonly unknown[]): boolean {
  return less.length === others.length && less.every((item, index) => same(item, others[index]));
}

type Reads = (source: string, value: unknown) => boolean;

const asItReads: Reads = () => true;

/** Text without quotes, a number, a boolean: every reader must take it for the same. */
const plainForAll: Reads = (source, value) => plainType(source) === (value === null ? "null" : typeof value);

function isValue(node: unknown, value: EntryValue | undefined, reads: Reads): boolean {
  if (typeof value !== "object" || value === null) {
    if (isNothing(node)) return value === null;
    if (!isScalar(node) || !isBare(node)) return false;
    return Object.is(node.value, value) && (node.type !== "PLAIN" || reads(node.source ?? "", value));
  }
  if (isMap(node)) return !Array.isArray(value) && isBare(node) && isEntries(node.items, Object.entries(value), reads);
  return isSeq(node) && isBare(node) && Array.isArray(value) && isItems(node.items, value, reads);
}

function isEntries(pairs: readonly Pair[], entries: readonly [string, EntryValue][], reads: Reads): boolean {
  const names = entries.map(([name]) => name);
  const values = entries.map(([, value]) => value);
  return (
    pairs.length === entries.length &&
    pairs.every(({ key, value }, index) => isKey(key, names[index], reads) && isValue(value, values[index], reads))
  );
}

function isItems(items: readonly unknown[], values: readonly EntryValue[], reads: Reads): boolean {
  return items.length === values.length && items.every((item, index) => isValue(item, values[index], reads));
}

function isKey(key: unknown, name: string | number | undefined, reads: Reads): boolean {
  if (!isScalar(key) || !isBare(key)) return false;
  return key.source === name && (key.type !== "PLAIN" || reads(key.source ?? "", name));
}

/** Neither a tag nor an anchor: no value of an edit can name one. */
function isBare({ tag, anchor }: Pick<Scalar, "tag" | "anchor">): boolean {
  return tag === undefined && anchor === undefined;
}

function isNothing(node: unknown): boolean {
  return node === null || (isScalar(node) && isBare(node) && node.value === null && node.source === "");
}
