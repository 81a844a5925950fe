/** The second opinion: `yaml` reads both texts on its own and must see these values change, keep their types, and nothing else. */
import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair, parseAllDocuments } from "yaml";
import type { ScalarEdit } from "./edit.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { valueType } from "./scalar-type.ts";

/** undefined when it is proved. Both texts must already be known not to nest deeply. */
export function proveEdit(before: string, after: string, edits: readonly ScalarEdit[]): Refusal | undefined {
  const [old, fresh] = [readAll(before), readAll(after)];
  const error = old.flatMap((document) => document.errors)[0];
  if (error?.code === "DUPLICATE_KEY") return refusal("edit-duplicate-key", "the file has a key that is written twice");
  if (error !== undefined) return refusal("edit-parse-error", "the file isn't valid YAML for the second parser");
  if (old.length !== fresh.length || fresh.some((document) => document.errors.length > 0)) return notProved();
  const differences: Difference[] = [];
  for (const [index, document] of old.entries())
    compare(document.contents, fresh[index]?.contents, [index], differences);
  const expected = new Map(edits.map((edit) => [JSON.stringify([edit.document, ...edit.path]), edit]));
  const seen = differences.filter((difference) => confirms(difference, expected.get(JSON.stringify(difference.path))));
  return differences.length === expected.size && seen.length === expected.size ? undefined : notProved();
}

function notProved(): Refusal {
  return refusal("edit-not-proved", "the second parser doesn't agree that only this value changes");
}

function readAll(text: string): readonly Document[] {
  const documents = parseAllDocuments(text, { uniqueKeys: true, keepSourceTokens: false, logLevel: "silent" });
  return "empty" in documents ? [] : documents;
}

interface Difference {
  readonly path: readonly (string | number)[];
  readonly before: unknown;
  readonly after: unknown;
}

function confirms(difference: Difference, edit: ScalarEdit | undefined): boolean {
  if (edit === undefined) return false;
  const { before, after } = difference;
  if (!isScalar(before) || !isScalar(after)) return false;
  return (
    textOf(before) === edit.before &&
    textOf(after) === edit.after &&
    valueType(edit.before, before.value) === valueType(edit.after, after.value)
  );
}

/** A plain number's or boolean's value as it is written. */
function textOf(scalar: { readonly value: unknown; readonly source?: string | undefined }): string | undefined {
  return typeof scalar.value === "string" ? scalar.value : scalar.source;
}

type Any = Node | Pair | null | undefined | unknown;

function compare(before: Any, after: Any, path: readonly (string | number)[], into: Difference[]): void {
  if (isScalar(before) && isScalar(after)) {
    const same = Object.is(before.value, after.value) && before.source === after.source;
    if (!same || before.tag !== after.tag || before.anchor !== after.anchor) into.push({ path, before, after });
  } else if (
    isMap(before) &&
    isMap(after) &&
    before.items.length === after.items.length &&
    before.anchor === after.anchor
  ) {
    for (const [index, pair] of before.items.entries()) comparePair(pair, after.items[index], path, into);
  } else if (
    isSeq(before) &&
    isSeq(after) &&
    before.items.length === after.items.length &&
    before.anchor === after.anchor
  ) {
    for (const [index, item] of before.items.entries()) compare(item, after.items[index], [...path, index], into);
  } else if (isAlias(before) && isAlias(after) && before.source === after.source) return;
  else if (!(isNothing(before) && isNothing(after))) into.push({ path, before, after });
}

function comparePair(before: Pair, after: unknown, path: readonly (string | number)[], into: Difference[]): void {
  if (!isPair(after)) into.push({ path, before, after });
  else {
    // A key that changes shows at a path that no edit can name.
    compare(before.key, after.key, [...path, -1], into);
    const key = isScalar(before.key) ? textOf(before.key) : undefined;
    compare(before.value, after.value, [...path, key ?? -1], into);
  }
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}
