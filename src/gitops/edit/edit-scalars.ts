/** Changes scalars byte-exactly, or refuses with a reason. One parser locates, another one proves. Pure. */
import { parseYamlTree, type YamlNode } from "../yaml-tree.ts";
import { applySplices } from "./apply-splices.ts";
import type { EditResult, ScalarEdit, Splice } from "./edit.ts";
import { locateScalar } from "./locate-scalar.ts";
import { proveEdit } from "./prove-edit.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { writeScalar } from "./write-scalar.ts";

/** Longer files are no configuration that a person reviews. UTF-16 units. */
const maxLength = 1024 * 1024;

/**
 * All edits or none. YAML and JSON; several documents, comments, CRLF, a byte order mark and the lack of a final newline stay
 * as they are. Two edits of one scalar are refused.
 */
export function editScalars(text: string, edits: readonly ScalarEdit[]): EditResult {
  if (text.length > maxLength) return refusal("file-too-large", "the file is too large to be edited");
  const parsed = parseYamlTree(text);
  if (!parsed.ok) {
    if (text.includes("{{")) return refusal("edit-template", "the file is a template");
    return refusal("edit-parse-error", `the file can't be read: ${parsed.message}`);
  }
  const splices: Splice[] = [];
  for (const edit of edits) {
    const splice = spliceFor(text, parsed.documents, edit);
    if ("outcome" in splice) return splice;
    splices.push(splice);
  }
  splices.sort((a, b) => a.start - b.start);
  if (splices.some((splice, index) => splice.start < (splices[index - 1]?.end ?? 0)))
    return refusal("edit-unsupported", "two edits concern the same value");
  const result = applySplices(text, splices);
  const reread = parseYamlTree(result);
  if (!reread.ok || reread.documents.length !== parsed.documents.length)
    return refusal("edit-not-proved", "the edited file can't be read any more");
  const changing = edits.filter((edit) => edit.before !== edit.after);
  return proveEdit(text, result, changing) ?? { outcome: "edited", text: result, splices };
}

function spliceFor(text: string, documents: readonly YamlNode[], edit: ScalarEdit): Splice | Refusal {
  const root = documents[edit.document];
  if (root === undefined) return refusal("edit-not-found", "the file has no such document");
  const located = locateScalar(root, edit.path);
  if (located.outcome === "refused") return located;
  const { scalar } = located;
  if (scalar.value.includes("{{")) return refusal("edit-template", "the value is a template");
  if (/[\r\n]/.test(text.slice(scalar.start, scalar.end)))
    return refusal("edit-unsupported", "the value is written over several lines");
  if (scalar.value !== edit.before) return refusal("value-drifted", "the file holds another value than expected");
  const spelled = text.slice(scalar.start, scalar.end);
  const written =
    edit.before === edit.after ? { outcome: "written" as const, text: spelled } : writeScalar(located, edit.after);
  if (written.outcome === "refused") return written;
  return { start: scalar.start, end: scalar.end, replacement: written.text };
}
