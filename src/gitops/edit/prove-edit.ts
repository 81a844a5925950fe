/** The second opinion: `yaml` reads both texts on its own and must see these values change, keep their types, and nothing else. */
import { isScalar } from "yaml";
import type { ScalarEdit } from "./edit.ts";
import { type Difference, nodeDifferences } from "./node-differences.ts";
import { readDocuments } from "./read-documents.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { valueType } from "./scalar-type.ts";

/** undefined when it is proved. Both texts must already be known not to nest deeply. */
export function proveEdit(before: string, after: string, edits: readonly ScalarEdit[]): Refusal | undefined {
  const [old, fresh] = [readDocuments(before), readDocuments(after)];
  const error = old.flatMap((document) => document.errors)[0];
  if (error?.code === "DUPLICATE_KEY") return refusal("edit-duplicate-key", "the file has a key that is written twice");
  if (error !== undefined) return refusal("edit-parse-error", "the file isn't valid YAML for the second parser");
  if (old.length !== fresh.length || fresh.some((document) => document.errors.length > 0)) return notProved();
  const differences = old.flatMap((document, index) =>
    nodeDifferences(document.contents, fresh[index]?.contents, [index]),
  );
  const expected = new Map(edits.map((edit) => [JSON.stringify([edit.document, ...edit.path]), edit]));
  const seen = differences.filter((difference) => confirms(difference, expected.get(JSON.stringify(difference.path))));
  return differences.length === expected.size && seen.length === expected.size ? undefined : notProved();
}

function notProved(): Refusal {
  return refusal("edit-not-proved", "the second parser doesn't agree that only this value changes");
}

function confirms(difference: Difference, edit: ScalarEdit | undefined): boolean {
  if (edit === undefined) return false;
  const { before, after } = difference;
  if (!isScalar(before) || !isScalar(after)) return false;
  return (
    before.source === edit.before &&
    after.source === edit.after &&
    valueType(edit.before, before.value) === valueType(edit.after, after.value)
  );
}
