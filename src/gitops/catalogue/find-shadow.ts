/**
 * Which other field of the same target decides in a field's place. Only rules that hold whatever the cluster holds; where a rule
 * can't be told from the repository, nothing is said.
 */
import type { Field, Layer } from "./catalogue.ts";
import type { DocumentFacts } from "./document-facts.ts";
import type { LayerContext } from "./layer-fields.ts";
import { patchRule } from "./patch-rule.ts";
import { resolveLink } from "./placement-graph.ts";

type Rule = (field: Field) => Layer | undefined;

export function findShadow(fields: readonly Field[], layers: LayerContext): Rule {
  const rules = [
    digestRule(fields),
    kustomizeRule(fields, layers),
    patchRule(fields, layers),
    argoRule(fields, layers),
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
    const item = document.items.find(({ path }) => path.every((step, index) => step === field.path[index]));
    return item === undefined ? [] : [{ field, item, reached: context.graph.reachable(field.file) }];
  });
  return (field) => {
    const document = documentOf(field, layers);
    const list = document?.kind === "Kustomize" ? field.path[0] : undefined;
    const own = document?.items.find(({ path }) => path.every((step, index) => step === field.path[index]));
    for (const { field: winner, item, reached } of transformers) {
      if (winner.file === field.file || !reached.has(field.file)) continue;
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

/** Argo CD's Helm layers: parameters over valuesObject over values files, of which the last one wins. */
function argoRule(fields: readonly Field[], layers: LayerContext): Rule {
  const winners = new Map<string, { readonly field: Field; readonly rank: number; readonly why: string }>();
  const ranks = new Map<string, number>();
  const keys = new Map<Field, string>();
  const enter = (field: Field, key: string, rank: number, why: string): void => {
    keys.set(field, key);
    ranks.set(placeOf(field), rank);
    if (rank > (winners.get(key)?.rank ?? -1)) winners.set(key, { field, rank, why });
  };
  const files = valueFiles(fields, layers);
  if (files === undefined) return () => undefined;
  const byPlace = new Map(fields.map((field) => [placeOf(field), field]));
  for (const field of fields) {
    const order = files.order.get(field.file);
    const helm = field.path.indexOf("helm");
    if (order !== undefined) enter(field, field.path.join("."), order, "a later values file wins");
    else if (field.file === files.application && helm >= 0) {
      const [list, index, last] = field.path.slice(helm + 1);
      if (list === "valuesObject")
        enter(field, field.path.slice(helm + 2).join("."), 1_000, "valuesObject wins over values files");
      else if (list === "parameters" && typeof index === "number" && last === "value") {
        const name = byPlace.get(placeOf({ ...field, path: [...field.path.slice(0, -1), "name"] }))?.value;
        if (name !== undefined) enter(field, name, 2_000, "a Helm parameter wins over all values");
      }
    }
  }
  return (field) => {
    const winner = winners.get(keys.get(field) ?? "");
    const rank = ranks.get(placeOf(field));
    return winner !== undefined && rank !== undefined && winner.rank > rank
      ? layer(winner.field, winner.why)
      : undefined;
  };
}

interface ValueFiles {
  readonly application: string;
  readonly order: ReadonlyMap<string, number>;
}

/** Of the one Application that the target has; with several, what one of them is given says nothing about the others. */
function valueFiles(fields: readonly Field[], layers: LayerContext): ValueFiles | undefined {
  const files = [...new Set(fields.map(({ file }) => file))];
  const found = files.flatMap((file) =>
    (layers.context.files.get(file)?.documents ?? [])
      .filter(({ kind }) => kind === "Application")
      .map((document) => ({ file, document })),
  );
  const [only] = found;
  if (only === undefined || found.length > 1) return undefined;
  const order = new Map<string, number>();
  for (const [index, { target, from }] of only.document.links.entries()) {
    const path = resolveLink(only.file, target, from);
    if (path !== undefined && layers.context.files.has(path)) order.set(path, index);
  }
  return { application: only.file, order };
}

function placeOf({ file, document, path }: Pick<Field, "file" | "document" | "path">): string {
  return JSON.stringify([file, document, ...path]);
}
