/** What `ownedFiles` asks for every target of one revision. Worked out once, and only what is asked for. */
import type { Catalogue, Holder } from "../catalogue/catalogue.ts";
import { plainName } from "../catalogue/plain-name.ts";

export interface OwnershipIndex {
  /** Every file of the revision. */
  readonly paths: readonly string[];
  /** All services' and environments' plain names. */
  readonly services: ReadonlySet<string>;
  readonly environments: ReadonlySet<string>;
  holders(file: string): readonly Holder[];
  /** All paths that may have a segment of this plain name, extensions left out; in the order of `paths`. */
  pathsNaming(word: string): readonly string[];
}

export function ownershipIndex(catalogue: Catalogue, paths: readonly string[]): OwnershipIndex {
  const services = new Set<string>();
  const environments = new Set<string>();
  for (const { target } of catalogue.targets) {
    services.add(plainName(target.service));
    if (target.environment !== undefined) environments.add(plainName(target.environment));
  }
  let search: ((word: string) => readonly string[]) | undefined;
  return {
    paths,
    services,
    environments,
    holders: catalogue.holders ?? holdersOf(catalogue),
    pathsNaming(word) {
      search ??= segmentSearch(paths);
      return word === "" ? paths : search(word);
    },
  };
}

/** All paths are searched as one text, so that a word costs no more than one pass over it. */
function segmentSearch(paths: readonly string[]): (word: string) => readonly string[] {
  // What lower case is depends on neighbours beyond ASCII: such paths are always told.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is ASCII that is looked for
  const strange = paths.map((path) => !/^[\u0001-\u007f]*$/.test(path));
  const text = plainName(paths.map((path, index) => (strange[index] ? "\0" : `/${path}\0`)).join(""));
  const ends: number[] = [];
  for (let at = text.indexOf("\0"); at >= 0; at = text.indexOf("\0", at + 1)) ends.push(at);
  const always = strange.flatMap((is, index) => (is ? [index] : []));
  return (word) => {
    const found = new Set(always);
    const needle = `/${word}`;
    for (let at = text.indexOf(needle), index = 0; at >= 0; at = text.indexOf(needle, at + 1)) {
      if (!"/.\0".includes(text[at + needle.length] ?? "")) continue;
      index = indexOfEnd(ends, at, index);
      found.add(index);
    }
    return [...found].sort((a, b) => a - b).flatMap((index) => paths[index] ?? []);
  };
}

/** The first of the ends after `at`, none before `from` being one. */
function indexOfEnd(ends: readonly number[], at: number, from: number): number {
  let [low, high] = [from, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function holdersOf({ targets }: Catalogue): (file: string) => readonly Holder[] {
  const holders = new Map<string, Holder[]>();
  for (const { target, scopes = [] } of targets) {
    for (const [file, own] of Map.groupBy(scopes, (scope) => scope.file)) {
      const known = holders.get(file);
      if (known === undefined) holders.set(file, [{ target, scopes: own }]);
      else known.push({ target, scopes: own });
    }
  }
  return (file) => holders.get(file) ?? [];
}
