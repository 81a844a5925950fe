/** The configuration files of one revision after another. Only what changed since the revision before is listed and read again. */
import type { RepositoryFile } from "../repository-file.ts";
import type { BlobStore } from "./blob-store.ts";
import { configText, isConfigFile, maxConfigBytes } from "./config-text.ts";
import type { Revision, TreeEntry, UnreadFile } from "./mirror.ts";
import { unreadableEntry, unreadableText } from "./unreadable.ts";

export interface IndexedFiles {
  readonly files: readonly RepositoryFile[];
  readonly unread: readonly UnreadFile[];
}

/** Where the index learns what there is. */
export interface IndexSource {
  has(revision: Revision): Promise<boolean>;
  entries(revision: Revision): Promise<readonly TreeEntry[]>;
  /** Entries that are new or different at `after`, and paths that are gone. */
  changes(before: Revision, after: Revision): Promise<EntryChanges>;
  readonly blobs: BlobStore;
}

export interface EntryChanges {
  readonly entries: readonly TreeEntry[];
  readonly gone: readonly string[];
}

/** One of `file` and `why` is there. */
interface Indexed {
  readonly object: string;
  readonly file: RepositoryFile | undefined;
  readonly why: string | undefined;
}

interface Snapshot {
  readonly revision: Revision;
  /** By path, in order of paths. */
  readonly indexed: ReadonlyMap<string, Indexed>;
}

export class FileIndex {
  readonly #source: IndexSource;
  #last: Snapshot | undefined;

  constructor(source: IndexSource) {
    this.#source = source;
  }

  /** `seen` is shown every file that wasn't in the revision before, while others are still being read. */
  async at(revision: Revision, seen: (file: RepositoryFile) => void): Promise<IndexedFiles> {
    // A commit that a rewritten branch left behind may be gone.
    const before = this.#last !== undefined && (await this.#source.has(this.#last.revision)) ? this.#last : undefined;
    const indexed = before === undefined ? await this.#all(revision, seen) : await this.#next(before, revision, seen);
    this.#last = { revision, indexed };
    const files: RepositoryFile[] = [];
    const unread: UnreadFile[] = [];
    for (const [path, { file, why }] of indexed) {
      if (file !== undefined) files.push(file);
      else if (why !== undefined) unread.push({ path, why });
    }
    return { files, unread };
  }

  async #all(revision: Revision, seen: (file: RepositoryFile) => void): Promise<ReadonlyMap<string, Indexed>> {
    const entries = (await this.#source.entries(revision)).filter(isConcerned);
    return sorted(await this.#read(entries, seen));
  }

  async #next(
    before: Snapshot,
    revision: Revision,
    seen: (file: RepositoryFile) => void,
  ): Promise<ReadonlyMap<string, Indexed>> {
    const { entries, gone } = await this.#source.changes(before.revision, revision);
    const read = await this.#read(entries.filter(isConcerned), seen);
    const indexed = new Map(before.indexed);
    for (const path of gone) indexed.delete(path);
    for (const { path } of entries) if (!read.has(path)) indexed.delete(path);
    const size = indexed.size;
    for (const [path, entry] of read) indexed.set(path, entry);
    return indexed.size === size ? indexed : sorted(indexed);
  }

  async #read(entries: readonly TreeEntry[], seen: (file: RepositoryFile) => void): Promise<Map<string, Indexed>> {
    const indexed = new Map<string, Indexed>();
    const paths = new Map<string, string[]>();
    for (const entry of entries) {
      const why = unreadableEntry(entry);
      indexed.set(entry.path, { object: entry.object, file: undefined, why });
      if (why !== undefined) continue;
      const known = paths.get(entry.object);
      if (known === undefined) paths.set(entry.object, [entry.path]);
      else known.push(entry.path);
    }
    await this.#source.blobs.visit(paths.keys(), maxConfigBytes, (object, content) => {
      const text = content === undefined ? undefined : configText(content);
      const why = unreadableText(content, text);
      for (const path of paths.get(object) ?? []) {
        const file = why === undefined && text !== undefined ? { path, text } : undefined;
        indexed.set(path, { object, file, why });
        if (file !== undefined) seen(file);
      }
    });
    return indexed;
  }
}

/** Configuration, or what stands where configuration could. */
function isConcerned(entry: TreeEntry): boolean {
  return entry.mode === "160000" || isConfigFile({ path: entry.path, mode: "100644" });
}

function sorted(indexed: ReadonlyMap<string, Indexed>): ReadonlyMap<string, Indexed> {
  const paths = [...indexed.keys()];
  // Nearly always in order already.
  if (paths.every((path, at) => at === 0 || (paths[at - 1] ?? "") < path)) return indexed;
  return new Map([...indexed].sort(([a], [b]) => (a < b ? -1 : 1)));
}
