import type { RepositoryFile } from "../repository-file.ts";
import type { YamlNode } from "../yaml-tree.ts";
import { readTree } from "./read-tree.ts";
import { firstNotBelow, pathsBeginning } from "./sorted-paths.ts";

/** What was looked at: an answer holds as long as nothing of it changes. */
export interface Seen {
  /** How the paths begin that it depends on. */
  readonly starts: ReadonlySet<string>;
  /** Texts of files, by path. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What generators may look at. */
export class RepositoryView {
  readonly #files: ReadonlyMap<string, RepositoryFile>;
  #paths: readonly string[] | undefined;
  #directories: readonly string[] | undefined;
  #starts = new Set<string>();
  #read = new Map<string, string>();

  /** `files` in the order of their paths. */
  constructor(files: ReadonlyMap<string, RepositoryFile>) {
    this.#files = files;
  }

  /** The answer, and what it looked at for that. */
  watch<T>(look: () => T): { readonly answer: T; readonly seen: Seen } {
    const seen = { starts: new Set<string>(), texts: new Map<string, string>() };
    [this.#starts, this.#read] = [seen.starts, seen.texts];
    return { answer: look(), seen };
  }

  /** A file, or a directory with files below it. */
  has(path: string): boolean {
    this.#starts.add(path);
    if (this.#files.has(path)) return true;
    const directories = this.#sortedDirectories();
    return directories[firstNotBelow(directories, path)] === path;
  }

  /** Files that begin as the pattern does before its first `*`. */
  pathsLike(pattern: string): readonly string[] {
    this.#paths ??= [...this.#files.keys()];
    return pathsBeginning(this.#paths, this.#start(pattern));
  }

  /** Directories at any depth, hidden ones left out, that begin as the pattern does before its first `*`. */
  directoriesLike(pattern: string): readonly string[] {
    return pathsBeginning(this.#sortedDirectories(), this.#start(pattern));
  }

  /** The pattern up to its first `*`. */
  #start(pattern: string): string {
    const start = pattern.replace(/[*?].*$/s, "");
    this.#starts.add(start);
    return start;
  }

  #sortedDirectories(): readonly string[] {
    if (this.#directories !== undefined) return this.#directories;
    const found = new Set<string>();
    for (const path of this.#files.keys()) {
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
    const text = this.#files.get(path)?.text;
    if (text === undefined) return undefined;
    this.#read.set(path, text);
    const parsed = readTree(path, text);
    return parsed.ok ? parsed.documents[0] : undefined;
  }
}
