import type { FieldEffect } from "./candidate.ts";
import type { FileEdit } from "./edit-files.ts";

export function asEdits(effects: readonly FieldEffect[]): readonly FileEdit[] {
  return effects.map(({ file, document, path, before, after }) => ({ file, edit: { document, path, before, after } }));
}
