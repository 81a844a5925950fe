/** What an application's directory says at a revision: a small reader of Kustomize overlays and plain manifests, its own and not Remit's. */
import { posix } from "node:path";
import { parseAllDocuments } from "yaml";
import { digest } from "../../digest.ts";
import type { GitReader } from "./git-reader.ts";

export interface Manifests {
  /** Image per workload (Deployment or StatefulSet), by its name, with the overlay's overrides applied. */
  readonly images: ReadonlyMap<string, string>;
  /** What the directory's own ConfigMap generators read from files of `KEY=value` lines. */
  readonly settings: Settings;
  /** Changes exactly when a file that was read changes. */
  readonly digest: string;
}

export type Settings = ReadonlyMap<string, string>;

interface ImageOverride {
  readonly name: string;
  readonly newName: string | undefined;
  readonly newTag: string | undefined;
  readonly digest: string | undefined;
}

const maxDepth = 10;

export async function readManifests(reader: GitReader, revision: string, directory: string): Promise<Manifests> {
  const files = new Map<string, string>();
  const reading = { reader, revision, files };
  const images = await readDirectory(reading, directory, 0);
  return {
    images,
    settings: await readSettings(reading, directory),
    digest: digest(
      [...files].sort(([a], [b]) => (a < b ? -1 : 1)),
      40,
    ),
  };
}

/** The tag of an image reference: `ghcr.io/acme/checkout:v1.4.2` gives `v1.4.2`; undefined where there is none. */
export function imageTag(image: string): string | undefined {
  const [reference = ""] = image.split("@");
  const match = /:([^:/]+)$/.exec(reference);
  return match?.[1];
}

interface Reading {
  readonly reader: GitReader;
  readonly revision: string;
  readonly files: Map<string, string>;
}

async function readDirectory(reading: Reading, directory: string, depth: number): Promise<Map<string, string>> {
  const kustomization = await readText(reading, posix.join(directory, "kustomization.yaml"));
  if (kustomization === undefined) {
    const paths = await reading.reader.list(reading.revision, directory);
    return merged(await Promise.all(paths.filter(isManifest).map((path) => readManifest(reading, path))));
  }
  if (depth >= maxDepth) throw new Error(`kustomizations nest too deeply at ${directory}`);
  const [document] = documents(kustomization);
  const resources = list(document?.resources).filter((item) => typeof item === "string");
  const parts = resources.map((resource) => {
    const path = posix.normalize(posix.join(directory, resource));
    return isManifest(path) ? readManifest(reading, path) : readDirectory(reading, path, depth + 1);
  });
  return overridden(merged(await Promise.all(parts)), list(document?.images).map(override));
}

async function readSettings(reading: Reading, directory: string): Promise<Settings> {
  const [document] = documents((await readText(reading, posix.join(directory, "kustomization.yaml"))) ?? "");
  const paths = list(document?.configMapGenerator)
    .flatMap((generator) => list(record(generator).envs))
    .filter((path) => typeof path === "string");
  const texts = await Promise.all(paths.map((path) => readText(reading, posix.join(directory, path))));
  const lines = texts.flatMap((text) => (text ?? "").split("\n"));
  return new Map(lines.flatMap((line) => (/^(\w+)=(.*)$/.test(line) ? [keyAndValue(line)] : [])));
}

function keyAndValue(line: string): [string, string] {
  const at = line.indexOf("=");
  return [line.slice(0, at), line.slice(at + 1)];
}

async function readManifest(reading: Reading, path: string): Promise<Map<string, string>> {
  const text = await readText(reading, path);
  const found = new Map<string, string>();
  for (const document of documents(text ?? "")) {
    if (document.kind !== "Deployment" && document.kind !== "StatefulSet") continue;
    const name = scalar(record(document.metadata).name);
    const [container] = list(record(record(record(document.spec).template).spec).containers);
    const image = scalar(record(container).image);
    if (name !== undefined && image !== undefined) found.set(name, image);
  }
  return found;
}

async function readText(reading: Reading, path: string): Promise<string | undefined> {
  const text = await reading.reader.read(reading.revision, path);
  if (text !== undefined) reading.files.set(path, text);
  return text;
}

function overridden(images: Map<string, string>, overrides: readonly ImageOverride[]): Map<string, string> {
  const result = new Map<string, string>();
  for (const [workload, image] of images) {
    const name = imageName(image);
    const found = overrides.find((item) => item.name === name);
    result.set(workload, found === undefined ? image : applied(image, found));
  }
  return result;
}

function applied(image: string, item: ImageOverride): string {
  const name = item.newName ?? imageName(image);
  const tag = item.newTag ?? (item.digest === undefined ? imageTag(image) : undefined);
  return `${name}${tag === undefined ? "" : `:${tag}`}${item.digest === undefined ? "" : `@${item.digest}`}`;
}

function imageName(image: string): string {
  const [reference = ""] = image.split("@");
  return reference.replace(/:[^:/]+$/, "");
}

function override(value: unknown): ImageOverride {
  const item = record(value);
  return {
    name: scalar(item.name) ?? "",
    newName: scalar(item.newName),
    newTag: scalar(item.newTag),
    digest: scalar(item.digest),
  };
}

const isManifest = (path: string) => /\.ya?ml$/.test(path);

function documents(text: string): readonly Record<string, unknown>[] {
  return parseAllDocuments(text).map((document) => record(document.toJS({ maxAliasCount: 20 })));
}

function merged(maps: readonly Map<string, string>[]): Map<string, string> {
  return new Map(maps.flatMap((map) => [...map]));
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function scalar(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
