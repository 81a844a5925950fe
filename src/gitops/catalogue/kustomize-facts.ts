/** What a kustomization says about parts of itself and about what it draws in. */
import type { YamlNode } from "../yaml-tree.ts";
import type { FieldPath } from "./catalogue.ts";
import type { Affix, GeneratorEntry, ItemFacts, Link, Marks, PatchFacts } from "./document-facts.ts";
import { at, isMapping, itemsAt, textAt } from "./node-access.ts";

export function kustomizeItems(root: YamlNode, patches: readonly PatchFacts[]): ItemFacts[] {
  return [
    ...imageItems(root, ["images"]),
    ...namedItems(root, "replicas", (item) => [textAt(item, "name")]),
    ...patches.flatMap(({ path, name }) =>
      name === undefined ? [] : [{ path: path.slice(0, 2), names: [name], image: undefined }],
    ),
    ...namedItems(root, "helmCharts", (item) => [textAt(item, "name"), textAt(item, "releaseName")]),
  ];
}

/** Kustomize's own `images`, and those of a Flux Kustomization. */
export function imageItems(root: YamlNode, path: FieldPath): ItemFacts[] {
  return itemsAt(root, ...path).flatMap((item, index) => {
    const [image, newImage] = [textAt(item, "name"), textAt(item, "newName")];
    const names = [lastSegment(image), lastSegment(newImage)].filter((name) => name !== undefined);
    return names.length === 0 ? [] : [{ path: [...path, index], names, image, newImage }];
  });
}

function namedItems(
  root: YamlNode,
  list: string,
  names: (item: YamlNode) => readonly (string | undefined)[],
): ItemFacts[] {
  return itemsAt(root, list).flatMap((item, index) => {
    const known = names(item).filter((name) => name !== undefined);
    return known.length === 0 ? [] : [{ path: [list, index], names: known, image: undefined }];
  });
}

function lastSegment(image: string | undefined): string | undefined {
  return image?.slice(image.lastIndexOf("/") + 1).split(/[:@]/, 1)[0];
}

export function nameAffix(root: YamlNode): Affix | undefined {
  const [prefix = "", suffix = ""] = [textAt(root, "namePrefix"), textAt(root, "nameSuffix")];
  return prefix === "" && suffix === "" ? undefined : { prefix, suffix };
}

/** `commonLabels`, `labels` and `commonAnnotations`; undefined without any. */
export function marksOf(root: YamlNode): Marks | undefined {
  const pairs = itemsAt(root, "labels").flatMap((item) => keysOf(at(item, "pairs")));
  const labels = [...keysOf(at(root, "commonLabels")), ...pairs];
  const annotations = keysOf(at(root, "commonAnnotations"));
  return labels.length === 0 && annotations.length === 0 ? undefined : { labels, annotations };
}

function keysOf(node: YamlNode | undefined): readonly string[] {
  return isMapping(node) ? node.entries.flatMap(({ key }) => key ?? []) : [];
}

const lists = [
  "resources",
  "bases",
  "components",
  "patchesStrategicMerge",
  "configurations",
  "crds",
  "generators",
  "transformers",
];

export function kustomizeLinks(root: YamlNode): Link[] {
  const found: { readonly target: string | undefined; readonly object?: string | undefined; patch?: boolean }[] = [];
  for (const list of lists)
    for (const item of itemsAt(root, list))
      found.push({ target: textAt(item), patch: list === "patchesStrategicMerge" });
  // What `patchesStrategicMerge` is now was `patches` once, and is read so still.
  for (const list of ["patches", "patchesJson6902"])
    for (const item of itemsAt(root, list))
      found.push({ target: textAt(item) ?? textAt(item, "path"), object: textAt(item, "target", "name"), patch: true });
  for (const chart of itemsAt(root, "helmCharts")) {
    found.push({ target: textAt(chart, "valuesFile") });
    for (const file of itemsAt(chart, "additionalValuesFiles")) found.push({ target: textAt(file) });
  }
  for (const { files, envs } of generatorEntries(root))
    for (const target of [...files.map((file) => file.slice(file.indexOf("=") + 1)), ...envs]) found.push({ target });
  return found.flatMap(({ target, object, patch = false }) =>
    target !== undefined && isLocal(target) ? [{ target, from: "file" as const, object, patch }] : [],
  );
}

/** `files: [a.properties, key=b.properties]`, `envs: [c.env]`, `literals: [key=value]`. */
export function generatorEntries(root: YamlNode): readonly GeneratorEntry[] {
  return (["ConfigMap", "Secret"] as const).flatMap((kind) => {
    const list = kind === "ConfigMap" ? "configMapGenerator" : "secretGenerator";
    return itemsAt(root, list).map((generator, index) => ({
      kind,
      name: textAt(generator, "name") ?? "",
      path: [list, index],
      files: texts(generator, "files"),
      envs: [...texts(generator, "envs"), ...[textAt(generator, "env")].filter((file) => file !== undefined)],
      literals: texts(generator, "literals").map((literal) => literal.split("=", 1)[0] ?? ""),
    }));
  });
}

function texts(node: YamlNode, key: string): readonly string[] {
  return itemsAt(node, key).flatMap((item) => textAt(item) ?? []);
}

/** Variables (`${CLUSTER}`) and addresses can't be followed. */
export function isLocal(target: string): boolean {
  return target.length < 512 && !/[$\n{]|:\/\/|^git@|^github\.com\/|\?ref=/.test(target);
}
