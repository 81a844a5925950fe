/**
 * Which other field of the same target decides in a field's place. Only rules that hold whatever the cluster holds; where a rule
 * can't be told from the repository, nothing is said.
 */

import type { Field, Layer } from "./catalogue.ts";
import { decidesForAll } from "./decides-for-all.ts";
import type { DocumentFacts } from "./document-facts.ts";
import type { LayerContext } from "./layer-fields.ts";
import { patchRule } from "./patch-rule.ts";
import { pathStartsWith } from "./path-starts-with.ts";
import { valuesRule } from "./values-rule.ts";

type Rule = (field: Field) => Layer | undefined;

export function findShadow(fields: readonly Field[], layers: LayerContext): Rule {
  const rules = [
    digestRule(fields),
    kustomizeRule(fields, layers),
    patchRule(fields, layers),
    valuesRule(fields, layers),
  ];
  return (field) => {
    for (const rule of rules) {
      const layer = rule(field);
      if (layer !== undefined) return layer;
    }
    return undefined;
  };
}

function layer({ file, line }: Field, why: string): Layer {
  return { file, line, why };
}

function documentOf(field: Field, { context }: LayerContext): DocumentFacts | undefined {
  return context.files.get(field.file)?.documents[field.document];
}

/** Of a tag and a digest that stand side by side both are written, and the digest is what is pulled. */
function digestRule(fields: readonly Field[]): Rule {
  const digests = fields.filter(({ role, value }) => role === "image-digest" && value !== "");
  return (field) => {
    if (field.role !== "image-tag") return undefined;
    const beside = digests.find(
      ({ file, document, path }) =>
        file === field.file && document === field.document && sameStart(path, field.path, field.path.length - 1),
    );
    return beside && layer(beside, "a digest beside a tag is what is pulled");
  };
}

function sameStart(a: Field["path"], b: Field["path"], length: number): boolean {
  return a.length === b.length && a.slice(0, length).every((step, index) => step === b[index]);
}

/** A kustomization's `images` and `replicas` replace what the files that it draws in say. */
function kustomizeRule(fields: readonly Field[], layers: LayerContext): Rule {
  const { context, target } = layers;
  const transformers = fields.flatMap((field) => {
    const document = documentOf(field, layers);
    if (document?.kind !== "Kustomize" || !decides(field)) return [];
    const chain = context.environments.chain(field.file);
    // A part of the environment doesn't decide for the whole.
    if (chain.length > 0 && chain.at(-1) !== target.environment) return [];
    const item = document.items.find(({ path }) => pathStartsWith(field.path, path));
    return item === undefined ? [] : [{ field, item, reached: context.graph.reachable(field.file) }];
  });
  const forAll = decidesForAll(layers);
  return (field) => {
    const document = documentOf(field, layers);
    const list = document?.kind === "Kustomize" ? field.path[0] : undefined;
    const own = document?.items.find(({ path }) => pathStartsWith(field.path, path));
    for (const { field: winner, item, reached } of transformers) {
      if (winner.file === field.file || !reached.has(field.file) || !forAll(winner.file, field.file)) continue;
      if (item.image !== undefined) {
        const image =
          list === "images" ? (own?.newImage ?? own?.image) : field.role === "image" ? field.image : undefined;
        if (image === item.image && (list === undefined || field.path.at(-1) === winner.path.at(-1)))
          return layer(winner, "a Kustomize images entry replaces it");
      } else if (field.role === "replicas" && winner.role === "replicas") {
        const name =
          list === "replicas" ? own?.names[0] : field.path.join(".") === "spec.replicas" ? document?.name : "";
        if (name !== undefined && item.names.includes(name))
          return layer(winner, "a Kustomize replicas entry replaces it");
      }
    }
    return undefined;
  };
}

function decides({ path }: Field): boolean {
  const key = path.at(-1);
  return path[0] === "images" ? key === "newTag" || key === "digest" : path[0] === "replicas" && key === "count";
}
