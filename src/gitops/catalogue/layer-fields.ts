/** Adds to a target's fields which layer wins over each, and who else writes it. */
import type { Target } from "../../target.ts";
import type { RepositoryFile } from "../repository-file.ts";
import type { Field } from "./catalogue.ts";
import type { ClaimContext } from "./document-names.ts";
import { findShadow } from "./find-shadow.ts";
import { findVariables } from "./find-variables.ts";
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
  const variables = findVariables(context);
  return fields.map((field) => {
    const [shadowedBy, others, { setBy, consumers }] = [shadow(field), writers(field), variables(field)];
    if (shadowedBy === undefined && others.length === 0 && setBy === undefined && consumers === undefined) return field;
    return {
      ...field,
      ...(setBy === undefined ? {} : { setBy }),
      ...(consumers === undefined ? {} : { consumers }),
      ...(shadowedBy === undefined ? {} : { shadowedBy }),
      ...(others.length === 0 ? {} : { writers: others }),
    };
  });
}
