import type { GitReader } from "./git-reader.ts";
import type { Mirror } from "./mirror.ts";

type ReadingSide = Pick<
  Mirror,
  "has" | "entries" | "read" | "readEach" | "files" | "unread" | "log" | "isAncestor" | "mergeBases" | "diff"
>;

/** What every mirror answers from the commits that it has, wherever they came from. */
export function readingSide(reader: GitReader): ReadingSide {
  return {
    has: (revision) => reader.has(revision),
    entries: (revision) => reader.entries(revision),
    read: (revision, paths) => reader.read(revision, paths),
    readEach: (wanted) => reader.readEach(wanted),
    files: (revision, seen) => reader.files(revision, seen),
    unread: (revision) => reader.unread(revision),
    log: (revision, options) => reader.log(revision, options),
    isAncestor: (ancestor, descendant) => reader.isAncestor(ancestor, descendant),
    mergeBases: (a, b) => reader.mergeBases(a, b),
    diff: (before, after) => reader.diff(before, after),
  };
}
