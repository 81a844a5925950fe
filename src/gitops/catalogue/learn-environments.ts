/** Names that a repository uses as environments without any convention telling so, learned from what they stand beside. */
import { directoryOf } from "../directory-of.ts";
import type { Children } from "./directory-children.ts";
import { environmentGroup, genericNames, namesEnvironment, serviceParents } from "./words.ts";

/** A name is learned if it stands beside known ones in at least two places and seldom anywhere else. */
const learnedPlaces = 2;
const learnedShare = 0.7;

/** What was learned, and what it was learned from, so that a change costs no more than itself. */
export interface Lessons {
  readonly learned: ReadonlySet<string>;
  readonly children: Children;
  readonly beside: ReadonlyMap<string, Places>;
  /** What follows from the names that were learned beside known ones alone. */
  readonly besideKnown: ReadonlySet<string>;
  readonly inside: ReadonlyMap<string, InnerPlaces>;
  readonly parts: ReadonlyMap<string, number>;
}

interface Places {
  readonly beside: number;
  readonly all: number;
}

interface InnerPlaces {
  readonly beside: number;
  /** How often it stands beside a known one within what is called so. */
  readonly around: ReadonlyMap<string, number>;
}

export function learnEnvironments(children: Children): Lessons {
  return learnFrom(children, [...children.keys()], undefined);
}

/** `dirty`: directories in which something came or went since. */
export function learnAgain(children: Children, before: Lessons, dirty: ReadonlySet<string>): Lessons {
  // What a directory tells depends on its own names and on theirs.
  const concerned = new Set(dirty);
  for (const directory of dirty) if (directory !== "") concerned.add(directoryOf(directory));
  return learnFrom(children, [...concerned], before);
}

function learnFrom(children: Children, directories: readonly string[], before: Lessons | undefined): Lessons {
  const parts = new Map(before?.parts);
  const beside = new Map(before?.beside);
  for (const [known, sign] of [[before?.children, -1] as const, [children, 1] as const]) {
    if (known === undefined) continue;
    for (const directory of directories) {
      for (const name of partsOfKnown(known, directory)) countPart(parts, name, sign);
      for (const [name, isBeside] of besideKnown(known, directory)) countPlace(beside, name, isBeside, sign);
    }
  }
  const first = often(beside);
  const same = before !== undefined && sameNames(first, before.besideKnown) ? before : undefined;
  const again = same === undefined ? [...children.keys()] : directories;
  const inside = new Map(same?.inside);
  for (const [known, sign] of [[same?.children, -1] as const, [children, 1] as const]) {
    if (known === undefined) continue;
    for (const directory of again)
      for (const place of insideKnown(known, directory, first)) countInner(inside, place, sign);
  }
  const learned = new Set(first);
  for (const [name, { beside: count, around }] of inside)
    if (around.size >= learnedPlaces && count >= learnedPlaces && count / directoriesCalled(name, children) >= 0.5)
      learned.add(name);
  for (const [name, count] of parts) if (count >= learnedPlaces) learned.add(name);
  return { learned, children, beside, besideKnown: first, inside, parts };
}

/** `eu-prd-1` below `production` in several places is one wherever it stands. */
function* partsOfKnown(children: Children, directory: string): Generator<string> {
  if (environmentGroup(lastSegment(directory)) === undefined) return;
  for (const name of children.get(directory)?.keys() ?? []) {
    if (genericNames.has(name) || environmentGroup(name) !== undefined || !namesEnvironment(name)) continue;
    if (children.has(`${directory}/${name}`)) yield name;
  }
}

/** A directory that stands beside environments and looks like them inside, or a file that does in a directory of such files. */
function* besideKnown(children: Children, directory: string): Generator<readonly [name: string, beside: boolean]> {
  const names = children.get(directory);
  if (names === undefined) return;
  const known: string[] = [];
  for (const name of names.keys()) if (environmentGroup(name) !== undefined) known.push(name);
  if (known.length === 0) return;
  const own = lastSegment(directory);
  for (const name of names.keys()) {
    if (environmentGroup(name) !== undefined || genericNames.has(name) || name === own || /^\d+$/.test(name)) continue;
    yield [name, known.length >= 2 && (varies(name, known) || resembles(children, directory, name, known))];
  }
}

/** `production-eu` beside `production` and `staging`. */
function varies(name: string, known: readonly string[]): boolean {
  return known.some((other) => name.startsWith(`${other}-`));
}

function resembles(children: Children, directory: string, name: string, known: readonly string[]): boolean {
  const inside = children.get(`${directory}/${name}`);
  const others = known.map((other) => children.get(`${directory}/${other}`));
  if (inside === undefined) {
    // Among files, only where every other one is an environment, the directory's own kind, or generic.
    return others.every((other) => other === undefined) && known.length >= (children.get(directory)?.size ?? 0) / 2;
  }
  if ([...inside.keys()].some((child) => environmentGroup(child) !== undefined)) return false;
  return others.some((other) => alike(inside, other));
}

interface InnerPlace {
  readonly name: string;
  /** Of the directory around the environment's. */
  readonly outer: string;
}

/**
 * `checkout/production/cluster-7` beside `checkout/production/eu-prd-1`: a part of an environment that looks like another part of
 * it, for several services. What stands below environments of one place only may be a service itself.
 */
function* insideKnown(children: Children, directory: string, learned: ReadonlySet<string>): Generator<InnerPlace> {
  const parent = lastSegment(directory);
  if (environmentGroup(parent) === undefined && !learned.has(parent)) return;
  const names = [...(children.get(directory)?.keys() ?? [])];
  const parts = names.filter(namesEnvironment);
  const outer = lastSegment(directory.slice(0, Math.max(0, directory.length - parent.length - 1)));
  for (const name of parts.length === 0 ? [] : names) {
    if (genericNames.has(name) || namesEnvironment(name) || learned.has(name) || /^\d+$/.test(name)) continue;
    const inside = children.get(`${directory}/${name}`);
    if (inside === undefined) continue;
    if (parts.some((part) => alike(inside, children.get(`${directory}/${part}`)))) yield { name, outer };
  }
}

/** How many there are; any number where one of them stands where services do. */
function directoriesCalled(name: string, children: Children): number {
  let count = 0;
  for (const [directory, names] of children) {
    if (!names.has(name) || !children.has(`${directory}/${name}`)) continue;
    if (serviceParents.has(lastSegment(directory))) return Number.POSITIVE_INFINITY;
    count += 1;
  }
  return count;
}

function alike(inside: ReadonlyMap<string, number>, other: ReadonlyMap<string, number> | undefined): boolean {
  if (other === undefined) return false;
  for (const child of inside.keys()) if (other.has(child)) return true;
  return false;
}

type Sign = 1 | -1;

const nowhere: ReadonlyMap<string, number> = new Map();

function countPart(parts: Map<string, number>, name: string, sign: Sign): void {
  const count = (parts.get(name) ?? 0) + sign;
  if (count === 0) parts.delete(name);
  else parts.set(name, count);
}

function countPlace(places: Map<string, Places>, name: string, isBeside: boolean, sign: Sign): void {
  const { beside, all } = places.get(name) ?? { beside: 0, all: 0 };
  if (all + sign === 0) places.delete(name);
  else places.set(name, { beside: beside + (isBeside ? sign : 0), all: all + sign });
}

function countInner(places: Map<string, InnerPlaces>, { name, outer }: InnerPlace, sign: Sign): void {
  const known = places.get(name) ?? { beside: 0, around: nowhere };
  const beside = known.beside + sign;
  if (beside === 0) places.delete(name);
  else places.set(name, { beside, around: counted(known.around, outer, sign) });
}

function counted(counts: ReadonlyMap<string, number>, name: string, sign: Sign): ReadonlyMap<string, number> {
  const copy = new Map(counts);
  countPart(copy, name, sign);
  return copy;
}

function often(places: ReadonlyMap<string, Places>): ReadonlySet<string> {
  const learned = new Set<string>();
  for (const [name, { beside, all }] of places)
    if (beside >= learnedPlaces && beside / all >= learnedShare) learned.add(name);
  return learned;
}

function sameNames(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((name) => b.has(name));
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
