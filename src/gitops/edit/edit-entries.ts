/** Adds entries, takes them away and changes values, byte-exactly, or refuses with a reason. One parser locates, another one proves. Pure. */
import { isProperties } from "../catalogue/read-properties.ts";
import { writesYaml } from "../catalogue/writes-yaml.ts";
import { parseYamlTree } from "../yaml-tree.ts";
import { applySplices } from "./apply-splices.ts";
import type { Edit, EditResult, InsertEntry, RemoveEntry, ScalarEdit, Splice } from "./edit.ts";
import { editFile } from "./edit-file.ts";
import { editPair } from "./entries/edit-pair.ts";
import { insertEntry } from "./entries/insert-entry.ts";
import { proveEntries } from "./entries/prove-entries.ts";
import { removeEntry } from "./entries/remove-entry.ts";
import { lineDiff, splitLines } from "./line-diff.ts";
import { refusal } from "./refusal.ts";

/** UTF-16 units; the same limit as for single values. */
const maxLength = 1024 * 1024;
const maxEdits = 200;

/**
 * All edits or none, one after the other: the path of each is that in the text which those before it leave. New entries are
 * written as the file writes: indentation, quotes, line endings, empty lines, commas.
 */
export function editEntries(path: string, text: string, edits: readonly Edit[]): EditResult {
  if (edits.length > maxEdits) return refusal("edit-unsupported", "there are too many edits");
  const steps = stepsOf(edits);
  let result: EditResult = { outcome: "edited", text, splices: [] };
  for (const step of steps) {
    result =
      step.entry === undefined ? editFile(path, result.text, step.values) : editEntry(path, result.text, step.entry);
    if (result.outcome === "refused") return result;
  }
  return steps.length < 2 ? result : { ...result, splices: changedLines(text, result.text) };
}

type Step =
  | { readonly entry: undefined; readonly values: readonly ScalarEdit[] }
  | { readonly entry: InsertEntry | RemoveEntry };

/** Values that follow each other are changed at once. */
function stepsOf(edits: readonly Edit[]): readonly Step[] {
  const steps: Step[] = [];
  let values: ScalarEdit[] = [];
  for (const edit of edits) {
    if (edit.kind === "insert" || edit.kind === "remove") {
      steps.push({ entry: edit });
      values = [];
    } else {
      if (values.length === 0) steps.push({ entry: undefined, values });
      values.push(edit);
    }
  }
  return steps;
}

function editEntry(path: string, text: string, edit: InsertEntry | RemoveEntry): EditResult {
  if (!isProperties(path)) return editTree(path, text, edit);
  if (!writesYaml(path, text)) return editPair(path, text, edit);
  const result = editTree(path, text, edit);
  // Its own readers must take the new line for what YAML takes it for, too.
  return result.outcome === "refused" || writesYaml(path, result.text)
    ? result
    : refusal("edit-unsupported", "the value holds characters that readers of such files don't agree about");
}

function editTree(path: string, text: string, edit: InsertEntry | RemoveEntry): EditResult {
  if (text.length > maxLength) return refusal("file-too-large", "the file is too large to be edited");
  const parsed = parseYamlTree(text);
  if (!parsed.ok) {
    if (text.includes("{{")) return refusal("edit-template", "the file is a template");
    return refusal("edit-parse-error", `the file can't be read: ${parsed.message}`);
  }
  if (/\r(?!\n)/.test(text))
    return refusal("edit-unsupported", "the file has line endings that readers don't agree about");
  const root = parsed.documents[edit.document];
  if (root === undefined) return refusal("edit-not-found", "the file has no such document");
  const splice =
    edit.kind === "insert" ? insertEntry(text, root, edit, isJson(path, text)) : removeEntry(text, root, edit);
  return "outcome" in splice ? splice : prove(text, splice, parsed.documents.length, edit);
}

function prove(text: string, splice: Splice, documents: number, edit: InsertEntry | RemoveEntry): EditResult {
  const result = applySplices(text, [splice]);
  const reread = parseYamlTree(result);
  if (!reread.ok || reread.documents.length !== documents)
    return refusal("edit-not-proved", "the edited file can't be read any more");
  return proveEntries(text, result, edit) ?? { outcome: "edited", text: result, splices: [splice] };
}

/** Strict JSON, whatever the file is called. */
function isJson(path: string, text: string): boolean {
  if (/\.json$/i.test(path)) return true;
  try {
    JSON.parse(text);
    return text.includes('"');
  } catch {
    return false;
  }
}

function changedLines(before: string, after: string): readonly Splice[] {
  const [old, fresh] = [splitLines(before), splitLines(after)];
  const offsets = [0];
  for (const line of old) offsets.push((offsets.at(-1) ?? 0) + line.length);
  return lineDiff(old, fresh).map((hunk) => ({
    start: offsets[hunk.beforeStart] ?? before.length,
    end: offsets[hunk.beforeEnd] ?? before.length,
    replacement: fresh.slice(hunk.afterStart, hunk.afterEnd).join(""),
  }));
}
