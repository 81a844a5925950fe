/** May the file that stands there be overwritten? Only a plain file below plain directories. */
import type { Reason } from "../../reason.ts";
import type { TreeEntry } from "../mirror/mirror.ts";

/** `entries` is the whole tree at the base revision; a file that is to be created isn't there. undefined when it may. */
export function writableEntry(
  entries: Iterable<TreeEntry>,
  path: string,
  wanted: "exists" | "new" = "exists",
): Reason | undefined {
  let found: TreeEntry | undefined;
  for (const entry of entries) {
    if (path.startsWith(`${entry.path}/`)) return notRegular("a part of its path is a link or a submodule");
    if (wanted === "new" && entry.path.startsWith(`${path}/`)) return notRegular("it is a directory");
    if (entry.path === path) found = entry;
  }
  if (wanted === "new") return found === undefined ? undefined : notRegular("it exists already");
  if (found === undefined) return notRegular("it doesn't exist");
  return found.mode === "100644" ? undefined : notRegular("it is a link, a submodule or an executable");
}

function notRegular(why: string): Reason {
  return { code: "file-not-regular", message: `Remit only writes plain files that exist: ${why}` };
}
