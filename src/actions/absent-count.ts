/** Where the number of replicas would be written that isn't written yet. Pure. */
import type { Field, FieldPath } from "../gitops/catalogue/catalogue.ts";
import { at } from "../gitops/catalogue/node-access.ts";
import type { ActionInput } from "./action.ts";
import { isOwn } from "./in-own-layer.ts";
import type { RepositoryObject, TargetObjects } from "./read-objects.ts";
import { refused } from "./refused.ts";

export interface CountPlace {
  readonly file: string;
  readonly document: number;
  readonly path: FieldPath;
  /** What tells the place, as a sentence's end. */
  readonly why: string;
}

const workloads: ReadonlySet<string | undefined> = new Set(["Deployment", "StatefulSet", "ReplicaSet", "Rollout"]);

/** The place, by the first that tells one: the target's history, the kind, its other environments, most others of the repository. */
export function absentCount(
  input: ActionInput,
  objects: TargetObjects,
  component: string | undefined,
): CountPlace | ReturnType<typeof refused> {
  for (const places of [
    byHistory(input),
    byKind(input, objects),
    byOthers(input, objects, true),
    byOthers(input, objects, false),
  ]) {
    const free = distinct(places).filter(
      (place) => component === undefined || objects.namesOf(place).includes(component),
    );
    const [place, ...others] = free;
    if (place === undefined) continue;
    if (others.length === 0) return place;
    return refused("target-ambiguous", `${free.length} places could say how many replicas: name one with --component`);
  }
  return refused("edit-not-found", "nothing in the repository tells where the number of its replicas is written");
}

/** A number that was taken away. */
function byHistory({ changes, entry, files }: ActionInput): readonly CountPlace[] {
  return changes.flatMap(({ field: { role, file, document, path }, before, after }) => {
    const there = entry.fields.some((field) => field.file === file && samePath(field.path, path));
    if (role !== "replicas" || !isCount(path) || before === undefined || after !== undefined || there) return [];
    return files.has(file) ? [{ file, document, path, why: "it was written there before" }] : [];
  });
}

function byKind({ entry }: ActionInput, objects: TargetObjects): readonly CountPlace[] {
  const found = objects.own.filter(
    ({ kind, root }) =>
      workloads.has(kind) && at(root, "spec")?.kind === "mapping" && at(root, "spec", "replicas") === undefined,
  );
  const own = found.filter((object) => isOwn(object, entry));
  return (own.length > 0 ? own : found).map(({ file, document, kind }) => ({
    file,
    document,
    path: ["spec", "replicas"],
    why: `a ${kind} has it there`,
  }));
}

/** Fields of this many other targets are looked at: enough to tell a habit. */
const lookedAt = 400;

/** Where others write it, below a parent that this target has as well. `same`: only the same service in other environments. */
function byOthers({ catalogue, entry }: ActionInput, objects: TargetObjects, same: boolean): readonly CountPlace[] {
  const { service } = entry.target;
  const others = catalogue.targets
    .filter((other) => other !== entry && (other.target.service === service) === same)
    .slice(0, lookedAt);
  const used = new Map<string, { path: FieldPath; count: number }>();
  for (const { fields } of others)
    for (const field of fields) {
      if (!tells(field)) continue;
      const key = JSON.stringify(field.path);
      used.set(key, { path: field.path, count: (used.get(key)?.count ?? 0) + 1 });
    }
  const why = same ? "its other environments have it there" : "others of the repository have it there";
  const least = same ? 1 : 2;
  const holders = objects.own.filter((object) => isOwn(object, entry));
  return holders.flatMap((object) =>
    bestPlace(
      object,
      [...used.values()].filter(({ count }) => count >= least),
      why,
    ),
  );
}

function tells({ role, path, value, file }: Field): boolean {
  return (
    role === "replicas" &&
    isCount(path) &&
    path.length > 1 &&
    /^\d+$/.test(value) &&
    !/kustomization\.ya?ml$/.test(file)
  );
}

function bestPlace(
  { file, document, root }: RepositoryObject,
  used: readonly { readonly path: FieldPath; readonly count: number }[],
  why: string,
): readonly CountPlace[] {
  const fitting = used
    .filter(({ path }) => at(root, ...path.slice(0, -1))?.kind === "mapping" && at(root, ...path) === undefined)
    .toSorted((a, b) => b.count - a.count);
  const [best, second] = fitting;
  return best === undefined || best.count === second?.count ? [] : [{ file, document, path: best.path, why }];
}

function isCount(path: FieldPath): boolean {
  return /^replica(?:s|Count)$/.test(String(path.at(-1))) && path.every((step) => typeof step === "string");
}

function distinct(places: readonly CountPlace[]): readonly CountPlace[] {
  const same = (a: CountPlace, b: CountPlace) =>
    a.file === b.file && a.document === b.document && samePath(a.path, b.path);
  return places.filter((place, index) => places.findIndex((other) => same(place, other)) === index);
}

function samePath(a: FieldPath, b: FieldPath): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
