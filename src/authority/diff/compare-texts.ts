/** Which values differ between two texts of one file, and what about them can't be told. Pure, and linear in the texts. */
import { readTree } from "../../gitops/catalogue/read-tree.ts";
import { applySplices } from "../../gitops/edit/apply-splices.ts";
import type { ScalarEdit } from "../../gitops/edit/edit.ts";
import type { ReasonCode } from "../../reason.ts";
import { compareDocuments } from "./compare-documents.ts";
import { DifferenceReader } from "./difference-reader.ts";
import { type ScalarDifference, setScalars } from "./set-scalars.ts";
import type { TextChange } from "./text-change.ts";
import { treeDoubts } from "./tree-doubts.ts";

export interface TextComparison {
  readonly changes: readonly TextChange[];
  /** Why the changes may not be all, or not what they seem. */
  readonly doubts: ReadonlySet<ReasonCode>;
  /** What a second parser has to agree with; undefined where there is more than values that were set. */
  readonly edits: readonly ScalarEdit[] | undefined;
}

/** A side that isn't there is undefined: then everything in the other one came or went. */
export function compareTexts(path: string, before: string | undefined, after: string | undefined): TextComparison {
  const texts = { before: before ?? "", after: after ?? "" };
  const [old, fresh] = [readTree(path, texts.before), readTree(path, texts.after)];
  if (!old.ok || !fresh.ok) {
    return unknown(isTemplate(texts) ? "edit-template" : "edit-parse-error");
  }
  if (old.documents.length + fresh.documents.length === 0) return unknown("text-not-understood");
  const doubts = new Set<ReasonCode>([...treeDoubts(old.documents), ...treeDoubts(fresh.documents)]);
  // `{{ x }}` is YAML, too: a mapping with a mapping for its key.
  if (doubts.has("edit-unsupported") && isTemplate(texts)) doubts.add("edit-template");
  const differences = compareDocuments(path, old.documents, fresh.documents);
  const reader = new DifferenceReader(texts);
  const changes = differences.map((difference) => reader.change(difference));
  const set = setScalars(differences);
  if (!changes.every(({ kind }) => kind === "value-set")) return { changes, doubts, edits: undefined };
  if (set.some(({ before, after }) => before.style === "block" || after.style === "block"))
    doubts.add("edit-block-scalar");
  // Do these values, put where the others stood, make the text after to the byte? Else something else changed, too.
  if (applySplices(texts.before, reader.splices(set)) !== texts.after) doubts.add("layout-changed");
  return { changes, doubts, edits: set.map(editOf) };
}

function isTemplate({ before, after }: { readonly before: string; readonly after: string }): boolean {
  return before.includes("{{") || after.includes("{{");
}

function unknown(doubt: ReasonCode): TextComparison {
  return { changes: [], doubts: new Set([doubt]), edits: undefined };
}

function editOf({ before, after, document, path }: ScalarDifference): ScalarEdit {
  return { document, path, before: before.value, after: after.value };
}
