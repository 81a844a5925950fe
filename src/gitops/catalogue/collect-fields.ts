/** Every scalar below a part of a document, as fields. */
import type { YamlMapping, YamlNode, YamlScalar } from "../yaml-tree.ts";
import type { Field, FieldPath } from "./catalogue.ts";
import { embeddedText } from "./embedded-text.ts";
import { fieldRole } from "./field-role.ts";
import { parseImageReference } from "./image-reference.ts";
import { textAt } from "./node-access.ts";

export type BareField = Omit<Field, "sharedWith">;

export interface FieldSource {
  readonly file: string;
  readonly document: number;
  readonly kind: string | undefined;
  /** The file's whole text. Without it, what stands inside blocks of text stays one field. */
  readonly text?: string;
  /** 1-based line of an offset. */
  lineAt(offset: number): number;
}

const identity = new Set(["apiVersion", "kind", "status"]);

/** `node` is what stands at `path` of the document. */
export function collectFields(source: FieldSource, node: YamlNode, path: FieldPath): BareField[] {
  const fields: BareField[] = [];
  visit(source, node, path, undefined, fields);
  return fields;
}

function visit(
  source: FieldSource,
  node: YamlNode,
  path: FieldPath,
  parent: YamlMapping | undefined,
  fields: BareField[],
): void {
  if (node.kind === "scalar") {
    if (node.start < 0) return;
    const inner = node.style === "block" ? embedded(source, node, path) : undefined;
    if (inner === undefined || inner.length === 0) fields.push(field(source, node, path, parent));
    else fields.push(...inner);
  } else if (node.kind === "sequence") {
    for (const [index, item] of node.items.entries()) visit(source, item, [...path, index], undefined, fields);
  } else if (node.kind === "mapping") {
    for (const { key, value } of node.entries)
      if (key !== undefined && !isIdentity(source, path, key)) visit(source, value, [...path, key], node, fields);
  }
}

/** The fields of a file that stands inside a block of text: their paths go on behind the block's own. */
function embedded(source: FieldSource, node: YamlScalar, path: FieldPath): BareField[] | undefined {
  const inside = source.text === undefined ? undefined : embeddedText(source.text, source.kind, path, node);
  if (inside === undefined) return undefined;
  const { file, document } = source;
  const { kind, root, place } = inside;
  const found = collectFields({ file, document, kind, lineAt: (offset) => source.lineAt(place(offset)) }, root, []);
  return found.map((each) => ({
    ...each,
    path: [...path, ...each.path],
    range: [place(each.range[0]), place(each.range[1])],
  }));
}

function isIdentity(source: FieldSource, path: FieldPath, key: string): boolean {
  if (source.kind === undefined) return false;
  return path.length === 0 ? identity.has(key) : path.length === 1 && path[0] === "metadata" && key !== "annotations";
}

function field(source: FieldSource, node: YamlScalar, path: FieldPath, parent: YamlMapping | undefined): BareField {
  const role = fieldRole(source.kind, path, node.value, textAt(parent, "name") ?? patchedKey(parent));
  return {
    file: source.file,
    document: source.document,
    path,
    role,
    value: node.value,
    range: [node.start, node.end],
    line: source.lineAt(node.start),
    image: imageOf(role, node.value, parent),
  };
}

/** Of an operation of a JSON patch, `{op: replace, path: /spec/replicas, value: 3}`: the key that it sets. */
function patchedKey(parent: YamlMapping | undefined): string | undefined {
  if (textAt(parent, "op") === undefined) return undefined;
  const pointer = textAt(parent, "path");
  return pointer
    ?.slice(pointer.lastIndexOf("/") + 1)
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
}

/** The image that a tag, digest or whole reference is about. */
function imageOf(role: BareField["role"], value: string, parent: YamlMapping | undefined): string | undefined {
  if (role === "image" || role === "image-name") return parseImageReference(value)?.name;
  if (role !== "image-tag" && role !== "image-digest") return undefined;
  const registry = textAt(parent, "registry");
  const repository = textAt(parent, "newName") ?? textAt(parent, "repository") ?? textAt(parent, "name");
  if (repository === undefined) return undefined;
  return registry === undefined ? repository : `${registry}/${repository}`;
}
