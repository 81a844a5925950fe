/** Which path segments of this repository are environments, as it spells them. */
import { type Children, learnEnvironments } from "./learn-environments.ts";
import { environmentGroup, environmentParents, genericNames, namesEnvironment } from "./words.ts";

export interface Environments {
  /** `clusters/production/eu-prd-1/checkout.yaml` → [`production`, `eu-prd-1`]: from the outermost to the innermost. */
  chain(path: string): readonly string[];
  /** Is the segment `name`, below `parent`, an environment? */
  isEnvironment(name: string, parent: string | undefined): boolean;
}

export function findEnvironments(paths: Iterable<string>): Environments {
  const children = childrenByDirectory(paths);
  const learned = learnEnvironments(children);
  const chains = new Map<string, readonly string[]>();
  const isEnvironment = (name: string, parent: string | undefined): boolean => {
    if (environmentGroup(name) !== undefined || learned.has(name)) return true;
    if (parent === undefined || genericNames.has(name)) return false;
    if (environmentParents.has(parent)) return true;
    // `production/eu-prd-1`: a part of an environment that names it again.
    return environmentGroup(parent) !== undefined && namesEnvironment(name);
  };
  const places = new Map<string, Place>([["", { name: "", parent: undefined, chain: [] }]]);
  const place = (name: string): Place => {
    const known = places.get(name);
    if (known !== undefined) return known;
    const slash = name.lastIndexOf("/");
    const outer = place(slash < 0 ? "" : name.slice(0, slash));
    const segment = name.slice(slash + 1);
    const siblings = children.get(outer.name);
    const own =
      (isEnvironment(segment, outer.parent) && standsAsOne(segment, outer.parent, siblings)) ||
      isVariant(segment, siblings);
    const found = { name, parent: segment, chain: own ? [...outer.chain, segment] : outer.chain };
    places.set(name, found);
    return found;
  };
  return {
    isEnvironment,
    chain(path) {
      const known = chains.get(path);
      if (known !== undefined) return known;
      const slash = path.lastIndexOf("/");
      const { name: directory, parent, chain: around } = place(slash < 0 ? "" : path.slice(0, slash));
      const name = stem(path.slice(slash + 1));
      const word = fileEnvironment(name, parent, isEnvironment);
      const none = word === undefined || (word === name && !standsAsOne(name, parent, children.get(directory)));
      const chain = none ? around : [...around, word];
      chains.set(path, chain);
      return chain;
    },
  };
}

/** A directory with the environments on its path. */
interface Place {
  readonly name: string;
  /** Its last segment; undefined for the root. */
  readonly parent: string | undefined;
  readonly chain: readonly string[];
}

/** `production-eu` beside `production` and `staging`. */
function isVariant(name: string, siblings: ReadonlySet<string> | undefined): boolean {
  const dash = name.indexOf("-");
  if (dash === -1 || siblings === undefined || !siblings.has(name.slice(0, dash))) return false;
  return certain.has(environmentGroup(name.slice(0, dash))) && [...siblings].filter(environmentGroup).length >= 2;
}

const certain: ReadonlySet<string | undefined> = new Set(["production", "staging", "development"]);

/** `integration`, `test` or `local` are also what things are called: they count among other environments or where those belong. */
function standsAsOne(name: string, parent: string | undefined, siblings: ReadonlySet<string> | undefined): boolean {
  const group = environmentGroup(name);
  if (group === undefined || certain.has(group)) return true;
  if (parent !== undefined && (environmentParents.has(parent) || environmentGroup(parent) !== undefined)) return true;
  const others = [...(siblings ?? [])].filter((other) => other !== name);
  const groups = others.map(environmentGroup).filter((other) => other !== undefined);
  return groups.some((other) => certain.has(other)) || groups.length > others.length / 2;
}

/** The file's name without its extensions. */
export function stem(file: string): string {
  return file
    .replace(/\.gotmpl$/i, "")
    .replace(/\.(?:ya?ml|json|properties|env|tpl|(?:jso|libso)nnet)$/i, "")
    .replace(/\.enc$/, "");
}

function fileEnvironment(
  name: string,
  parent: string | undefined,
  isEnvironment: Environments["isEnvironment"],
): string | undefined {
  // A file directly in `clusters/` isn't an environment for that alone.
  if (isEnvironment(name, undefined)) return name;
  const [first = "", ...rest] = name.split(/[-._]/);
  const last = rest.join("-");
  if (rest.length === 0) return undefined;
  const kind = (word: string): boolean => genericNames.has(word) || word === parent;
  if (kind(first) && isEnvironment(last, undefined)) return last;
  const tail = name.slice(Math.max(name.lastIndexOf("-"), name.lastIndexOf("."), name.lastIndexOf("_")) + 1);
  const head = name.slice(0, name.length - tail.length - 1);
  // `prod.values.yaml`
  if (genericNames.has(tail) && isEnvironment(head, undefined)) return head;
  return (kind(head) || environmentGroup(tail) !== undefined) && isEnvironment(tail, undefined) ? tail : undefined;
}

function childrenByDirectory(paths: Iterable<string>): Children {
  const children = new Map<string, Set<string>>();
  for (const path of paths) {
    let rest = path;
    let child = stem(rest.slice(rest.lastIndexOf("/") + 1));
    while (rest !== "") {
      rest = rest.slice(0, Math.max(0, rest.lastIndexOf("/")));
      const known = children.get(rest);
      if (known?.has(child)) break;
      if (known === undefined) children.set(rest, new Set([child]));
      else known.add(child);
      child = rest.slice(rest.lastIndexOf("/") + 1);
    }
  }
  return children;
}
