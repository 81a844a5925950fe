/** Cuts GitHub's GraphQL schema down to chosen fields, with every enum, input and scalar that they use, unchanged. */
import { type DefinitionNode, type FieldDefinitionNode, Kind, parse, print, type TypeNode } from "graphql";

const builtIn = new Set(["ID", "Int", "Float", "String", "Boolean"]);

/** `fields` names the fields kept for each object or interface type. Throws when a kept field's type isn't kept, or is unknown. */
export function graphqlSubset(sdl: string, fields: Readonly<Record<string, string>>): string {
  const definitions = new Map<string, DefinitionNode>();
  for (const definition of parse(sdl, { noLocation: true }).definitions) {
    if ("name" in definition && definition.name !== undefined) definitions.set(definition.name.value, definition);
  }
  const kept = new Map(Object.entries(fields).map(([type, names]) => [type, new Set(names.split(" "))]));
  const needed = new Set<string>();
  const cut = new Map<string, DefinitionNode>();
  for (const type of kept.keys()) cut.set(type, cutFields(type, definitions, kept, needed));
  for (const type of needed) {
    if (!cut.has(type) && !builtIn.has(type)) cut.set(type, leaf(type, definitions, kept, needed));
  }
  return `${[...cut.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, definition]) => print(withoutProse(definition)))
    .join("\n\n")}\n`;
}

function cutFields(
  type: string,
  definitions: ReadonlyMap<string, DefinitionNode>,
  kept: ReadonlyMap<string, ReadonlySet<string>>,
  needed: Set<string>,
): DefinitionNode {
  const definition = definitions.get(type);
  if (definition?.kind !== Kind.OBJECT_TYPE_DEFINITION && definition?.kind !== Kind.INTERFACE_TYPE_DEFINITION) {
    throw new Error(`${type} is no object or interface of GitHub's schema`);
  }
  const interfaces = (definition.interfaces ?? []).filter((item) => kept.has(item.name.value));
  const names = new Set(kept.get(type));
  for (const item of interfaces) for (const name of kept.get(item.name.value) ?? []) names.add(name);
  const found = (definition.fields ?? []).filter((field) => names.delete(field.name.value));
  if (names.size > 0) throw new Error(`${type} has no field ${[...names].join(", ")}`);
  for (const field of found) for (const name of typesOf(field)) needed.add(name);
  return { ...definition, interfaces, fields: found };
}

/** A type that kept fields refer to: scalars, enums and inputs whole, unions with their kept members. */
function leaf(
  type: string,
  definitions: ReadonlyMap<string, DefinitionNode>,
  kept: ReadonlyMap<string, ReadonlySet<string>>,
  needed: Set<string>,
): DefinitionNode {
  const definition = definitions.get(type);
  switch (definition?.kind) {
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_DEFINITION:
      return definition;
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      for (const field of definition.fields ?? []) needed.add(named(field.type));
      return definition;
    case Kind.UNION_TYPE_DEFINITION:
      return { ...definition, types: (definition.types ?? []).filter((member) => kept.has(member.name.value)) };
    case undefined:
      throw new Error(`GitHub's schema has no type ${type}`);
    default:
      throw new Error(`${type} is used by a kept field but its own fields are not chosen`);
  }
}

function typesOf(field: FieldDefinitionNode): string[] {
  return [named(field.type), ...(field.arguments ?? []).map((argument) => named(argument.type))];
}

function named(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type);
}

/** Descriptions and directives are not needed to execute or validate. */
function withoutProse<T extends DefinitionNode>(definition: T): T {
  return JSON.parse(
    JSON.stringify(definition, (key, value) => (["description", "directives"].includes(key) ? undefined : value)),
  );
}
