/** Rewrites an OpenAPI 3.0 schema as the plain JSON Schema that ajv reads, without prose. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

const KEPT = [
  "type",
  "enum",
  "required",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "minItems",
  "maxItems",
] as const;

/**
 * `nullable` becomes a type or an alternative, `oneOf` becomes `anyOf` (GitHub's alternatives overlap), formats and
 * descriptions go. `onRef` hears the name of each component that is referred to.
 */
export function plainSchema(schema: Json, onRef: (component: string) => void): Json {
  if (!isObject(schema)) return schema;
  const ref = schema.$ref;
  if (typeof ref === "string") {
    const name = ref.replace("#/components/schemas/", "");
    onRef(name);
    return { $ref: `#/schemas/${name}` };
  }
  const plain: Record<string, Json> = {};
  for (const key of KEPT) if (schema[key] !== undefined) plain[key] = schema[key];
  if (isObject(schema.properties)) {
    plain.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [name, plainSchema(property, onRef)]),
    );
  }
  if (schema.items !== undefined) plain.items = plainSchema(schema.items, onRef);
  if (schema.additionalProperties !== undefined) {
    plain.additionalProperties = plainSchema(schema.additionalProperties, onRef);
  }
  for (const key of ["allOf", "anyOf", "oneOf"]) {
    const alternatives = schema[key];
    if (!Array.isArray(alternatives)) continue;
    // One operation joins user and enterprise by `allOf`, nullable, where every other says "one of them".
    const either = key === "oneOf" || (key === "allOf" && schema.nullable === true && alternatives.length > 1);
    plain[either ? "anyOf" : key] = alternatives.map((item: Json) => plainSchema(item, onRef));
  }
  return schema.nullable === true ? orNull(plain) : plain;
}

function orNull(schema: Record<string, Json>): Json {
  if (typeof schema.type !== "string") return { anyOf: [schema, { type: "null" }] };
  const nullable: Record<string, Json> = { ...schema, type: [schema.type, "null"] };
  if (Array.isArray(schema.enum) && !schema.enum.includes(null)) nullable.enum = [...schema.enum, null];
  return nullable;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
