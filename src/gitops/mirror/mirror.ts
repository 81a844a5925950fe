/** The repository's git side: the only part of gitops/ with effects. Implemented by `git-mirror.ts` over a bare partial clone. */
import type { Instant } from "../../clock.ts";
import type { RepositoryFile } from "../repository-file.ts";

/** A full commit id: 40 or 64 lowercase hex digits. Checked before it reaches a command line. */
export type Revision = string;

export interface Mirror {
  /** `owner/name`. */
  readonly repository: string;
  /** Brings branches up to date, and a commit that may be on none of them, such as a fork's. Throws RemitError git-failed. */
  fetch(commit?: Revision): Promise<void>;
  /** Head of the default branch as of the last fetch. */
  head(): Promise<Revision>;
  /** Head of a branch as of the last fetch. */
  branchHead(branch: string): Promise<Revision | undefined>;
  /** Is the commit present? */
  has(revision: Revision): Promise<boolean>;
  /** Every entry of the tree, recursively, in git's order. */
  entries(revision: Revision): Promise<readonly TreeEntry[]>;
  /** The bytes of the named files; a path that isn't a blob there is absent from the result. */
  read(revision: Revision, paths: Iterable<string>): Promise<ReadonlyMap<string, Uint8Array>>;
  /** `read` for several revisions at once, in their order: one fetch brings whatever isn't here yet. */
  readEach(wanted: Iterable<WantedFiles>): Promise<readonly ReadonlyMap<string, Uint8Array>[]>;
  /**
   * All text files that configuration may live in (YAML, JSON, .env, properties; valid UTF-8, at most 1 MiB each).
   * The result for a revision is cached, and shares unchanged files with the revision before. `seen` is shown every file that is
   * new or different, while others are still being read; nothing where the result is cached.
   */
  files(revision: Revision, seen?: (file: RepositoryFile) => void): Promise<readonly RepositoryFile[]>;
  /** What is missing from `files` though it is named like configuration, and submodules. */
  unread(revision: Revision): Promise<readonly UnreadFile[]>;
  /** Commits reachable from `revision` that touch any of `paths` (every commit without), newest first, first-parent. */
  log(revision: Revision, options: LogOptions): Promise<readonly Commit[]>;
  /** Is `ancestor` the same as, or reachable from, `descendant`? */
  isAncestor(ancestor: Revision, descendant: Revision): Promise<boolean>;
  /** The newest commits that both have in their history: usually one, none where their histories are unrelated. */
  mergeBases(a: Revision, b: Revision): Promise<readonly Revision[]>;
  /** Files that differ between two trees; renames are a deletion and an addition. */
  diff(before: Revision, after: Revision): Promise<readonly ChangedFile[]>;
  /** Ends the long-lived git child. */
  close(): Promise<void>;
}

export interface LogOptions {
  readonly paths?: readonly string[];
  /**
   * Only commits committed at or after, by the date that they carry. With `containing`, and without `paths`, commits below one
   * with too old a date are found as well, among the newest 20,000; else the first that is too old may end the list.
   */
  readonly since?: Instant;
  readonly limit?: number;
  /** Only commits whose message contains this text. */
  readonly containing?: string;
  /** `false`: commits come with no files, and git compares no trees. */
  readonly files?: false;
}

export interface WantedFiles {
  readonly revision: Revision;
  readonly paths: Iterable<string>;
  /** Larger files are left out; without it, they are an error. Bytes. */
  readonly maxBytes?: number;
}

export interface UnreadFile {
  readonly path: string;
  /** For people. */
  readonly why: string;
}

export interface TreeEntry {
  readonly path: string;
  /** `100644`, `100755`, `120000` (symlink), `160000` (submodule). */
  readonly mode: string;
  readonly object: string;
}

export interface Commit {
  readonly id: Revision;
  readonly parents: readonly Revision[];
  readonly author: Person;
  readonly committer: Person;
  readonly authoredAt: Instant;
  /** On the first-parent line: when the change reached the branch. */
  readonly committedAt: Instant;
  /** Untrusted text. */
  readonly message: string;
  /** Against the first parent. */
  readonly files: readonly ChangedFile[];
}

export interface Person {
  readonly name: string;
  readonly email: string;
}

export interface ChangedFile {
  readonly path: string;
  readonly status: "added" | "modified" | "deleted" | "type-changed";
  readonly modeBefore: string;
  readonly modeAfter: string;
}
