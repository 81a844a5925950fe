import type { Field } from "../catalogue/catalogue.ts";

/** Tells the fields of one repository apart, at any revision: where a scalar stands, not what it says. */
export function fieldKey(field: Pick<Field, "file" | "document" | "path">): string {
  return JSON.stringify([field.file, field.document, field.path]);
}
