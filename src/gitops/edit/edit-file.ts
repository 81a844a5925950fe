import { isProperties } from "../catalogue/read-properties.ts";
import { writesYaml } from "../catalogue/writes-yaml.ts";
import type { EditResult, ScalarEdit } from "./edit.ts";
import { editProperties } from "./edit-properties.ts";
import { editScalars } from "./edit-scalars.ts";
import { refusal } from "./refusal.ts";

/** Changes values byte-exactly in a file of either kind: lines of `key=value`, or YAML and JSON. All edits or none. Pure. */
export function editFile(path: string, text: string, edits: readonly ScalarEdit[]): EditResult {
  if (!isProperties(path)) return editScalars(text, edits);
  if (!writesYaml(path, text)) return editProperties(path, text, edits);
  const result = editScalars(text, edits);
  // Its own readers must take the new value for what YAML takes it for, too.
  return result.outcome === "refused" || writesYaml(path, result.text)
    ? result
    : refusal("edit-unsupported", "the value holds characters that readers of such files don't agree about");
}
