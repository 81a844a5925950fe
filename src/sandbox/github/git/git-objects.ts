/**
 * What the stand-in needs of its repository: refs and objects. `GitRepository` keeps them in a real bare repository; the
 * simulation keeps the same objects, with the same ids, in memory.
 */
import type { CommitFacts } from "./parse-commit.ts";

export interface GitObjects {
  /** Where it is, for people. */
  readonly place: string;
  /** Object id of a full ref name; undefined when it doesn't exist. */
  readRef(name: string): Promise<string | undefined>;
  /** Every ref below a prefix (`refs/heads` unless told), by full name. */
  refs(prefix?: string): Promise<Map<string, string>>;
  /** Compare and swap: false when the ref wasn't at `old` (zeros: didn't exist), or its name clashes or is invalid. */
  updateRef(name: string, next: string, old: string): Promise<boolean>;
  /** Moves a ref, wherever it was. */
  setRef(name: string, next: string): Promise<void>;
  /** By git's own rules for names. */
  isRefName(name: string): Promise<boolean>;
  /** `type` and id of what a revision expression such as `main:apps/a.yaml` names. */
  resolve(expression: string): Promise<GitObject | undefined>;
  readBlob(oid: string): Promise<Buffer>;
  /** Entries of a tree-ish, with paths from its root. */
  readTree(treeish: string, options?: { recursive?: boolean; path?: string }): Promise<TreeEntry[]>;
  writeBlob(content: string | Uint8Array): Promise<string>;
  /** The tree of `base` (none: empty) with some files changed. */
  writeTree(base: string | undefined, changes: readonly TreeChange[]): Promise<string>;
  writeCommit(commit: NewCommit): Promise<string>;
  /** Throws git-failed when there is no such commit. */
  commit(oid: string): Promise<CommitFacts>;
  /** Commits reachable from `head` but not from `base`, oldest first. */
  commitsBetween(base: string | undefined, head: string): Promise<string[]>;
  /** Newest first, optionally only those that touch a path. */
  log(head: string, limit: number, path?: string): Promise<string[]>;
  mergeBase(a: string, b: string): Promise<string | undefined>;
  isAncestor(ancestor: string, descendant: string): Promise<boolean>;
  /** The tree of a merge; undefined when the two sides conflict. */
  mergeTrees(ours: string, theirs: string): Promise<string | undefined>;
  /** What changed between two commits, file by file, as GitHub lists it. */
  diff(from: string, to: string): Promise<FileChange[]>;
  close(): Promise<void>;
}

export interface GitObject {
  readonly oid: string;
  readonly type: TreeEntry["type"] | "tag";
  readonly size: number;
}

export interface Identity {
  readonly name: string;
  readonly email: string;
  /** Milliseconds since the epoch; git keeps seconds. */
  readonly at: number;
}

export interface TreeEntry {
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly oid: string;
  readonly size: number | undefined;
  readonly path: string;
}

/** A file's new content, or `oid` of a blob that exists, or neither: the file goes. */
export interface TreeChange {
  readonly path: string;
  readonly content?: string | Uint8Array;
  readonly oid?: string;
  readonly mode?: string;
}

export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Identity;
  readonly committer: Identity;
}

export interface FileChange {
  readonly path: string;
  readonly previousPath: string | undefined;
  readonly status: "added" | "removed" | "modified" | "renamed";
  readonly blob: string;
  readonly additions: number;
  readonly deletions: number;
  /** The hunks without git's file headers; undefined for a binary file. */
  readonly patch: string | undefined;
}
