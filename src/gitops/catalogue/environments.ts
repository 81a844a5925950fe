/** Which path segments of this repository are environments, as it spells them. */
import { environmentGroup, environmentParents, genericNames } from "./words.ts";

export interface Environments {
  /** `clusters/production/eu-prd-1/checkout.yaml` → [`production`, `eu-prd-1`]: from the outermost to the innermost. */
  chain(path: string): readonly string[];
  /** Is the segment `name`, below `parent`, an environment? */
  isEnvironment(name: string, parent: string | undefined): boolean;
}

/** A name is learned as an environment if it stands beside known ones in at least two places and seldom anywhere else. */
const learnedPlaces = 2;
const learnedShare = 0.7;

export function findEnvironments(paths: Iterable<string>): Environments {
  const children = childrenByDirectory(paths);
  const learned = learn(children);
  const isEnvironment = (name: string, parent: string | undefined): boolean => {
    if (environmentGroup(name) !== undefined || learned.has(name)) return true;
    if (parent === undefined || genericNames.has(name)) return false;
    if (environmentParents.has(parent)) return true;
    // `production/eu-prd-1`: a part of an environment that names it again.
    return environmentGroup(parent) !== undefined && namesEnvironment(name);
  };
  return {
    isEnvironment,
    chain(path) {
      const segments = path.split("/");
      const file = segments.pop() ?? "";
      const chain: string[] = [];
      let parent: string | undefined;
      for (const segment of segments) {
        if (isEnvironment(segment, parent)) chain.push(segment);
        parent = segment;
      }
      const word = fileEnvironment(stem(file), parent, isEnvironment);
      if (word !== undefined) chain.push(word);
      return chain;
    },
  };
}

/** The file's name without its extension. */
export function stem(file: string): string {
  return file.replace(/\.(?:ya?ml|json|properties|env)$/i, "").replace(/\.enc$/, "");
}

function fileEnvironment(
  name: string,
  parent: string | undefined,
  isEnvironment: Environments["isEnvironment"],
): string | undefined {
  // A file named like its directory's kind (`clusters/addons.yaml`) isn't an environment for that alone.
  if (isEnvironment(name, undefined)) return name;
  const [first = "", ...rest] = name.split(/[-._]/);
  const last = rest.join("-");
  if (rest.length === 0) return undefined;
  const kind = (word: string): boolean => genericNames.has(word) || word === parent;
  if (kind(first) && isEnvironment(last, undefined)) return last;
  const tail = name.slice(Math.max(name.lastIndexOf("-"), name.lastIndexOf("."), name.lastIndexOf("_")) + 1);
  const head = name.slice(0, name.length - tail.length - 1);
  return (kind(head) || environmentGroup(tail) !== undefined) && isEnvironment(tail, undefined) ? tail : undefined;
}

function namesEnvironment(name: string): boolean {
  return name.split(/[-._]/).some((word) => environmentGroup(word) !== undefined);
}

function childrenByDirectory(paths: Iterable<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const children = new Map<string, Set<string>>();
  for (const path of paths) {
    let rest = path;
    let child = stem(rest.slice(rest.lastIndexOf("/") + 1));
    while (rest.includes("/")) {
      rest = rest.slice(0, rest.lastIndexOf("/"));
      const known = children.get(rest);
      if (known?.has(child)) break;
      if (known === undefined) children.set(rest, new Set([child]));
      else known.add(child);
      child = rest.slice(rest.lastIndexOf("/") + 1);
    }
  }
  return children;
}

function learn(children: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const places = new Map<string, { beside: number; all: number }>();
  for (const [directory, names] of children) {
    const known = [...names].filter((name) => environmentGroup(name) !== undefined).length;
    const own = directory.slice(directory.lastIndexOf("/") + 1);
    for (const name of names) {
      if (environmentGroup(name) !== undefined || genericNames.has(name) || name === own || /^\d+$/.test(name))
        continue;
      const count = places.get(name) ?? { beside: 0, all: 0 };
      count.all += 1;
      if (known >= 2) count.beside += 1;
      places.set(name, count);
    }
  }
  const learned = new Set<string>();
  for (const [name, { beside, all }] of places)
    if (beside >= learnedPlaces && beside / all >= learnedShare) learned.add(name);
  return learned;
}
