import { isProperties } from "../catalogue/read-properties.ts";
import type { EditResult, ScalarEdit } from "./edit.ts";
import { editProperties } from "./edit-properties.ts";
import { editScalars } from "./edit-scalars.ts";

/** Changes values byte-exactly in a file of either kind: lines of `key=value`, or YAML and JSON. All edits or none. Pure. */
export function editFile(path: string, text: string, edits: readonly ScalarEdit[]): EditResult {
  return isProperties(path) ? editProperties(path, text, edits) : editScalars(text, edits);
}
