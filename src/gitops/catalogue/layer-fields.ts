/** Adds to a target's fields which layer wins over each, and who else writes it. */
import type { Target } from "../../target.ts";
import type { RepositoryFile } from "../repository-file.ts";
import type { Field } from "./catalogue.ts";
import type { ClaimContext } from "./document-names.ts";
import { findShadow } from "./find-shadow.ts";
import { findWriters } from "./find-writers.ts";

export interface LayerContext {
  readonly target: Target;
  /** The target's own files. */
  readonly files: ReadonlySet<string>;
  readonly texts: ReadonlyMap<string, RepositoryFile>;
  readonly context: ClaimContext;
}

export function layerFields(fields: readonly Field[], context: LayerContext): readonly Field[] {
  const shadow = findShadow(fields, context);
  const writers = findWriters(fields, context);
  return fields.map((field) => {
    const [shadowedBy, others] = [shadow(field), writers(field)];
    if (shadowedBy === undefined && others.length === 0) return field;
    return {
      ...field,
      ...(shadowedBy === undefined ? {} : { shadowedBy }),
      ...(others.length === 0 ? {} : { writers: others }),
    };
  });
}
