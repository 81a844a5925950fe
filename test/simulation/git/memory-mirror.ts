/** The reconciler's view of git over the objects of a `MemoryRepository`. It knows what it has fetched, and nothing else. */
import { RemitError } from "../../../src/errors.ts";
import { configText, isConfigFile, maxConfigBytes } from "../../../src/gitops/mirror/config-text.ts";
import type {
  ChangedFile,
  Commit,
  LogOptions,
  Mirror,
  Revision,
  TreeEntry,
  UnreadFile,
  WantedFiles,
} from "../../../src/gitops/mirror/mirror.ts";
import { unreadableEntry, unreadableText } from "../../../src/gitops/mirror/unreadable.ts";
import type { RepositoryFile } from "../../../src/gitops/repository-file.ts";
import type { MemoryRepository } from "./memory-repository.ts";
import type { FlatEntry } from "./object-store.ts";

/** One object for the same file in every revision and every world, so that it is parsed once. */
export type FileCache = Map<string, RepositoryFile>;

const absent = "000000";

export class MemoryMirror implements Mirror {
  readonly repository: string;
  readonly #remote: MemoryRepository;
  readonly #cache: FileCache;
  readonly #known = new Set<Revision>();
  #refs: ReadonlyMap<string, string> = new Map();
  #head = "";

  constructor(repository: string, remote: MemoryRepository, cache: FileCache) {
    this.repository = repository;
    this.#remote = remote;
    this.#cache = cache;
  }

  async fetch(): Promise<void> {
    this.#refs = await this.#remote.refs();
    this.#head = this.#remote.head;
    for (const oid of this.#refs.values()) this.#learn(oid);
  }

  async head(): Promise<Revision> {
    const head = this.#refs.get(this.#head);
    if (head === undefined) throw new RemitError("git-failed", "the repository's default branch has no commit");
    return head;
  }

  async branchHead(branch: string): Promise<Revision | undefined> {
    return this.#refs.get(`refs/heads/${branch}`);
  }

  async has(revision: Revision): Promise<boolean> {
    return this.#known.has(revision);
  }

  async entries(revision: Revision): Promise<readonly TreeEntry[]> {
    return [...this.#files(revision)].map(([path, { mode, oid }]) => ({ path, mode, object: oid }));
  }

  async read(revision: Revision, paths: Iterable<string>): Promise<ReadonlyMap<string, Uint8Array>> {
    const files = this.#files(revision);
    const found = new Map<string, Uint8Array>();
    for (const path of paths) {
      const entry = files.get(path);
      const body = entry && this.#remote.objects.read(entry.oid)?.body;
      if (body !== undefined) found.set(path, body);
    }
    return found;
  }

  readEach(wanted: Iterable<WantedFiles>): Promise<readonly ReadonlyMap<string, Uint8Array>[]> {
    return Promise.all(Array.from(wanted, ({ revision, paths }) => this.read(revision, paths)));
  }

  async files(revision: Revision, seen: (file: RepositoryFile) => void = () => {}): Promise<readonly RepositoryFile[]> {
    const found = [...this.#files(revision)].flatMap(([path, entry]) => this.#file(path, entry) ?? []);
    for (const file of found) seen(file);
    return found;
  }

  async unread(revision: Revision): Promise<readonly UnreadFile[]> {
    return (await this.entries(revision)).flatMap((entry) => {
      if (entry.mode !== "160000" && !isConfigFile({ path: entry.path, mode: "100644" })) return [];
      const why = unreadableEntry(entry) ?? unreadableText(this.#content(entry.object), this.#text(entry.object));
      return why === undefined ? [] : [{ path: entry.path, why }];
    });
  }

  async log(revision: Revision, options: LogOptions): Promise<readonly Commit[]> {
    const { paths, since = 0, limit = Number.POSITIVE_INFINITY, containing = "" } = options;
    const commits: Commit[] = [];
    if (paths?.length === 0) return commits;
    this.#files(revision);
    let at: Revision | undefined = revision;
    while (at !== undefined && commits.length < limit) {
      const facts = this.#remote.objects.commit(at);
      const isOld = facts.committer.at < Math.ceil(since / 1000) * 1000;
      // As `git log --max-age` does: it goes no further than the first commit that is older, but for whoever counts.
      if (isOld && (containing === "" || paths !== undefined)) break;
      const parent: Revision | undefined = facts.parents[0];
      const files = this.#changes(parent, at);
      const touches = paths === undefined || files.some(({ path }) => paths.some((wanted) => isBelow(path, wanted)));
      if (touches && !isOld && facts.message.includes(containing)) {
        commits.push({
          id: at,
          parents: facts.parents,
          author: { name: facts.author.name, email: facts.author.email },
          committer: { name: facts.committer.name, email: facts.committer.email },
          authoredAt: facts.author.at,
          committedAt: facts.committer.at,
          message: facts.message,
          files: options.files === false ? [] : files,
        });
      }
      at = parent;
    }
    return commits;
  }

  async isAncestor(ancestor: Revision, descendant: Revision): Promise<boolean> {
    if (!this.#known.has(ancestor)) return false;
    this.#files(descendant);
    return this.#remote.isAncestor(ancestor, descendant);
  }

  async mergeBases(a: Revision, b: Revision): Promise<readonly Revision[]> {
    const common = [...this.#history(a)].filter((commit) => this.#history(b).has(commit));
    return common.filter((commit) => !common.some((other) => other !== commit && this.#history(other).has(commit)));
  }

  async diff(before: Revision, after: Revision): Promise<readonly ChangedFile[]> {
    this.#files(before);
    this.#files(after);
    return this.#changes(before, after);
  }

  async close(): Promise<void> {}

  #history(head: Revision): ReadonlySet<Revision> {
    const met = new Set<Revision>();
    const waiting = [head];
    for (let oid = waiting.pop(); oid !== undefined; oid = waiting.pop()) {
      if (!met.has(oid)) waiting.push(...this.#remote.objects.commit(oid).parents);
      met.add(oid);
    }
    return met;
  }

  #learn(head: Revision): void {
    const waiting = [head];
    for (let oid = waiting.pop(); oid !== undefined; oid = waiting.pop()) {
      if (this.#known.has(oid)) continue;
      this.#known.add(oid);
      waiting.push(...this.#remote.objects.commit(oid).parents);
    }
  }

  #files(revision: Revision): ReadonlyMap<string, FlatEntry> {
    if (!this.#known.has(revision)) throw new RemitError("git-failed", `commit ${revision} isn't here`);
    return this.#remote.objects.files(revision);
  }

  #changes(before: Revision | undefined, after: Revision): ChangedFile[] {
    const old = before === undefined ? new Map<string, FlatEntry>() : this.#remote.objects.files(before);
    const fresh = this.#remote.objects.files(after);
    const changes: ChangedFile[] = [];
    for (const [path, { mode, oid }] of fresh) {
      const was = old.get(path);
      if (was?.oid === oid && was.mode === mode) continue;
      const status =
        was === undefined ? "added" : was.mode.slice(0, 3) === mode.slice(0, 3) ? "modified" : "type-changed";
      changes.push({ path, status, modeBefore: was?.mode ?? absent, modeAfter: mode });
    }
    for (const [path, { mode }] of old) {
      if (!fresh.has(path)) changes.push({ path, status: "deleted", modeBefore: mode, modeAfter: absent });
    }
    return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  #file(path: string, { mode, oid }: FlatEntry): RepositoryFile | undefined {
    const key = `${path}\0${mode}\0${oid}`;
    const known = this.#cache.get(key);
    if (known !== undefined) return known;
    if (!isConfigFile({ path, mode }) || unreadableEntry({ path, mode, object: oid }) !== undefined) return undefined;
    const text = this.#text(oid);
    if (text === undefined || unreadableText(this.#content(oid), text) !== undefined) return undefined;
    const file = { path, text };
    this.#cache.set(key, file);
    return file;
  }

  #content(oid: string): Buffer | undefined {
    const body = this.#remote.objects.read(oid)?.body;
    return body !== undefined && body.length <= maxConfigBytes ? body : undefined;
  }

  #text(oid: string): string | undefined {
    const content = this.#content(oid);
    return content && configText(content);
  }
}

function isBelow(path: string, wanted: string): boolean {
  return path === wanted || path.startsWith(`${wanted}/`);
}
