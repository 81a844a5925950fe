/** A directory of its own for one run, with nothing in it but the given files. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { gunzipSync } from "node:zlib";
import type { JobFiles } from "../../remediation/rendering/renderer.ts";

export interface Layout {
  /** Where the files are. */
  readonly tree: string;
  /** Empty, and a program's home. */
  readonly home: string;
}

const mostFiles = 2_000;
const mostBytes = 20 * 1024 * 1024;

/** Why the files are too many, too large, or lead elsewhere; undefined where they may be laid out. */
export function unfit(files: JobFiles): string | undefined {
  if (files.size > mostFiles) return `${files.size} files are more than ${mostFiles}`;
  let bytes = 0;
  for (const [path, content] of files) {
    if (path === "" || path.startsWith("/") || normalize(path) !== path || path.split("/").includes(".."))
      return "a path leads elsewhere";
    bytes += path.endsWith(".tgz") ? unpackedSize(content) : Buffer.byteLength(content);
    if (bytes > mostBytes) return `the files have more than ${mostBytes} bytes`;
  }
  return undefined;
}

/** A packed chart may be a thousand times as large when it is read. */
function unpackedSize(content: string | Uint8Array): number {
  try {
    return gunzipSync(content, { maxOutputLength: mostBytes }).length;
  } catch {
    return mostBytes + 1;
  }
}

/** Removes the directory, whatever comes of `use`. Small files are written and removed many times as fast without waiting for each. */
export async function withLayout<T>(files: JobFiles, use: (layout: Layout) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "remit-render-"));
  try {
    const layout = { tree: join(directory, "tree"), home: join(directory, "home") };
    mkdirSync(layout.tree);
    mkdirSync(layout.home);
    const made = new Set<string>();
    for (const [path, content] of files) {
      const place = join(layout.tree, path);
      if (!made.has(dirname(place))) mkdirSync(dirname(place), { recursive: true });
      made.add(dirname(place));
      writeFileSync(place, content, { flag: "wx" });
    }
    return await use(layout);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
