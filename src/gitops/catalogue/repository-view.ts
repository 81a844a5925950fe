import type { RepositoryFile } from "../repository-file.ts";
import type { YamlNode } from "../yaml-tree.ts";
import { readTree } from "./read-tree.ts";

/** What generators may look at. Remembers which files they read, so that a catalogue is known to hold as long as those stay. */
export class RepositoryView {
  readonly #texts: ReadonlyMap<string, RepositoryFile>;
  readonly #read = new Map<string, string>();
  #paths: readonly string[] | undefined;
  #directories: readonly string[] | undefined;

  constructor(texts: ReadonlyMap<string, RepositoryFile>) {
    this.#texts = texts;
  }

  /** Texts of the files that were read, by path. */
  get inputs(): ReadonlyMap<string, string> {
    return this.#read;
  }

  /** A file, or a directory with files below it. */
  has(path: string): boolean {
    if (this.#texts.has(path)) return true;
    const directories = this.#sortedDirectories();
    return directories[firstNotBelow(directories, path)] === path;
  }

  /** Files that begin as the pattern does before its first `*`. */
  pathsLike(pattern: string): readonly string[] {
    this.#paths ??= [...this.#texts.keys()].sort();
    return beginning(this.#paths, literalStart(pattern));
  }

  /** Directories at any depth, hidden ones left out, that begin as the pattern does before its first `*`. */
  directoriesLike(pattern: string): readonly string[] {
    return beginning(this.#sortedDirectories(), literalStart(pattern));
  }

  #sortedDirectories(): readonly string[] {
    if (this.#directories !== undefined) return this.#directories;
    const found = new Set<string>();
    for (const path of this.#texts.keys()) {
      for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
        const directory = path.slice(0, at);
        if (found.has(directory)) break;
        found.add(directory);
      }
    }
    this.#directories = [...found].filter((directory) => !/(?:^|\/)\./.test(directory)).sort();
    return this.#directories;
  }

  /** The first document of a file. */
  read(path: string): YamlNode | undefined {
    const text = this.#texts.get(path)?.text;
    if (text === undefined) return undefined;
    this.#read.set(path, text);
    const parsed = readTree(path, text);
    return parsed.ok ? parsed.documents[0] : undefined;
  }
}

function literalStart(pattern: string): string {
  return pattern.replace(/[*?].*$/s, "");
}

/** Of a sorted list, those that begin so. */
function beginning(sorted: readonly string[], start: string): readonly string[] {
  const from = firstNotBelow(sorted, start);
  let to = from;
  while (sorted[to]?.startsWith(start)) to++;
  return sorted.slice(from, to);
}

function firstNotBelow(sorted: readonly string[], start: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? "") < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
