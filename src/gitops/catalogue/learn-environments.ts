/** Names that a repository uses as environments without any convention telling so, learned from what they stand beside. */
import { environmentGroup, genericNames, namesEnvironment, serviceParents } from "./words.ts";

/** What stands directly in each directory; files without their extension. */
export type Children = ReadonlyMap<string, ReadonlySet<string>>;

/** A name is learned if it stands beside known ones in at least two places and seldom anywhere else. */
const learnedPlaces = 2;
const learnedShare = 0.7;

export function learnEnvironments(children: Children): ReadonlySet<string> {
  const learned = besideKnown(children);
  for (const name of insideKnown(children, learned)) learned.add(name);
  for (const name of partsOfKnown(children)) learned.add(name);
  return learned;
}

/** `eu-prd-1` below `production` in several places is one wherever it stands. */
function* partsOfKnown(children: Children): Generator<string> {
  const counts = new Map<string, number>();
  for (const [directory, names] of children) {
    if (environmentGroup(lastSegment(directory)) === undefined) continue;
    for (const name of names) {
      if (genericNames.has(name) || environmentGroup(name) !== undefined || !namesEnvironment(name)) continue;
      if (children.has(`${directory}/${name}`)) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  for (const [name, count] of counts) if (count >= learnedPlaces) yield name;
}

interface Places {
  beside: number;
  all: number;
}

/** A directory that stands beside environments and looks like them inside, or a file that does in a directory of such files. */
function besideKnown(children: Children): Set<string> {
  const places = new Map<string, Places>();
  for (const [directory, names] of children) {
    const known = [...names].filter((name) => environmentGroup(name) !== undefined);
    if (known.length === 0) continue;
    const own = lastSegment(directory);
    for (const name of names) {
      if (environmentGroup(name) !== undefined || genericNames.has(name) || name === own || /^\d+$/.test(name))
        continue;
      const count = places.get(name) ?? { beside: 0, all: 0 };
      count.all += 1;
      if (known.length >= 2 && (varies(name, known) || resembles(children, directory, name, known))) count.beside += 1;
      places.set(name, count);
    }
  }
  return often(places);
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
  if ([...inside].some((child) => environmentGroup(child) !== undefined)) return false;
  return others.some((other) => other !== undefined && [...inside].some((child) => other.has(child)));
}

/**
 * `checkout/production/cluster-7` beside `checkout/production/eu-prd-1`: a part of an environment that looks like another part of
 * it, for several services. What stands below environments of one place only may be a service itself.
 */
function insideKnown(children: Children, learned: ReadonlySet<string>): ReadonlySet<string> {
  const places = new Map<string, Places>();
  const around = new Map<string, Set<string>>();
  for (const [directory, names] of children) {
    const parent = lastSegment(directory);
    const environment = environmentGroup(parent) !== undefined || learned.has(parent);
    const parts = environment ? [...names].filter(namesEnvironment) : [];
    for (const name of names) {
      if (genericNames.has(name) || namesEnvironment(name) || learned.has(name) || /^\d+$/.test(name)) continue;
      const inside = children.get(`${directory}/${name}`);
      if (inside === undefined) continue;
      const count = places.get(name) ?? { beside: 0, all: 0 };
      count.all += 1;
      if (parts.some((part) => alike(inside, children.get(`${directory}/${part}`)))) {
        count.beside += 1;
        const outer = directory.slice(0, Math.max(0, directory.length - parent.length - 1));
        around.set(name, (around.get(name) ?? new Set()).add(lastSegment(outer)));
      } else if (serviceParents.has(parent)) count.all = Number.POSITIVE_INFINITY;
      places.set(name, count);
    }
  }
  const found = often(places, 0.5);
  return new Set([...found].filter((name) => (around.get(name)?.size ?? 0) >= learnedPlaces));
}

function alike(inside: ReadonlySet<string>, other: ReadonlySet<string> | undefined): boolean {
  return other !== undefined && [...inside].some((child) => other.has(child));
}

function often(places: ReadonlyMap<string, Places>, share = learnedShare): Set<string> {
  const learned = new Set<string>();
  for (const [name, { beside, all }] of places) if (beside >= learnedPlaces && beside / all >= share) learned.add(name);
  return learned;
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
