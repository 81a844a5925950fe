/** The keys that a JSON Schema knows for an object: an OpenAPI description leaves objects open, where a typo would hide. */

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** Undefined when any key will do. */
export function allowedKeys(
  schema: Schema,
  schemas: Readonly<Record<string, Schema>>,
): ReadonlySet<string> | undefined {
  if (schema.$ref !== undefined) {
    const target = schemas[schema.$ref.replace("#/schemas/", "")];
    return target === undefined ? undefined : allowedKeys(target, schemas);
  }
  if (schema.additionalProperties !== undefined && schema.additionalProperties !== false) return undefined;
  const keys = new Set(Object.keys(schema.properties ?? {}));
  for (const part of [...(schema.anyOf ?? []), ...(schema.allOf ?? [])]) {
    const more = allowedKeys(part, schemas);
    // An alternative such as `null` or an array adds no keys; one that is an open object admits all.
    if (more === undefined && part.type === "object") return undefined;
    for (const key of more ?? []) keys.add(key);
  }
  return keys.size === 0 ? undefined : keys;
}
