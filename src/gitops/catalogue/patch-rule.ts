/**
 * What patches win over: JSON 6902 operations by their pointers, strategic merge patches key by key and, in the lists of workloads,
 * by the name of the item. The lists of custom resources are replaced as a whole, and nothing is said about them.
 */

import type { Field, FieldPath, Layer } from "./catalogue.ts";
import { decidesForAll } from "./decides-for-all.ts";
import type { DocumentFacts, PatchedObject } from "./document-facts.ts";
import { fieldKey } from "./field-key.ts";
import type { LayerContext } from "./layer-fields.ts";
import { type AppliedPatch, objectMarks } from "./object-marks.ts";
import { isPatched } from "./patched-object.ts";
import { pathStartsWith } from "./path-starts-with.ts";
import { workloadKinds } from "./read-document.ts";
import { resolveLink } from "./resolve-link.ts";

type Rule = (field: Field) => Layer | undefined;

interface Patch extends AppliedPatch {
  readonly object: PatchedObject;
  /** The patch's own file or kustomization. */
  readonly file: string;
  /** By what it sets, as a path of the object. */
  readonly sets: ReadonlyMap<string, Layer>;
}

export function patchRule(fields: readonly Field[], layers: LayerContext): Rule {
  const byPlace = new Map(fields.map((field) => [fieldKey(field), field]));
  const patches = [...patchesOf(fields, byPlace, layers)];
  if (patches.length === 0) return () => undefined;
  const forAll = decidesForAll(layers);
  const marks = objectMarks(layers);
  return (field) => {
    const document = layers.context.files.get(field.file)?.documents[field.document];
    if (document?.name === undefined || document.kind === "Kustomize") return undefined;
    const key = mergedPath(field, field.path, document.kind, byPlace);
    const pointed = pointerOf(field.path);
    // The last patch of the list wins.
    const beside = layers.context.graph.directConsumers(field.file);
    for (const patch of patches.toReversed()) {
      const { object, kustomization, reached, file, sets } = patch;
      // Of two patches of one kustomization nothing is said: their order isn't in these facts.
      if (layers.context.graph.isPatch(field.file) && beside.includes(kustomization)) continue;
      if (file === field.file || !reached.has(field.file)) continue;
      const layer = sets.get(pointed) ?? (key === undefined ? undefined : sets.get(key));
      if (layer === undefined || !isPatched(object, document, marks(field, patch))) continue;
      if (forAll(kustomization, field.file)) return layer;
    }
    return undefined;
  };
}

function* patchesOf(
  fields: readonly Field[],
  byPlace: ReadonlyMap<string, Field>,
  { files, target, context }: LayerContext,
): Generator<Patch> {
  for (const path of files) {
    const chain = context.environments.chain(path);
    // A part of the environment doesn't decide for the whole.
    if (chain.length > 0 && chain.at(-1) !== target.environment) continue;
    for (const document of context.files.get(path)?.documents ?? []) {
      for (const { path: place, file, object } of document.patches ?? []) {
        const from = file === undefined ? path : resolveLink(path, file, "file");
        if (from === undefined) continue;
        const own = fields.filter((field) =>
          file === undefined
            ? field.file === path && field.document === document.index && isBelow(field.path, place)
            : field.file === from,
        );
        const named = object ?? soleObject(context.files.get(from)?.documents);
        if (named === undefined || own.length === 0) continue;
        const depth = file === undefined ? place.length : 0;
        yield {
          object: named,
          kustomization: path,
          place,
          reached: context.graph.reachable(path),
          file: from,
          sets: setsOf(own, depth, named, byPlace),
        };
      }
    }
  }
}

function soleObject(documents: readonly DocumentFacts[] | undefined): PatchedObject | undefined {
  const [only, ...others] = documents ?? [];
  return only?.name === undefined || others.length > 0 ? undefined : { kind: only.kind, name: only.name };
}

/** `depth`: the steps that lead to the patch in its document. */
function setsOf(
  fields: readonly Field[],
  depth: number,
  object: PatchedObject,
  byPlace: ReadonlyMap<string, Field>,
): ReadonlyMap<string, Layer> {
  const sets = new Map<string, Layer>();
  for (const field of fields) {
    const { file, line, path } = field;
    const [index, key, ...rest] = path.slice(depth);
    if (typeof index === "number") {
      const beside = (name: string) =>
        byPlace.get(fieldKey({ ...field, path: [...path.slice(0, depth + 1), name] }))?.value;
      const [op, pointer] = [beside("op"), beside("path")];
      const sets6902 = (op === "replace" || op === "add") && key === "value";
      if (pointer === undefined || !(sets6902 || (op === "remove" && key === "path"))) continue;
      const why = op === "remove" ? "a JSON 6902 patch removes it" : "a JSON 6902 patch replaces it";
      sets.set(`${decoded(pointer)}${rest.map((step) => `\u0000${step}`).join("")}`, { file, line, why });
    } else {
      const own = path.slice(depth);
      // The name only says which item is meant.
      if (own.at(-1) === "name" && typeof own.at(-2) === "number") continue;
      const merged = mergedPath(field, own, object.kind, byPlace, depth);
      if (merged !== undefined) sets.set(merged, { file, line, why: "a patch of the same object replaces it" });
    }
  }
  return sets;
}

function decoded(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => `\u0000${step.replaceAll("~1", "/").replaceAll("~0", "~")}`)
    .join("");
}

/** As a JSON pointer sees it: by the place in each list. */
function pointerOf(path: FieldPath): string {
  return path.map((step) => `\u0000${step}`).join("");
}

const listsByName: ReadonlySet<string | number> = new Set(["containers", "initContainers", "env", "volumes"]);

/** As a strategic merge sees it: items of a workload's lists by their names. undefined inside any other list. */
function mergedPath(
  field: Field,
  path: FieldPath,
  kind: string | undefined,
  byPlace: ReadonlyMap<string, Field>,
  depth = 0,
): string | undefined {
  let key = "";
  for (const [index, step] of path.entries()) {
    if (typeof step === "string") key += `\u0000${step}`;
    else {
      if (kind === undefined || !workloadKinds.has(kind) || !listsByName.has(path[index - 1] ?? "")) return undefined;
      const around = field.path.slice(0, depth + index + 1);
      const name = byPlace.get(fieldKey({ ...field, path: [...around, "name"] }))?.value;
      if (name === undefined) return undefined;
      key += `\u0000[${name}]`;
    }
  }
  return key;
}

function isBelow(path: FieldPath, start: FieldPath): boolean {
  return start.length < path.length && pathStartsWith(path, start);
}
