/** What the history holds for whoever looks for patterns in it: commits with the objects they replaced, and their changed lines. */
import type { ChangedFile, Commit } from "./mirror.ts";

export interface MinedCommit extends Omit<Commit, "files"> {
  /** Against the first parent, in git's order. */
  readonly files: readonly MinedFile[];
}

export interface MinedFile extends ChangedFile {
  /** Blob ids; only zeros where there is no file. */
  readonly objectBefore: string;
  readonly objectAfter: string;
}

/** One place at which two texts differ, without context. Lines count from 1, as in git's hunk headers. */
export interface Hunk {
  /** Index into the commit's `files`. */
  readonly file: number;
  /** First line of what was removed; with nothing removed, the line after which something was added. */
  readonly oldStart: number;
  readonly newStart: number;
  /** Bytes as Latin-1, so that no two different lines look the same. A missing last newline is part of the line. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** The changed lines of one commit. */
export interface MinedPatch {
  readonly hunks: readonly Hunk[];
  /** A file that git calls binary, or that is larger than 1 MiB: its lines aren't known. */
  readonly binary: boolean;
}
