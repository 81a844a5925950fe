/** The keys that remit.yaml may have at a place, for suggestions. */
import { z } from "zod";
import { fileSchema } from "./file-schema.ts";

/** Empty where the schema knows no mapping. */
export function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: z.core.JSONSchema._JSONSchema | undefined = z.toJSONSchema(fileSchema);
  for (const key of path) schema = step(schema, key);
  return typeof schema === "object" ? Object.keys(schema.properties ?? {}) : [];
}

function step(schema: z.core.JSONSchema._JSONSchema | undefined, key: PropertyKey) {
  if (typeof schema !== "object") return undefined;
  if (typeof key !== "number") return schema.properties?.[String(key)];
  return Array.isArray(schema.items) ? undefined : schema.items;
}
