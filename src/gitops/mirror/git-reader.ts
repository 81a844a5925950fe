/** Reads one git directory: everything of `Mirror` that needs no network. */
import { RemitError } from "../../errors.ts";
import type { RepositoryFile } from "../repository-file.ts";
import { assertRevision } from "./assert-revision.ts";
import { configText, isConfigFile, maxConfigBytes } from "./config-text.ts";
import { gitEnvironment } from "./git-environment.ts";
import type { ChangedFile, Commit, LogOptions, Revision, TreeEntry } from "./mirror.ts";
import { ObjectReader } from "./object-reader.ts";
import { logFormat, parseLog } from "./parse-log.ts";
import { parseRawDiff } from "./parse-raw-diff.ts";
import { parseTree } from "./parse-tree.ts";
import { RecentRevisions } from "./recent-revisions.ts";
import { type GitOutput, runGit } from "./run-git.ts";

/** Brings the named blobs into the git directory. */
type Prefetch = (objects: readonly string[]) => Promise<void>;

/** `read` refuses larger files. Bytes. */
const maxReadBytes = 32 * 1024 * 1024;
const maxSinglePaths = 100;
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
  readonly #prefetch: Prefetch | undefined;
  readonly #trees = new RecentRevisions<readonly TreeEntry[]>(8);
  readonly #files = new RecentRevisions<readonly RepositoryFile[]>(3);
  /** Files of the last index, by object and path: unchanged files are shared. */
  #shared: ReadonlyMap<string, RepositoryFile | undefined> = new Map();

  constructor(gitDirectory: string, prefetch?: Prefetch) {
    this.#environment = gitEnvironment(gitDirectory);
    this.#objects = new ObjectReader(this.#environment);
    this.#prefetch = prefetch;
  }

  /** The commit that a full ref name (or `HEAD`) points at; undefined where there is none. */
  async resolve(ref: string): Promise<Revision | undefined> {
    const { exitCode, stdout } = await this.#git(
      ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`],
      [1, 128],
    );
    return exitCode === 0 ? assertRevision(stdout.toString("latin1").trim()) : undefined;
  }

  async has(revision: Revision): Promise<boolean> {
    const object = await this.#objects.read(assertRevision(revision), 0);
    return object?.type === "commit";
  }

  entries(revision: Revision): Promise<readonly TreeEntry[]> {
    return this.#trees.get(assertRevision(revision), async () => {
      const { stdout } = await this.#git(["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", revision]);
      return parseTree(stdout.toString("utf8"));
    });
  }

  async read(revision: Revision, paths: Iterable<string>): Promise<ReadonlyMap<string, Uint8Array>> {
    const wanted = new Set(paths);
    const listed = await this.#entriesOf(assertRevision(revision), wanted);
    const blobs = listed.filter(
      (entry) => wanted.has(entry.path) && entry.mode !== "160000" && entry.mode !== "040000",
    );
    const contents = await this.#contents(blobs, maxReadBytes);
    const result = new Map<string, Uint8Array>();
    for (const { path, object } of blobs) {
      const content = contents.get(object);
      if (content === undefined) throw new RemitError("git-failed", `${path} is larger than ${maxReadBytes} bytes`);
      result.set(path, content);
    }
    return result;
  }

  files(revision: Revision): Promise<readonly RepositoryFile[]> {
    return this.#files.get(assertRevision(revision), () => this.#index(revision));
  }

  async log(revision: Revision, options: LogOptions): Promise<readonly Commit[]> {
    if (options.paths?.length === 0) return [];
    const args = ["log", "--first-parent", "--full-diff", `--format=${logFormat}`, ...rawDiff];
    if (options.limit !== undefined) args.push(`--max-count=${Math.max(0, Math.floor(options.limit))}`);
    if (options.since !== undefined) args.push(`--max-age=${Math.max(0, Math.ceil(options.since / 1000))}`);
    args.push("--end-of-options", assertRevision(revision), "--", ...(options.paths ?? []));
    const { stdout } = await this.#git(args);
    return parseLog(stdout.toString("utf8"));
  }

  async isAncestor(ancestor: Revision, descendant: Revision): Promise<boolean> {
    if (!(await this.has(ancestor))) return false;
    const args = ["merge-base", "--is-ancestor", "--end-of-options", ancestor, assertRevision(descendant)];
    return (await this.#git(args, [1])).exitCode === 0;
  }

  async diff(before: Revision, after: Revision): Promise<readonly ChangedFile[]> {
    const args = [
      "diff-tree",
      "-r",
      ...rawDiff,
      "--end-of-options",
      assertRevision(before),
      assertRevision(after),
      "--",
    ];
    const fields = (await this.#git(args)).stdout.toString("utf8").split("\0");
    const files: ChangedFile[] = [];
    for (let at = 0; at + 1 < fields.length; at += 2) files.push(parseRawDiff(fields[at] ?? "", fields[at + 1] ?? ""));
    return files;
  }

  close(): Promise<void> {
    return this.#objects.close();
  }

  async #index(revision: Revision): Promise<readonly RepositoryFile[]> {
    const entries = (await this.entries(revision)).filter(isConfigFile);
    const before = this.#shared;
    const fresh = entries.filter((entry) => !before.has(sharedKey(entry)));
    const contents = await this.#contents(fresh, maxConfigBytes);
    const known = new Map<string, RepositoryFile | undefined>();
    for (const entry of entries) {
      const key = sharedKey(entry);
      const content = contents.get(entry.object);
      const text = content === undefined ? undefined : configText(content);
      known.set(key, before.has(key) ? before.get(key) : text === undefined ? undefined : { path: entry.path, text });
    }
    this.#shared = known;
    return [...known.values()].filter((file) => file !== undefined);
  }

  /** A few paths are looked up by themselves: history asks for two or three files of many revisions. */
  #entriesOf(revision: Revision, paths: ReadonlySet<string>): Promise<readonly TreeEntry[]> {
    if (paths.size === 0) return Promise.resolve([]);
    if (paths.size > maxSinglePaths || this.#trees.has(revision)) return this.entries(revision);
    return this.#git(["ls-tree", "-z", "--full-tree", "--end-of-options", revision, ...paths]).then(({ stdout }) =>
      parseTree(stdout.toString("utf8")),
    );
  }

  /** The blobs' contents by object id; one that is larger than `maxBytes` is absent. */
  async #contents(entries: readonly TreeEntry[], maxBytes: number): Promise<Map<string, Buffer>> {
    const contents = new Map<string, Buffer>();
    let missing = await this.#collect(new Set(entries.map((entry) => entry.object)), maxBytes, contents);
    if (missing.length > 0 && this.#prefetch !== undefined) {
      await this.#prefetch(missing);
      missing = await this.#collect(missing, maxBytes, contents);
    }
    if (missing.length > 0)
      throw new RemitError("git-failed", `${missing.length} objects are missing from the repository`);
    return contents;
  }

  /** Returns the ids that aren't there. */
  async #collect(ids: Iterable<string>, maxBytes: number, into: Map<string, Buffer>): Promise<string[]> {
    const missing: string[] = [];
    const read = async (id: string): Promise<void> => {
      const object = await this.#objects.read(id, maxBytes);
      if (object === undefined) missing.push(id);
      else if (object.content !== undefined) into.set(id, object.content);
    };
    await Promise.all(Array.from(ids, read));
    return missing;
  }

  #git(args: readonly string[], answers: readonly number[] = []): Promise<GitOutput> {
    return runGit(args, { environment: this.#environment, answers });
  }
}

function sharedKey(entry: TreeEntry): string {
  return `${entry.object}:${entry.path}`;
}
