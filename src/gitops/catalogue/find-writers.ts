/** Who else writes a field: told by the objects of the same target, by a marker on the line, or by the values beside it. */

import type { Field, FieldRole, Writer, WriterKind } from "./catalogue.ts";
import type { LayerContext } from "./layer-fields.ts";
import { lineIndex } from "./line-index.ts";
import { pathStartsWith } from "./path-starts-with.ts";

/** What each of them writes. */
const roles: Readonly<Record<WriterKind, ReadonlySet<FieldRole>>> = {
  hpa: new Set(["replicas"]),
  keda: new Set(["replicas"]),
  vpa: new Set(["resource"]),
  flagger: new Set(["replicas", "weight"]),
  "image-updater": new Set(["image", "image-tag", "image-digest", "image-name"]),
  "flux-automation": new Set(["image", "image-tag", "image-digest", "image-name"]),
  kargo: new Set(["image", "image-tag", "image-digest", "revision", "chart-version"]),
  applicationset: new Set([
    "revision",
    "chart-version",
    "image",
    "image-tag",
    "image-digest",
    "image-name",
    "flag",
    "other",
  ]),
  renovate: new Set(),
};

/** The bounds of an autoscaler are its own, and nobody else's. */
const bounds = /^(?:min|max|idle)/;

export function findWriters(fields: readonly Field[], layers: LayerContext): (field: Field) => readonly Writer[] {
  const told = [...writersOf(layers)];
  const valued = valuesWriters(fields);
  const lines = new Map<string, readonly string[]>();
  return (field) => {
    const key = String(field.path.at(-1));
    const found: Writer[] = [];
    for (const { writer, object } of told) {
      if (!roles[writer.kind].has(field.role) || bounds.test(key)) continue;
      if (writer.kind === "applicationset" && writer.file !== field.file) continue;
      if (object === undefined || object === nameOf(field, layers)) found.push(writer);
    }
    if (roles["flux-automation"].has(field.role) && hasMarker(field, layers, lines))
      found.push({ kind: "flux-automation", file: field.file, line: field.line });
    if (/^replica(?:s|Count)$/.test(key)) found.push(...valued(field));
    return found;
  };
}

interface Told {
  readonly writer: Writer;
  readonly object: string | undefined;
}

function* writersOf({ files, texts, context }: LayerContext): Generator<Told> {
  for (const file of files) {
    for (const { writes } of context.files.get(file)?.documents ?? []) {
      if (writes === undefined) continue;
      const line = lineIndex(texts.get(file)?.text ?? "")(writes.offset);
      yield { writer: { kind: writes.kind, file, line }, object: writes.object };
    }
  }
}

/** The object that the field is about: its document's, or a Kustomize entry's; a values file is about its service. */
function nameOf(field: Field, { target, context }: LayerContext): string | undefined {
  const document = context.files.get(field.file)?.documents[field.document];
  if (document?.kind !== "Kustomize") return document?.kind === undefined ? target.service : document.name;
  return document.items.find((item) => pathStartsWith(field.path, item.path))?.names[0];
}

/** `tag: v1 # {"$imagepolicy": "flux-system:checkout:tag"}` */
function hasMarker(field: Field, { texts }: LayerContext, lines: Map<string, readonly string[]>): boolean {
  const own = lines.get(field.file) ?? (texts.get(field.file)?.text ?? "").split("\n");
  lines.set(field.file, own);
  return /#\s*\{\s*"\$imagepolicy"\s*:/.test(own[field.line - 1] ?? "");
}

/** `autoscaling: {enabled: true}` beside `replicaCount`: charts leave the count to an autoscaler then. */
function valuesWriters(fields: readonly Field[]): (field: Field) => readonly Writer[] {
  const enabled = fields.filter(
    ({ path, value }) =>
      value === "true" && path.at(-1) === "enabled" && /^(?:autoscaling|hpa|keda)$/.test(`${path.at(-2)}`),
  );
  return (field) =>
    enabled
      .filter(({ file, document, path }) => {
        const around = path.slice(0, -2);
        const beside = around.length === field.path.length - 1 && around.every((step, at) => step === field.path[at]);
        return beside && file === field.file && document === field.document;
      })
      .map(({ file, line, path }) => ({ kind: path.at(-2) === "keda" ? "keda" : "hpa", file, line }));
}
