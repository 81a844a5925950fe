/** `kustomize build` in small: resources, patches in files, `replicas` and `images`; plain manifests where there is no kustomization. */
import { posix } from "node:path";
import { parseAllDocuments } from "yaml";
import { imageTag } from "./image-tag.ts";
import { list, record, scalar } from "./plain-values.ts";
import { strategicMerge } from "./strategic-merge.ts";

export type KubernetesObject = Readonly<Record<string, unknown>>;

/** One revision's files. */
export interface Files {
  /** Paths of the files below a directory. */
  list(directory: string): Promise<readonly string[]>;
  /** undefined where there is none. */
  read(path: string): Promise<string | undefined>;
}

const maxDepth = 10;

export async function buildObjects(files: Files, directory: string, depth = 0): Promise<readonly KubernetesObject[]> {
  const kustomization = await files.read(posix.join(directory, "kustomization.yaml"));
  if (kustomization === undefined) {
    const paths = await files.list(directory);
    return (await Promise.all(paths.filter(isManifest).map((path) => objectsIn(files, path)))).flat();
  }
  if (depth >= maxDepth) throw new Error(`kustomizations nest too deeply at ${directory}`);
  const [document = {}] = documents(kustomization);
  const within = (path: string) => posix.normalize(posix.join(directory, path));
  const resources = texts(document.resources).map((resource) => {
    const path = within(resource);
    return isManifest(path) ? objectsIn(files, path) : buildObjects(files, path, depth + 1);
  });
  const patchFiles = list(document.patches).flatMap((patch) => scalar(record(patch).path) ?? []);
  const patches = (await Promise.all(patchFiles.map((path) => objectsIn(files, within(path))))).flat();
  const objects = (await Promise.all(resources)).flat();
  return objects.map((object) => overridden(patches.reduce(patched, object), document));
}

export function nameOf(object: KubernetesObject): string | undefined {
  return scalar(record(object.metadata).name);
}

/** A Deployment or StatefulSet. */
export function isWorkload({ kind }: KubernetesObject): boolean {
  return kind === "Deployment" || kind === "StatefulSet";
}

/** Those of its pods. */
export function containersOf(workload: KubernetesObject): readonly Readonly<Record<string, unknown>>[] {
  return list(record(record(record(workload.spec).template).spec).containers).map(record);
}

async function objectsIn(files: Files, path: string): Promise<readonly KubernetesObject[]> {
  return documents((await files.read(path)) ?? "");
}

export function documents(text: string): readonly KubernetesObject[] {
  return parseAllDocuments(text).map((document) => record(document.toJS({ maxAliasCount: 20 })));
}

function patched(object: KubernetesObject, patch: KubernetesObject): KubernetesObject {
  const same = object.kind === patch.kind && nameOf(object) === nameOf(patch);
  return same ? record(strategicMerge(object, patch)) : object;
}

function overridden(object: KubernetesObject, kustomization: KubernetesObject): KubernetesObject {
  if (!isWorkload(object)) return object;
  const replicas = list(kustomization.replicas).map(record);
  const count = replicas.find(({ name }) => name === nameOf(object))?.count;
  const images = list(kustomization.images).map(record);
  const containers = containersOf(object).map((container) => withImage(container, images));
  const spec = { template: { spec: { containers } }, ...(count === undefined ? {} : { replicas: count }) };
  return record(strategicMerge(object, { spec }, "replace"));
}

function withImage(container: Readonly<Record<string, unknown>>, images: readonly Readonly<Record<string, unknown>>[]) {
  const image = scalar(container.image);
  const override = images.find(({ name }) => image !== undefined && name === imageName(image));
  if (image === undefined || override === undefined) return container;
  const digest = scalar(override.digest);
  const tag = scalar(override.newTag) ?? (digest === undefined ? imageTag(image) : undefined);
  const name = scalar(override.newName) ?? imageName(image);
  const full = `${name}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
  return { ...container, image: full };
}

function imageName(image: string): string {
  const [reference = ""] = image.split("@");
  return reference.replace(/:[^:/]+$/, "");
}

function texts(value: unknown): readonly string[] {
  return list(value).filter((item) => typeof item === "string");
}

const isManifest = (path: string) => /\.ya?ml$/.test(path);
