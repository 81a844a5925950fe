/** Reads one git tree object: `mode name NUL id` again and again. */
import { isUtf8 } from "node:buffer";

export interface TreeItem {
  /** As `TreeEntry` has it; `040000` for a directory. */
  readonly mode: string;
  readonly object: string;
}

/** By name. A name that isn't UTF-8 can't be asked for and is left out. `idBytes` is 20 or 32. */
export function parseTreeObject(content: Buffer, idBytes: number): ReadonlyMap<string, TreeItem> {
  const items = new Map<string, TreeItem>();
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at);
    const end = content.indexOf(0, space + 1);
    if (space < 0 || end < 0) break;
    const name = content.subarray(space + 1, end);
    const object = content.toString("hex", end + 1, end + 1 + idBytes);
    const mode = content.toString("latin1", at, space).padStart(6, "0");
    if (isUtf8(name)) items.set(name.toString("utf8"), { mode, object });
    at = end + 1 + idBytes;
  }
  return items;
}
