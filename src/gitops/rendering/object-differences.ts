/**
 * How two renders of the same root differ, object by object. What follows by itself from another difference is told apart: the hash
 * in the name of a generated ConfigMap and whatever refers to it, and checksums of configuration in annotations. Pure.
 */
import type { FieldPath } from "../catalogue/catalogue.ts";
import { at } from "../catalogue/node-access.ts";
import type { RenderedObject } from "./rendered-object.ts";
import { type LeafDifference, treeDifferences } from "./tree-differences.ts";

export interface RenderedDifference extends LeafDifference {
  /** As it is after; as it was, where it goes. */
  readonly object: RenderedObject;
  /** The object had the same name before. */
  readonly inPlace?: true;
}

export interface ObjectDifferences {
  readonly differences: readonly RenderedDifference[];
  /** What follows by itself. */
  readonly following: readonly RenderedDifference[];
}

export function objectDifferences(
  before: readonly RenderedObject[],
  after: readonly RenderedObject[],
): ObjectDifferences {
  const paired = pairObjects(before, after);
  const renamed = new Map(paired.map(renaming).filter((names) => names !== undefined));
  const all = paired.flatMap(([old, fresh]) => {
    const object = fresh ?? old;
    if (object === undefined) return [];
    const inPlace = old?.name === fresh?.name ? ({ inPlace: true } as const) : {};
    return treeDifferences(old?.root, fresh?.root, renamed).map((leaf) => ({ ...leaf, object, ...inPlace }));
  });
  const named = all.filter((difference) => !isRenaming(difference, renamed));
  const configured = named.some(({ object }) => isConfiguration(object));
  const differences = named.filter((difference) => !(configured && isChecksum(difference)));
  const kept = new Set(differences);
  return { differences, following: all.filter((difference) => !kept.has(difference)) };
}

type Pair = readonly [before: RenderedObject | undefined, after: RenderedObject | undefined];

/** By name; then what is left by the names without a generator's hash, where that leaves one on each side. */
function pairObjects(before: readonly RenderedObject[], after: readonly RenderedObject[]): readonly Pair[] {
  const { pairs, old, fresh } = pairBy(before, after, identity);
  const byBase = pairBy(old, fresh, (object) => (isConfiguration(object) ? baseIdentity(object) : undefined));
  const rest: Pair[] = [
    ...byBase.old.map((object): Pair => [object, undefined]),
    ...byBase.fresh.map((object): Pair => [undefined, object]),
  ];
  return [...pairs, ...byBase.pairs, ...rest];
}

/** Several with the same key are paired in their order where there are as many of them, and else not at all. */
function pairBy(
  before: readonly RenderedObject[],
  after: readonly RenderedObject[],
  key: (object: RenderedObject) => string | undefined,
) {
  const [old, fresh] = [Map.groupBy(before, key), Map.groupBy(after, key)];
  const pairs: Pair[] = [];
  const paired = new Set<RenderedObject>();
  for (const [name, group] of old) {
    const others = fresh.get(name) ?? [];
    if (name === undefined || group.length !== others.length) continue;
    for (const [index, object] of group.entries()) {
      const other = others[index];
      pairs.push([object, other]);
      for (const each of [object, other]) if (each !== undefined) paired.add(each);
    }
  }
  const left = (objects: readonly RenderedObject[]) => objects.filter((object) => !paired.has(object));
  return { pairs, old: left(before), fresh: left(after) };
}

function identity({ group, kind, namespace, name }: RenderedObject): string {
  return JSON.stringify([group, kind, namespace, name]);
}

/** kustomize spells its hashes with these letters only. */
const hash = /-[bcdfghkmt2456789]{10}$/;

function baseIdentity(object: RenderedObject): string {
  return identity({ ...object, name: object.name.replace(hash, "") });
}

function isConfiguration({ group, kind }: RenderedObject): boolean {
  return group === "" && (kind === "ConfigMap" || kind === "Secret");
}

/** The old name and the new one, where the content decides the name: it has changed, too. */
function renaming([old, fresh]: Pair): readonly [string, string] | undefined {
  if (old === undefined || fresh === undefined || old.name === fresh.name) return undefined;
  const changed = ["data", "binaryData", "stringData", "type"].some(
    (key) => treeDifferences(at(old.root, key), at(fresh.root, key)).length > 0,
  );
  return changed ? [old.name, fresh.name] : undefined;
}

/** A name by itself, or as a word in a longer text, such as an argument. */
function isRenaming({ from, to }: LeafDifference, renamed: ReadonlyMap<string, string>): boolean {
  if (renamed.size === 0 || from === undefined || from === to) return false;
  return from.replace(/[\w.-]+/g, (word) => renamed.get(word) ?? word) === to;
}

/** Charts make pods anew where their configuration changes, by its digest in an annotation. */
function isChecksum({ path, from, to }: LeafDifference): boolean {
  return isAnnotation(path) && isDigest(from) && isDigest(to) && from.length === to.length;
}

function isAnnotation(path: FieldPath): boolean {
  return path.at(-2) === "annotations" && path.at(-3) === "metadata";
}

function isDigest(text: string | undefined): text is string {
  return text !== undefined && /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
