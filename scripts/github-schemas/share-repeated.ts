/** Gives every long schema that is written out more than once a name of its own, so that the extract stays small. */
import { createHash } from "node:crypto";
import { isObject, type Json } from "./plain-schema.ts";
import type { RestSubset } from "./rest-subset.ts";

const LONG = 160;

export function shareRepeated(subset: RestSubset): RestSubset {
  const counts = new Map<string, number>();
  const plainOperations: Json = JSON.parse(JSON.stringify(subset.operations));
  visit({ operations: plainOperations, schemas: subset.schemas }, (schema) => {
    const text = JSON.stringify(schema);
    if (text.length > LONG) counts.set(text, (counts.get(text) ?? 0) + 1);
  });
  const shared: Record<string, Json> = {};
  const replace = (value: Json, top: boolean): Json => {
    if (Array.isArray(value)) return value.map((item: Json) => replace(item, false));
    if (!isObject(value)) return value;
    const text = JSON.stringify(value);
    if (!top && isSchema(value) && (counts.get(text) ?? 0) > 1) {
      const name = `shared-${createHash("sha256").update(text).digest("hex").slice(0, 8)}`;
      shared[name] ??= replace(value, true);
      return { $ref: `#/schemas/${name}` };
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item, false)]));
  };
  const operations: RestSubset["operations"] = JSON.parse(JSON.stringify(replace(plainOperations, false)));
  const schemas = Object.fromEntries(
    Object.entries(subset.schemas).map(([name, schema]) => [name, replace(schema, true)]),
  );
  return { ...subset, operations, schemas: { ...schemas, ...shared } };
}

function visit(value: Json, onSchema: (schema: Json) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, onSchema);
  if (!isObject(value)) return;
  if (isSchema(value)) onSchema(value);
  for (const item of Object.values(value)) visit(item, onSchema);
}

function isSchema(value: { readonly [key: string]: Json }): boolean {
  return typeof value.type === "string" || Array.isArray(value.type) || Array.isArray(value.anyOf);
}
