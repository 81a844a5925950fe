/** What an application's directory says at a revision: a small reader of Kustomize overlays and plain manifests, its own and not Remit's. */
import { posix } from "node:path";
import { digest } from "../../digest.ts";
import {
  buildObjects,
  containersOf,
  documents,
  type Files,
  isWorkload,
  type KubernetesObject,
  nameOf,
} from "./build-objects.ts";
import type { GitReader } from "./git-reader.ts";
import { memoryAmount } from "./memory-amount.ts";
import { list, record, scalar } from "./plain-values.ts";
import type { PodSpec } from "./pods.ts";

export interface Manifests {
  /** Image per workload (Deployment or StatefulSet), by its name, with the overlay's overrides applied. */
  readonly images: ReadonlyMap<string, string>;
  /** How many pods of each workload there may be, and what one of them may take. */
  readonly pods: ReadonlyMap<string, PodSpec>;
  /** What the directory's own ConfigMap generators read from files of `KEY=value` lines. */
  readonly settings: Settings;
  /** Changes exactly when a file that was read changes. */
  readonly digest: string;
}

export type Settings = ReadonlyMap<string, string>;

export async function readManifests(reader: GitReader, revision: string, directory: string): Promise<Manifests> {
  const read = new Map<string, string>();
  const files: Files = {
    list: (below) => reader.list(revision, below),
    async read(path) {
      const text = await reader.read(revision, path);
      if (text !== undefined) read.set(path, text);
      return text;
    },
  };
  const objects = await buildObjects(files, directory);
  const workloads = objects.filter(isWorkload);
  return {
    images: byName(workloads, (workload) => scalar(containersOf(workload)[0]?.image)),
    pods: byName(workloads, (workload) => podSpec(workload, objects)),
    settings: await readSettings(files, directory),
    digest: digest(
      [...read].sort(([a], [b]) => (a < b ? -1 : 1)),
      40,
    ),
  };
}

function byName<T>(
  objects: readonly KubernetesObject[],
  read: (object: KubernetesObject) => T | undefined,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const object of objects) {
    const name = nameOf(object);
    const value = read(object);
    if (name !== undefined && value !== undefined) found.set(name, value);
  }
  return found;
}

/** An autoscaler decides the number, where there is one; then what the workload says counts for nothing. */
function podSpec(workload: KubernetesObject, objects: readonly KubernetesObject[]): PodSpec {
  const autoscaler = objects.find(
    ({ kind, spec }) =>
      kind === "HorizontalPodAutoscaler" && record(record(spec).scaleTargetRef).name === nameOf(workload),
  );
  const bounds = record(autoscaler?.spec);
  const [metric] = list(bounds.metrics);
  const percent = record(record(record(metric).resource).target).averageUtilization;
  const replicas = Number(record(workload.spec).replicas ?? 1);
  const limits = record(record(containersOf(workload)[0]?.resources).limits);
  return {
    least: autoscaler === undefined ? replicas : Number(bounds.minReplicas ?? 1),
    most: autoscaler === undefined ? replicas : Number(bounds.maxReplicas),
    utilization: typeof percent === "number" ? percent / 100 : 1,
    memory: scalar(limits.memory),
    memoryMi: memoryAmount(scalar(limits.memory) ?? ""),
  };
}

async function readSettings(files: Files, directory: string): Promise<Settings> {
  const [document] = documents((await files.read(posix.join(directory, "kustomization.yaml"))) ?? "");
  const paths = list(document?.configMapGenerator)
    .flatMap((generator) => list(record(generator).envs))
    .filter((path) => typeof path === "string");
  const texts = await Promise.all(paths.map((path) => files.read(posix.join(directory, path))));
  const lines = texts.flatMap((text) => (text ?? "").split("\n"));
  return new Map(lines.flatMap((line) => (/^(\w+)=(.*)$/.test(line) ? [keyAndValue(line)] : [])));
}

function keyAndValue(line: string): [string, string] {
  const at = line.indexOf("=");
  return [line.slice(0, at), line.slice(at + 1)];
}
