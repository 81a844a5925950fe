/** Where a chart's values come from: an Argo CD Application, a Flux HelmRelease, a helmfile, a chart with its dependencies. */
import type { YamlNode } from "../yaml-tree.ts";
import type { FieldPath } from "./catalogue.ts";
import type { Link } from "./document-facts.ts";
import { isHelmfile, readsOf } from "./helmfile-environments.ts";
import { isLocal } from "./kustomize-facts.ts";
import { at, isMapping, itemsAt, textAt } from "./node-access.ts";

export interface ReleaseFacts {
  /** undefined: what the document is called. */
  readonly name: string | undefined;
  /** Of the part of the document that is about it. */
  readonly path: FieldPath;
  readonly layers: readonly LayerFacts[];
  /** Of a helmfile's: paths of the environment's values that its templates look up. */
  readonly reads?: readonly FieldPath[];
}

/** Of two layers that say the same, the one with the higher rank decides. */
export type LayerFacts = { readonly rank: number; readonly why: string } & (
  | { readonly kind: "file"; readonly link: Link; readonly below: FieldPath }
  | { readonly kind: "inline"; readonly path: FieldPath; readonly link?: Link }
  /** A file for each environment, whose name stands between the two parts of its path. */
  | { readonly kind: "per-environment"; readonly start: Link; readonly end: string }
  /** A list of names and values. */
  | { readonly kind: "set"; readonly path: FieldPath; readonly link?: Link }
  | {
      readonly kind: "object";
      readonly object: string;
      readonly name: string;
      readonly key: string;
      /** The one value that it sets; undefined where it holds a whole file of values. */
      readonly target: string | undefined;
    }
);

const ranks = { subchart: -3_000, chart: -2_000, inline: 1_000, set: 2_000, override: 3_000 };

export function releaseFacts(path: string, kind: string | undefined, root: YamlNode): readonly ReleaseFacts[] {
  if (kind === "Application") return applicationReleases(root);
  if (kind === "HelmRelease") return [helmRelease(root)];
  if (kind !== undefined) return [];
  if (/(?:^|\/)Chart\.ya?ml$/.test(path)) return [chartRelease(root)];
  return isHelmfile(path) ? helmfileReleases(root) : [];
}

function fileLayer(target: string, from: Link["from"], rank: number, why: string, below: FieldPath = []): LayerFacts[] {
  return isLocal(target) ? [{ kind: "file", link: { target, from }, below, rank, why }] : [];
}

const chartDefault = "a release's values win over the chart's own";

function applicationReleases(root: YamlNode): readonly ReleaseFacts[] {
  const paths: readonly FieldPath[] = [
    ["spec", "source"],
    ...itemsAt(root, "spec", "sources").map((_, index) => ["spec", "sources", index]),
  ];
  const name = textAt(root, "metadata", "name");
  return paths.flatMap((path) => {
    const source = at(root, ...path);
    const helm = at(source, "helm");
    const home = textAt(source, "path");
    if (source === undefined || (helm === undefined && home === undefined)) return [];
    const within = (file: string): string => (file.startsWith("/") || home === undefined ? file : `${home}/${file}`);
    const files = itemsAt(helm, "valueFiles").flatMap((item, index) => {
      const file = textAt(item)?.replace(/^\$[\w-]+\//, "/");
      return file === undefined ? [] : fileLayer(within(file), "root", index, "a later values file wins");
    });
    const overrides = [".argocd-source.yaml", `.argocd-source-${name}.yaml`].map((file, index): LayerFacts => {
      const link = { target: within(file), from: "root" } as const;
      const why = "Argo CD's override file wins over the Application";
      return { kind: "set", path: ["helm", "parameters"], link, rank: ranks.override + index, why };
    });
    const helmPath = [...path, "helm"];
    const layers: LayerFacts[] = [
      ...(home === undefined ? [] : fileLayer(`${home}/values.yaml`, "root", ranks.chart, chartDefault)),
      ...files,
      { kind: "inline", path: [...helmPath, "values"], rank: ranks.inline, why: "inline values win over values files" },
      {
        kind: "inline",
        path: [...helmPath, "valuesObject"],
        rank: ranks.inline + 1,
        why: "valuesObject wins over values files",
      },
      {
        kind: "set",
        path: [...helmPath, "parameters"],
        rank: ranks.set,
        why: "a Helm parameter wins over all values",
      },
      ...(home === undefined ? [] : overrides),
    ];
    return [{ name: undefined, path, layers }];
  });
}

/**
 * `valuesFrom` in its order, then the values of the release, then what has a `targetPath`: as the documentation of
 * `ChartValuesFromReferences` in fluxcd/pkg has it.
 */
function helmRelease(root: YamlNode): ReleaseFacts {
  const chart = textAt(root, "spec", "chart", "spec", "chart");
  const references = itemsAt(root, "spec", "valuesFrom").flatMap((item, index): LayerFacts[] => {
    const [object, name, target] = [textAt(item, "kind"), textAt(item, "name"), textAt(item, "targetPath")];
    if (object === undefined || name === undefined) return [];
    const key = textAt(item, "valuesKey") ?? "values.yaml";
    const rank = target === undefined ? index : ranks.set + index;
    const why =
      target === undefined ? "a later entry of valuesFrom wins" : "an entry of valuesFrom with a targetPath wins";
    return [{ kind: "object", object, name, key, target, rank, why }];
  });
  const local = chart !== undefined && /^\.{0,2}\//.test(chart);
  const why = "the HelmRelease's own values win over valuesFrom";
  return {
    name: undefined,
    path: [],
    layers: [
      ...(local ? fileLayer(`${chart}/values.yaml`, "root", ranks.chart, chartDefault) : []),
      ...references,
      { kind: "inline", path: ["spec", "values"], rank: ranks.inline, why },
    ],
  };
}

/** Values of dependencies lie below their alias or name in the chart's own. `global` reaches them as it is. */
function chartRelease(root: YamlNode): ReleaseFacts {
  const why = "the values of the chart around it win over a dependency's own";
  const dependencies = itemsAt(root, "dependencies").flatMap((item) => {
    const [name, repository] = [textAt(item, "name"), textAt(item, "repository")];
    if (name === undefined) return [];
    const local = /^file:\/\/(.+)$/.exec(repository ?? "")?.[1];
    const target = `${local ?? `charts/${name}`}/values.yaml`;
    return fileLayer(target, "file", ranks.subchart, why, [textAt(item, "alias") ?? name]);
  });
  return {
    name: undefined,
    path: [],
    layers: [...dependencies, ...fileLayer("values.yaml", "file", ranks.chart, why)],
  };
}

const environmentName = /\{\{-?\s*\.Environment\.Name\s*-?\}\}/;

/** Files and mappings of `values` in their order, then `set`. What a template fills in can't be followed. */
function helmfileReleases(root: YamlNode): readonly ReleaseFacts[] {
  return itemsAt(root, "releases").flatMap((release, index) => {
    const name = textAt(release, "name");
    if (name === undefined || name.includes("{{")) return [];
    const path = ["releases", index];
    const later = "a later entry of the release's values wins";
    const values = itemsAt(release, "values").flatMap((item, place): LayerFacts[] => {
      if (isMapping(item)) return [{ kind: "inline", path: [...path, "values", place], rank: place, why: later }];
      const file = textAt(item);
      if (file === undefined) return [];
      const [start = "", end, ...more] = file.split(environmentName);
      if (end === undefined || more.length > 0) return fileLayer(file, "file", place, later);
      const named = isLocal(`${start}x${end}`) && !end.includes("..");
      const link: Link = { target: start, from: "file" };
      return named ? [{ kind: "per-environment", start: link, end, rank: place, why: later }] : [];
    });
    const chart = textAt(release, "chart");
    const local = chart !== undefined && /^\.{1,2}\//.test(chart);
    const set: LayerFacts = { kind: "set", path: [...path, "set"], rank: ranks.set, why: "`set` wins over all values" };
    const own = local ? fileLayer(`${chart}/values.yaml`, "file", ranks.chart, chartDefault) : [];
    return [{ name, path, layers: [...own, ...values, set], reads: readsOf(release) }];
  });
}
