import type { FieldChange } from "../gitops/history/field-change.ts";
import { textDocument } from "../gitops/history/text-changes.ts";
import { readable } from "./readable.ts";

/** What a change did, as the rest of a sentence that begins with the commit: `changed image-tag from v1 to v2 in values.yaml`. */
export function describeChange({ field, before, after, text }: FieldChange): string {
  const file = readable(field.file);
  if (text === "comments") return `changed only comments in ${file}`;
  if (text === "unreadable") return `left ${file} in a state that can't be read`;
  if (field.document === textDocument) return `changed the text of ${file}`;
  return `changed ${field.role} from ${readable(before)} to ${readable(after)} in ${file}`;
}
