/** Reads one document's facts from its tree. */
import type { YamlNode } from "../yaml-tree.ts";
import { applicationSetFacts, templatePatch } from "./application-set-facts.ts";
import type { FieldPath } from "./catalogue.ts";
import { dependencyFacts, topKeys } from "./chart-facts.ts";
import type { DocumentFacts, ItemFacts, Link } from "./document-facts.ts";
import { documentKind } from "./document-kind.ts";
import { findItems } from "./find-items.ts";
import { generatorElements } from "./generator-elements.ts";
import { type EnvironmentValues, environmentValues } from "./helmfile-environments.ts";
import { parseImageReference } from "./image-reference.ts";
import {
  generatorEntries,
  imageItems,
  isLocal,
  kustomizeItems,
  kustomizeLinks,
  marksOf,
  nameAffix,
} from "./kustomize-facts.ts";
import { at, itemsAt, textAt } from "./node-access.ts";
import { patchFacts } from "./patch-facts.ts";
import { readWrites } from "./read-writes.ts";
import { releaseFacts } from "./release-facts.ts";

/** Kinds that run something under their own name. */
export const workloadKinds: ReadonlySet<string> = new Set(
  "Deployment StatefulSet DaemonSet ReplicaSet Rollout CronJob Job Pod DeploymentConfig CloneSet Service.serving".split(
    " ",
  ),
);

export function readDocument(path: string, root: YamlNode, index: number): DocumentFacts {
  const kind = documentKind(path, root);
  const patches = patchesOf(kind, root);
  const environments = kind === undefined ? environmentValues(path, root) : undefined;
  const workload = kind !== undefined && workloadKinds.has(kind);
  return {
    index,
    kind,
    name: textAt(root, "metadata", "name") ?? (/(?:^|\/)Chart\.ya?ml$/.test(path) ? textAt(root, "name") : undefined),
    namespace: kind === "Kustomize" ? textAt(root, "namespace") : textAt(root, "metadata", "namespace"),
    aliases: kind === undefined ? [] : aliases(kind, root),
    images: workload ? containerImages(root) : [],
    items: inEnvironments(itemsOf(kind, root, patches), environments),
    links: environments === undefined ? links(kind, root) : environmentLinks(environments),
    affix: kind === "Kustomize" ? nameAffix(root) : undefined,
    marks: kind === "Kustomize" ? marksOf(root) : undefined,
    patches,
    generators: kind === "Kustomize" ? generatorEntries(root) : undefined,
    releases: releases(path, kind, root),
    environments,
    substitutes: kind === "Kustomization" ? substitutes(root) : undefined,
    dependencies: kind === undefined ? dependencyFacts(path, root) : undefined,
    keys: topKeys(path, kind, root),
    writes: kind === undefined ? undefined : readWrites(kind, root),
    applicationSet: kind === "ApplicationSet" ? applicationSetFacts(root) : undefined,
    controller: controller(kind, root),
  };
}

function aliases(kind: string, root: YamlNode): string[] {
  const labels = at(root, "metadata", "labels");
  const found = [textAt(labels, "app.kubernetes.io/name"), textAt(labels, "app")];
  if (kind === "HelmRelease") found.push(textAt(root, "spec", "releaseName"));
  if (kind === "Application") found.push(textAt(root, "spec", "source", "helm", "releaseName"));
  if (/Autoscaler$|^ScaledObject$/.test(kind)) found.push(textAt(root, "spec", "scaleTargetRef", "name"));
  return found.filter((name) => name !== undefined);
}

function containerImages(root: YamlNode): string[] {
  const spec = at(root, "spec");
  const pod = at(spec, "template", "spec") ?? at(spec, "jobTemplate", "spec", "template", "spec") ?? spec;
  const names: string[] = [];
  for (const container of [...itemsAt(pod, "containers"), ...itemsAt(pod, "initContainers")]) {
    const image = parseImageReference(textAt(container, "image") ?? "");
    if (image !== undefined) names.push(image.name);
  }
  return names;
}

/** Where a document of this kind keeps values in a shape of the owners' own. */
function valueRoots(kind: string | undefined, root: YamlNode): readonly FieldPath[] {
  if (kind === undefined) return [[]];
  if (kind === "HelmRelease") return [["spec", "values"]];
  if (kind !== "Application") return [];
  const sources = itemsAt(root, "spec", "sources").map((_, index) => [
    "spec",
    "sources",
    index,
    "helm",
    "valuesObject",
  ]);
  return [["spec", "source", "helm", "valuesObject"], ...sources];
}

function itemsOf(kind: string | undefined, root: YamlNode, patches: DocumentFacts["patches"]): readonly ItemFacts[] {
  if (kind === "Kustomize") return kustomizeItems(root, patches ?? []);
  if (kind !== undefined && workloadKinds.has(kind)) return [];
  if (kind === "Kustomization") return imageItems(root, ["spec", "images"]);
  if (kind === "ApplicationSet") return generatorElements(root);
  return findItems(root, valueRoots(kind, root));
}

/** Values that are written into a helmfile for an environment are of that one only. */
function inEnvironments(
  items: readonly ItemFacts[],
  environments: DocumentFacts["environments"],
): readonly ItemFacts[] {
  if (environments === undefined) return items;
  const names = new Set(environments.map(({ environment }) => environment));
  return items.map((item) => {
    const [top, name] = item.path;
    return top === "environments" && names.has(`${name}`) ? { ...item, environment: `${name}` } : item;
  });
}

function environmentLinks(environments: readonly EnvironmentValues[]): Link[] {
  return environments.flatMap(({ entries }) => entries.flatMap((entry) => ("link" in entry ? [entry.link] : [])));
}

function releases(path: string, kind: string | undefined, root: YamlNode): DocumentFacts["releases"] {
  const found = releaseFacts(path, kind, root);
  return found.length === 0 ? undefined : found;
}

function substitutes(root: YamlNode): DocumentFacts["substitutes"] {
  const build = at(root, "spec", "postBuild");
  const own = at(build, "substitute");
  const variables = own?.kind === "mapping" ? own.entries.flatMap(({ key }) => key ?? []) : [];
  const from = itemsAt(build, "substituteFrom").flatMap((item) => {
    const [kind, name] = [textAt(item, "kind"), textAt(item, "name")];
    return kind === undefined || name === undefined ? [] : [{ kind, name }];
  });
  return variables.length === 0 && from.length === 0 ? undefined : { variables, from };
}

function patchesOf(kind: string | undefined, root: YamlNode): DocumentFacts["patches"] {
  if (kind === "Kustomize") return patchFacts(root);
  return kind === "Kustomization" ? patchFacts(root, ["spec"]) : undefined;
}

function links(kind: string | undefined, root: YamlNode): Link[] {
  if (kind === "Kustomize") return kustomizeLinks(root);
  if (kind === "Kustomization") return fluxLinks(root);
  if (kind === "Application") return rootLinks(applicationPaths(root));
  if (kind === "HelmRelease") return rootLinks([localChart(textAt(root, "spec", "chart", "spec", "chart"))]);
  return [];
}

/** Components are told from the path on. */
function fluxLinks(root: YamlNode): Link[] {
  const path = textAt(root, "spec", "path");
  const components = itemsAt(root, "spec", "components").flatMap((item) => textAt(item) ?? []);
  const parts = rootLinks(components.map((component) => `${path ?? "."}/${component}`));
  return [...rootLinks([path]), ...parts.map((link) => ({ ...link, part: true }))];
}

function applicationPaths(root: YamlNode): (string | undefined)[] {
  const sources = [at(root, "spec", "source"), ...itemsAt(root, "spec", "sources")];
  return sources.flatMap((source) => {
    const path = textAt(source, "path");
    const files = itemsAt(source, "helm", "valueFiles").map((file) => textAt(file)?.replace(/^\$\w+\//, "/"));
    return [
      path,
      ...files.map((file) => (file?.startsWith("/") ? file : file && path ? `${path}/${file}` : undefined)),
    ];
  });
}

function localChart(chart: string | undefined): string | undefined {
  return chart !== undefined && /^\.{0,2}\//.test(chart) ? chart : undefined;
}

function rootLinks(paths: readonly (string | undefined)[]): Link[] {
  return paths
    .filter((path) => path !== undefined && isLocal(path))
    .map((path) => ({ target: path ?? "", from: "root" }));
}

function controller(kind: string | undefined, root: YamlNode): DocumentFacts["controller"] {
  if (kind === "Application") return { kind, targetNamespace: textAt(root, "spec", "destination", "namespace") };
  if (kind === "ApplicationSet") return { kind, targetNamespace: commonNamespace(root) };
  if (kind === "Kustomization" || kind === "HelmRelease")
    return { kind, targetNamespace: textAt(root, "spec", "targetNamespace") };
  return undefined;
}

/** Of all applications that it makes: where a patch may say another one, none. */
function commonNamespace(set: YamlNode): string | undefined {
  const patch = templatePatch(set)?.text ?? "";
  return patch.includes("namespace") ? undefined : textAt(set, "spec", "template", "spec", "destination", "namespace");
}
