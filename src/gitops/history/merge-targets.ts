import type { Target } from "../../target.ts";
import type { CatalogueTarget, Field, Scope } from "../catalogue/catalogue.ts";
import { fieldKey } from "../catalogue/field-key.ts";

/** Several targets of one service as one: all of their fields and parts, each once. A field that counts in one of them counts. */
export function mergeTargets(target: Target, entries: readonly CatalogueTarget[]): CatalogueTarget {
  const [only, ...others] = entries;
  if (only !== undefined && others.length === 0) return only;
  const fields = new Map<string, Field>();
  const scopes = new Map<string, Scope>();
  for (const entry of entries) {
    for (const field of entry.fields) {
      const known = fields.get(fieldKey(field));
      if (known === undefined || known.shadowedBy !== undefined) fields.set(fieldKey(field), field);
    }
    for (const scope of entry.scopes ?? []) scopes.set(fieldKey(scope), scope);
  }
  return { target, fields: [...fields.values()], scopes: [...scopes.values()] };
}
