/** Reads what `--raw -z --no-renames --no-abbrev` prints: pairs of `:modes ids status` and a path. */
import type { ChangedFile, TreeEntry } from "./mirror.ts";

const statuses: Readonly<Record<string, ChangedFile["status"]>> = {
  A: "added",
  M: "modified",
  D: "deleted",
  T: "type-changed",
};

/** `entry` is the first field of a pair, its leading newline (after a commit's message) included. */
export function parseRawDiff(entry: string, path: string): ChangedFile {
  const [modeBefore, modeAfter, , , status] = entry.trimStart().slice(1).split(" ");
  return {
    path,
    status: statuses[status?.charAt(0) ?? ""] ?? "modified",
    modeBefore: modeBefore ?? "000000",
    modeAfter: modeAfter ?? "000000",
  };
}

/** The entry as it is after the change; undefined where it is gone. */
export function parseRawEntry(entry: string, path: string): TreeEntry | undefined {
  const [, mode = "", , object = "", status] = entry.trimStart().slice(1).split(" ");
  return status === "D" ? undefined : { path, mode, object };
}
