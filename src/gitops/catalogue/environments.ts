/** Which path segments of this repository are environments, as it spells them. */
import type { PathChanges } from "./changes.ts";
import { type Children, changedChildren, directoryChildren } from "./directory-children.ts";
import { type Lessons, learnAgain, learnEnvironments } from "./learn-environments.ts";
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
  /** Paths that stand in other environments than before, or are new; undefined where any path may. */
  readonly changed: ReadonlySet<string> | undefined;
}

export class EnvironmentIndex implements Environments {
  readonly #children: Children;
  readonly #lessons: Lessons;
  readonly #places = new Map<string, Place>([["", root]]);
  readonly #chains = new Map<string, readonly string[]>();

  private constructor(children: Children, lessons: Lessons) {
    this.#children = children;
    this.#lessons = lessons;
  }

  static of(paths: Iterable<string>): EnvironmentIndex {
    const children = directoryChildren(paths);
    return new EnvironmentIndex(children, learnEnvironments(children));
  }

  isEnvironment(name: string, parent: string | undefined): boolean {
    if (environmentGroup(name) !== undefined || this.#lessons.learned.has(name)) return true;
    if (parent === undefined || genericNames.has(name)) return false;
    if (environmentParents.has(parent)) return true;
    // `production/eu-prd-1`: a part of an environment that names it again.
    return environmentGroup(parent) !== undefined && namesEnvironment(name);
  }

  chain(path: string): readonly string[] {
    let chain = this.#chains.get(path);
    if (chain === undefined) {
      chain = this.#readChain(path);
      this.#chains.set(path, chain);
    }
    return chain;
  }

  /** Those of the revision that has `paths`. */
  after(paths: Iterable<string>, changes: PathChanges): EnvironmentChanges {
    const { children, dirty } = changedChildren(this.#children, changes);
    const lessons = learnAgain(children, this.#lessons, dirty);
    const next = new EnvironmentIndex(children, lessons);
    if (!sameNames(lessons.learned, this.#lessons.learned)) return { environments: next, changed: undefined };
    const changed = new Set(changes.added);
    for (const path of paths) {
      const directory = directoryOf(path);
      const known = this.#chains.get(path);
      const place = next.#placeAfter(directory, this, dirty);
      if (known !== undefined && place.chain === this.#places.get(directory)?.chain && !dirty.has(directory)) {
        next.#chains.set(path, known);
        continue;
      }
      const chain = next.#readChain(path);
      const same = known !== undefined && sameChain(known, chain);
      next.#chains.set(path, same ? known : chain);
      if (!same) changed.add(path);
    }
    return { environments: next, changed };
  }

  #readChain(path: string): readonly string[] {
    const { name: directory, parent, chain: around } = this.#place(directoryOf(path));
    const name = stem(path.slice(path.lastIndexOf("/") + 1));
    const word = fileEnvironment(name, parent, (each) => this.isEnvironment(each, undefined));
    if (word === undefined) return around;
    return word === name && !standsAsOne(name, parent, this.#children.get(directory)) ? around : [...around, word];
  }

  #place(name: string): Place {
    return this.#places.get(name) ?? this.#readPlace(name, this.#place(directoryOf(name)), undefined);
  }

  /** The same place as before, where nothing that tells its environments has changed. */
  #placeAfter(name: string, before: EnvironmentIndex, dirty: ReadonlySet<string>): Place {
    const read = this.#places.get(name);
    if (read !== undefined) return read;
    const around = directoryOf(name);
    const outer = this.#placeAfter(around, before, dirty);
    const known = before.#places.get(name);
    const same = known !== undefined && before.#places.get(around)?.chain === outer.chain && !dirty.has(around);
    if (!same) return this.#readPlace(name, outer, known);
    this.#places.set(name, known);
    return known;
  }

  #readPlace(name: string, outer: Place, before: Place | undefined): Place {
    const segment = name.slice(name.lastIndexOf("/") + 1);
    const siblings = this.#children.get(outer.name);
    const own =
      (this.isEnvironment(segment, outer.parent) && standsAsOne(segment, outer.parent, siblings)) ||
      isVariant(segment, siblings);
    const chain = own ? [...outer.chain, segment] : outer.chain;
    const same = before !== undefined && sameChain(before.chain, chain);
    const place = same ? before : { name, parent: segment, chain };
    this.#places.set(name, place);
    return place;
  }
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

function sameChain(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((word, at) => word === b[at]));
}

function sameNames(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((name) => b.has(name));
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
