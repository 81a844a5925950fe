import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Plain files below a directory, by paths with slashes, in order: a link could lead anywhere. undefined where there is no directory. */
export async function readTree(directory: string): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return undefined;
  const tree = new Map<string, Uint8Array>();
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    tree.set(
      path
        .slice(directory.length)
        .replace(/^[/\\]+/, "")
        .replaceAll("\\", "/"),
      await readFile(path),
    );
  }
  return new Map([...tree].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
