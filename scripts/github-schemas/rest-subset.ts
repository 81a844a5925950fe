/** Cuts GitHub's OpenAPI description down to some operations and webhooks, and to the schemas that these refer to. */
import { isObject, type Json, type JsonObject, plainSchema } from "./plain-schema.ts";

/** The extracted description, as the stand-in loads it. Schema references read `#/schemas/<name>`. */
export interface RestSubset {
  readonly source: string;
  readonly operations: readonly {
    readonly id: string;
    readonly method: string;
    readonly path: string;
    readonly parameters: readonly {
      readonly name: string;
      readonly in: string;
      readonly required: boolean;
      readonly schema: Json;
    }[];
    /** Schema of the JSON body, null when there is none. */
    readonly body: Json;
    readonly bodyRequired: boolean;
    /** Schema by status; null for an answer without a body. */
    readonly responses: JsonObject;
  }[];
  readonly webhooks: JsonObject;
  readonly schemas: JsonObject;
}

/** Throws on an operation or webhook that the description lacks. */
export function restSubset(
  description: JsonObject,
  source: string,
  operationIds: readonly string[],
  webhookNames: readonly string[],
): RestSubset {
  const components = object(description.components);
  const needed = new Set<string>();
  const plain = (schema: Json | undefined): Json =>
    schema === undefined ? null : plainSchema(schema, (name) => needed.add(name));
  const resolved = (value: Json): JsonObject => resolve(components, value);

  const known = byId(description);
  const operations = operationIds.map((id) => {
    const found = known.get(id);
    if (found === undefined) throw new Error(`GitHub's description has no operation ${id}`);
    const { method, path, operation } = found;
    const body = operation.requestBody === undefined ? undefined : resolved(operation.requestBody);
    return {
      id,
      method,
      path,
      parameters: array(operation.parameters).map((item) => {
        const parameter = resolved(item);
        return {
          name: String(parameter.name),
          in: String(parameter.in),
          required: parameter.required === true,
          schema: plain(parameter.schema),
        };
      }),
      body: plain(body === undefined ? undefined : jsonContent(body)),
      bodyRequired: body?.required === true,
      responses: Object.fromEntries(
        Object.entries(object(operation.responses)).map(([status, response]) => [
          status,
          plain(jsonContent(resolved(response))),
        ]),
      ),
    };
  });

  const described = object(description["x-webhooks"]);
  const webhooks = Object.fromEntries(
    webhookNames.map((name) => {
      const hook = described[name];
      if (hook === undefined) throw new Error(`GitHub's description has no webhook ${name}`);
      return [name, plain(jsonContent(object(object(object(hook).post).requestBody)))];
    }),
  );
  return { source, operations, webhooks, schemas: closure(object(components.schemas), needed) };
}

function byId(description: JsonObject) {
  const found = new Map<string, { method: string; path: string; operation: JsonObject }>();
  for (const [path, methods] of Object.entries(object(description.paths))) {
    for (const [method, operation] of Object.entries(object(methods))) {
      if (isObject(operation) && typeof operation.operationId === "string") {
        found.set(operation.operationId, { method: method.toUpperCase(), path, operation });
      }
    }
  }
  return found;
}

function closure(schemas: JsonObject, needed: Set<string>): JsonObject {
  const done: Record<string, Json> = {};
  // A set may grow while it is iterated: what a schema refers to is visited in turn.
  for (const name of needed) done[name] = plainSchema(schemas[name] ?? {}, (other) => needed.add(other));
  return Object.fromEntries(Object.entries(done).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function jsonContent(holder: JsonObject): Json | undefined {
  if (!isObject(holder.content)) return undefined;
  const content = holder.content["application/json"];
  return isObject(content) ? content.schema : undefined;
}

function resolve(components: JsonObject, value: Json): JsonObject {
  const holder = object(value);
  if (typeof holder.$ref !== "string") return holder;
  const [kind = "", name = ""] = holder.$ref.replace("#/components/", "").split("/");
  return object(object(components[kind])[name]);
}

function object(value: Json | undefined): JsonObject {
  if (!isObject(value)) throw new Error("GitHub's description has an unexpected shape");
  return value;
}

function array(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
