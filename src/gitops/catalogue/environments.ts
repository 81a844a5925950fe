/** Which path segments of this repository are environments, as it spells them. */
import { directoryOf } from "../directory-of.ts";
import type { PathChanges } from "./changes.ts";
import { type Children, changedChildren, directoryChildren } from "./directory-children.ts";
import { type Lessons, learnAgain, learnEnvironments } from "./learn-environments.ts";
import { firstNotBelow, pathsBeginning } from "./sorted-paths.ts";
import { stem } from "./stem.ts";
import { environmentGroup, environmentParents, genericNames, namesEnvironment } from "./words.ts";

export interface Environments {
  /** `clusters/production/eu-prd-1/checkout.yaml` → [`production`, `eu-prd-1`]: from the outermost to the innermost. */
  chain(path: string): readonly string[];
  /** Is the segment `name`, below `parent`, an environment? */
  isEnvironment(name: string, parent: string | undefined): boolean;
}

export interface EnvironmentChanges {
  readonly environments: EnvironmentIndex;
  /** Paths that stand in other environments than before, or are new. */
  readonly changed: ReadonlySet<string>;
  /** Names that are environments now and weren't, or the other way round. */
  readonly words: readonly string[];
}

export class EnvironmentIndex implements Environments {
  readonly #children: Children;
  readonly #lessons: Lessons;
  /** Of directories that are there. */
  readonly #places: Map<string, Place>;
  /** Of files that are there. */
  readonly #chains: Map<string, readonly string[]>;
  /** Of whatever else somebody asked for. */
  readonly #asked = new Map<string, readonly string[]>();

  private constructor(children: Children, lessons: Lessons, places: Iterable<[string, Place]>, chains: Chains) {
    this.#children = children;
    this.#lessons = lessons;
    this.#places = new Map(places);
    this.#chains = new Map(chains);
  }

  static of(paths: readonly string[]): EnvironmentIndex {
    const children = directoryChildren(paths);
    const index = new EnvironmentIndex(children, learnEnvironments(children), [["", root]], []);
    for (const path of paths) index.#chains.set(path, index.#readChain(path));
    return index;
  }

  isEnvironment(name: string, parent: string | undefined): boolean {
    if (environmentGroup(name) !== undefined || this.#lessons.learned.has(name)) return true;
    if (parent === undefined || genericNames.has(name)) return false;
    if (environmentParents.has(parent)) return true;
    // `production/eu-prd-1`: a part of an environment that names it again.
    return environmentGroup(parent) !== undefined && namesEnvironment(name);
  }

  chain(path: string): readonly string[] {
    const known = this.#chains.get(path) ?? this.#asked.get(path);
    if (known !== undefined) return known;
    const chain = this.#readChain(path);
    this.#asked.set(path, chain);
    return chain;
  }

  /** Those of the revision that has `paths`, which are in order. */
  after(paths: readonly string[], changes: PathChanges): EnvironmentChanges {
    const { children, dirty } = changedChildren(this.#children, changes);
    const lessons = learnAgain(children, this.#lessons, dirty);
    const words = difference(lessons.learned, this.#lessons.learned);
    const places: Iterable<[string, Place]> = words.length > 0 ? [["", root]] : this.#places;
    const next = new EnvironmentIndex(children, lessons, places, this.#chains);
    for (const path of changes.removed) next.#chains.delete(path);
    const open = words.length > 0 ? paths : next.#reopened(paths, [...dirty].sort());
    const changed = new Set(changes.added);
    for (const path of new Set([...changes.added, ...open])) {
      const [known, chain] = [this.#chains.get(path), next.#readChain(path)];
      const same = known !== undefined && sameChain(known, chain);
      next.#chains.set(path, same ? known : chain);
      if (!same) changed.add(path);
    }
    return { environments: next, changed, words };
  }

  /** Paths whose environments may be others now that something came or went in `dirty`, outer directories first. */
  #reopened(paths: readonly string[], dirty: readonly string[]): readonly string[] {
    const open: string[] = [];
    for (const directory of dirty) {
      const start = directory === "" ? "" : `${directory}/`;
      if (directory !== "" && !this.#children.has(directory)) this.#places.delete(directory);
      for (const name of this.#children.get(directory)?.keys() ?? []) {
        const path = `${start}${name}`;
        const known = this.#places.get(path);
        if (known === undefined) continue;
        if (this.#readPlace(path, known).chain === known.chain) continue;
        for (const below of pathsBeginning(paths, `${path}/`)) {
          open.push(below);
          for (let inner = directoryOf(below); inner.length > path.length; inner = directoryOf(inner))
            this.#places.delete(inner);
        }
      }
      open.push(...filesIn(paths, start));
    }
    return open;
  }

  #readChain(path: string): readonly string[] {
    const { name: directory, parent, chain: around } = this.#place(directoryOf(path));
    const name = stem(path.slice(path.lastIndexOf("/") + 1));
    const word = fileEnvironment(name, parent, (each) => this.isEnvironment(each, undefined));
    if (word === undefined) return around;
    return word === name && !standsAsOne(name, parent, this.#children.get(directory)) ? around : [...around, word];
  }

  #place(name: string): Place {
    return this.#places.get(name) ?? this.#readPlace(name);
  }

  /** The place before stays where it says the same. */
  #readPlace(name: string, before?: Place): Place {
    const outer = this.#place(directoryOf(name));
    const segment = name.slice(name.lastIndexOf("/") + 1);
    const siblings = this.#children.get(outer.name);
    const own =
      (this.isEnvironment(segment, outer.parent) && standsAsOne(segment, outer.parent, siblings)) ||
      isVariant(segment, siblings);
    const chain = own ? [...outer.chain, segment] : outer.chain;
    const place = before !== undefined && sameChain(before.chain, chain) ? before : { name, parent: segment, chain };
    if (this.#children.has(name)) this.#places.set(name, place);
    return place;
  }
}

type Chains = Iterable<[string, readonly string[]]>;

/** Those among sorted paths that stand directly in a directory, which is given with its slash. */
function filesIn(paths: readonly string[], directory: string): readonly string[] {
  const found: string[] = [];
  let at = firstNotBelow(paths, directory);
  for (let path = paths[at]; path?.startsWith(directory); path = paths[at]) {
    const slash = path.indexOf("/", directory.length);
    if (slash < 0) found.push(path);
    // On with what comes after everything in there: `0` is the character after the slash.
    at = slash < 0 ? at + 1 : firstNotBelow(paths, `${path.slice(0, slash)}0`);
  }
  return found;
}

/** A directory with the environments on its path. */
interface Place {
  readonly name: string;
  /** Its last segment; undefined for the root. */
  readonly parent: string | undefined;
  readonly chain: readonly string[];
}

const root: Place = { name: "", parent: undefined, chain: [] };

/** `production-eu` beside `production` and `staging`. */
function isVariant(name: string, siblings: ReadonlyMap<string, number> | undefined): boolean {
  const dash = name.indexOf("-");
  if (dash === -1 || siblings === undefined || !siblings.has(name.slice(0, dash))) return false;
  return (
    certain.has(environmentGroup(name.slice(0, dash))) && [...siblings.keys()].filter(environmentGroup).length >= 2
  );
}

const certain: ReadonlySet<string | undefined> = new Set(["production", "staging", "development"]);

/** `integration`, `test` or `local` are also what things are called: they count among other environments or where those belong. */
function standsAsOne(
  name: string,
  parent: string | undefined,
  siblings: ReadonlyMap<string, number> | undefined,
): boolean {
  const group = environmentGroup(name);
  if (group === undefined || certain.has(group)) return true;
  if (parent !== undefined && (environmentParents.has(parent) || environmentGroup(parent) !== undefined)) return true;
  const others = [...(siblings?.keys() ?? [])].filter((other) => other !== name);
  const groups = others.map(environmentGroup).filter((other) => other !== undefined);
  return groups.some((other) => certain.has(other)) || groups.length > others.length / 2;
}

function fileEnvironment(
  name: string,
  parent: string | undefined,
  isEnvironment: (name: string) => boolean,
): string | undefined {
  // A file directly in `clusters/` isn't an environment for that alone.
  if (isEnvironment(name)) return name;
  const [first = "", ...rest] = name.split(/[-._]/);
  const last = rest.join("-");
  if (rest.length === 0) return undefined;
  const kind = (word: string): boolean => genericNames.has(word) || word === parent;
  if (kind(first) && isEnvironment(last)) return last;
  const tail = name.slice(Math.max(name.lastIndexOf("-"), name.lastIndexOf("."), name.lastIndexOf("_")) + 1);
  const head = name.slice(0, name.length - tail.length - 1);
  // `prod.values.yaml`
  if (genericNames.has(tail) && isEnvironment(head)) return head;
  return (kind(head) || environmentGroup(tail) !== undefined) && isEnvironment(tail) ? tail : undefined;
}

/** Of environments, from the outermost to the innermost. */
export function sameChain(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((word, at) => word === b[at]));
}

/** What is in one of them only. */
function difference(a: ReadonlySet<string>, b: ReadonlySet<string>): readonly string[] {
  return [...[...a].filter((name) => !b.has(name)), ...[...b].filter((name) => !a.has(name))];
}
