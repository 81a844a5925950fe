/** Reads one git directory: everything of `Mirror` that needs no network. */
import type { Instant } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import type { RepositoryFile } from "../repository-file.ts";
import { assertRevision } from "./assert-revision.ts";
import { BlobStore, type Prefetch } from "./blob-store.ts";
import { commonDirectory } from "./common-directory.ts";
import { type EntryChanges, FileIndex, type IndexedFiles } from "./file-index.ts";
import { gitEnvironment } from "./git-environment.ts";
import type { ChangedFile, Commit, LogOptions, Revision, TreeEntry, UnreadFile, WantedFiles } from "./mirror.ts";
import { ObjectReader } from "./object-reader.ts";
import { logFormat, parseLog } from "./parse-log.ts";
import { parseRawDiff, parseRawEntry } from "./parse-raw-diff.ts";
import { parseTree } from "./parse-tree.ts";
import { RecentLog } from "./recent-log.ts";
import { RecentRevisions } from "./recent-revisions.ts";
import { type GitOutput, runGit } from "./run-git.ts";
import { TreeLookup } from "./tree-lookup.ts";

/** Commits of a directory that are looked through for a few of its files. */
const directoryCommits = 200;
/** Commits that are looked through for those with a text: usually the first number is enough. */
const lookedThrough = [2_000, 20_000];
/** So many commits in a row that are older than what is asked for are history, and not somebody's wrong clock. */
const runOfOld = 1_000;
/** `read` refuses larger files. Bytes. */
const maxReadBytes = 32 * 1024 * 1024;
const rawDiff = [
  "--raw",
  "-z",
  "--no-renames",
  "--no-abbrev",
  "--no-ext-diff",
  "--no-textconv",
  "--ignore-submodules=none",
];

export class GitReader {
  readonly #environment: Readonly<Record<string, string>>;
  readonly #objects: ObjectReader;
  readonly #blobs: BlobStore;
  readonly #lookup: TreeLookup;
  readonly #index: FileIndex;
  readonly #recent: RecentLog;
  readonly #trees = new RecentRevisions<readonly TreeEntry[]>(2);
  readonly #files = new RecentRevisions<IndexedFiles>(3);

  constructor(gitDirectory: string, prefetch?: Prefetch) {
    this.#environment = gitEnvironment(gitDirectory);
    this.#objects = new ObjectReader(this.#environment);
    this.#blobs = new BlobStore(this.#objects, prefetch);
    this.#lookup = new TreeLookup(this.#objects);
    this.#index = new FileIndex({
      has: (revision) => this.has(revision),
      entries: (revision) => this.#list(revision),
      changes: (before, after) => this.#changes(before, after),
      blobs: this.#blobs,
    });
    this.#recent = new RecentLog((revision, { not, ...options }) => this.#log(revision, options, not));
  }

  /** The commit that a full ref name (or `HEAD`) points at; undefined where there is none. */
  async resolve(ref: string): Promise<Revision | undefined> {
    const commit = await this.#objects.commitOf(ref);
    return commit === undefined ? undefined : assertRevision(commit);
  }

  async has(revision: Revision): Promise<boolean> {
    const object = await this.#objects.read(assertRevision(revision), 0);
    return object?.type === "commit";
  }

  entries(revision: Revision): Promise<readonly TreeEntry[]> {
    return this.#trees.get(assertRevision(revision), () => this.#list(revision));
  }

  async read(revision: Revision, paths: Iterable<string>): Promise<ReadonlyMap<string, Uint8Array>> {
    const [files] = await this.readEach([{ revision, paths }]);
    return files ?? new Map();
  }

  async readEach(wanted: Iterable<WantedFiles>): Promise<readonly ReadonlyMap<string, Uint8Array>[]> {
    const asked = [...wanted];
    const found = await Promise.all(
      asked.map(({ revision, paths }) => this.#lookup.find(assertRevision(revision), new Set(paths))),
    );
    const blobs = found.map((entries) => entries.filter(({ mode }) => mode !== "160000" && mode !== "040000"));
    const contents = await this.#blobs.read(
      blobs.flat().map((entry) => entry.object),
      Math.max(...asked.map(({ maxBytes = maxReadBytes }) => maxBytes)),
    );
    return blobs.map((entries, index) => {
      const most = asked[index]?.maxBytes;
      const files = new Map<string, Uint8Array>();
      for (const { path, object } of entries) {
        const content = contents.get(object);
        if (most !== undefined && (content === undefined || content.length > most)) continue;
        if (content === undefined) throw new RemitError("git-failed", `${path} is larger than ${maxReadBytes} bytes`);
        files.set(path, content);
      }
      return files;
    });
  }

  async files(revision: Revision, seen?: (file: RepositoryFile) => void): Promise<readonly RepositoryFile[]> {
    return (await this.#indexed(revision, seen)).files;
  }

  async unread(revision: Revision): Promise<readonly UnreadFile[]> {
    return (await this.#indexed(revision)).unread;
  }

  async log(revision: Revision, options: LogOptions): Promise<readonly Commit[]> {
    if (options.paths?.length === 0) return [];
    if (options.containing !== undefined && options.since !== undefined && options.paths === undefined) {
      return this.#logContaining(revision, options, options.containing, options.since);
    }
    const recent = this.#recent.find(assertRevision(revision), options);
    return recent ?? (await this.#logOfDirectory(revision, options)) ?? this.#log(revision, options);
  }

  async isAncestor(ancestor: Revision, descendant: Revision): Promise<boolean> {
    if (!(await this.has(ancestor))) return false;
    if (ancestor === descendant) return true;
    const args = ["merge-base", "--is-ancestor", "--end-of-options", ancestor, assertRevision(descendant)];
    return (await this.#git(args, [1])).exitCode === 0;
  }

  async mergeBases(a: Revision, b: Revision): Promise<readonly Revision[]> {
    const args = ["merge-base", "--all", "--end-of-options", assertRevision(a), assertRevision(b)];
    const { stdout } = await this.#git(args, [1]);
    return stdout
      .toString("latin1")
      .split("\n")
      .filter((id) => id !== "")
      .map(assertRevision);
  }

  async diff(before: Revision, after: Revision): Promise<readonly ChangedFile[]> {
    return (await this.#diff(before, after)).map(([entry, path]) => parseRawDiff(entry, path));
  }

  async close(): Promise<void> {
    await this.#recent.idle();
    await this.#objects.close();
  }

  /**
   * Git (before 2.51) uses its changed-path filters for a single path only. So several files of one directory are asked for as
   * the directory; undefined where that doesn't answer the question.
   */
  async #logOfDirectory(revision: Revision, options: LogOptions): Promise<readonly Commit[] | undefined> {
    const { paths = [], limit = Number.POSITIVE_INFINITY } = options;
    const directory = paths.length > 1 && options.files !== false ? commonDirectory(paths) : undefined;
    if (directory === undefined) return undefined;
    const commits = await this.#log(revision, { ...options, paths: [directory], limit: directoryCommits });
    const wanted = new Set(paths);
    const found = commits.filter((commit) => commit.files.some((file) => wanted.has(file.path)));
    return found.length >= limit || commits.length < directoryCommits
      ? found.slice(0, Math.max(0, Math.floor(limit)))
      : undefined;
  }

  /**
   * `--max-age` goes no further than the first commit that is older, and whoever commits with a clock that is behind would
   * hide what is below from those who count. So as many commits are looked through as are needed for a long run of old ones.
   */
  async #logContaining(revision: Revision, options: LogOptions, text: string, since: Instant): Promise<Commit[]> {
    let commits: Commit[] = [];
    for (const most of lookedThrough) {
      commits = await this.#log(revision, { limit: most, ...(options.files === false ? { files: false } : {}) });
      if (commits.length < most || commits.slice(-runOfOld).every(({ committedAt }) => committedAt < since)) break;
    }
    const found = commits.filter((commit) => commit.committedAt >= since && commit.message.includes(text));
    return found.slice(0, options.limit);
  }

  /** `not`: what is reachable from it is left out. */
  async #log(revision: Revision, options: LogOptions, not?: Revision): Promise<Commit[]> {
    const args = ["log", "--first-parent", `--format=${logFormat}`];
    // With `--full-diff` git compares trees even where it shows nothing of it.
    args.push(...(options.files === false ? ["-z", "--no-patch"] : ["--full-diff", ...rawDiff]));
    if (options.containing !== undefined) args.push("--fixed-strings", `--grep=${options.containing}`);
    if (options.limit !== undefined) args.push(`--max-count=${Math.max(0, Math.floor(options.limit))}`);
    if (options.since !== undefined) args.push(`--max-age=${Math.max(0, Math.ceil(options.since / 1000))}`);
    args.push("--end-of-options", assertRevision(revision), ...(not === undefined ? [] : [`^${assertRevision(not)}`]));
    args.push("--", ...(options.paths ?? []));
    const { stdout } = await this.#git(args);
    return parseLog(stdout.toString("utf8"));
  }

  #indexed(revision: Revision, seen: (file: RepositoryFile) => void = () => {}): Promise<IndexedFiles> {
    return this.#files.get(assertRevision(revision), () => this.#index.at(revision, seen));
  }

  async #list(revision: Revision): Promise<TreeEntry[]> {
    const { stdout } = await this.#git(["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", revision]);
    return parseTree(stdout.toString("utf8"));
  }

  async #changes(before: Revision, after: Revision): Promise<EntryChanges> {
    const entries: TreeEntry[] = [];
    const gone: string[] = [];
    for (const [line, path] of await this.#diff(before, after)) {
      const entry = parseRawEntry(line, path);
      if (entry === undefined) gone.push(path);
      else entries.push(entry);
    }
    return { entries, gone };
  }

  /** Pairs of `:modes ids status` and a path. */
  async #diff(before: Revision, after: Revision): Promise<(readonly [entry: string, path: string])[]> {
    const revisions = [assertRevision(before), assertRevision(after)];
    const args = ["diff-tree", "-r", ...rawDiff, "--end-of-options", ...revisions, "--"];
    const fields = (await this.#git(args)).stdout.toString("utf8").split("\0");
    const pairs: (readonly [string, string])[] = [];
    for (let at = 0; at + 1 < fields.length; at += 2) pairs.push([fields[at] ?? "", fields[at + 1] ?? ""]);
    return pairs;
  }

  #git(args: readonly string[], answers: readonly number[] = []): Promise<GitOutput> {
    return runGit(args, { environment: this.#environment, answers });
  }
}
