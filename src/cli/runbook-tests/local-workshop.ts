/** Reads fixtures below a directory of this machine, and makes repositories of them in temporary ones. */
import { lstat, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLocalMirror } from "../../gitops/mirror/open-local-mirror.ts";
import { writeHistory } from "../../gitops/mirror/write-history.ts";
import type { Tree } from "../../runbook-tests/told-commits.ts";
import type { Workshop } from "../../runbook-tests/workshop.ts";

export function localWorkshop(directory: string): Workshop {
  return {
    text: (path) => readFile(join(directory, path), "utf8").catch(() => undefined),
    tree: (path) => readTree(join(directory, path)),
    async repository(path) {
      const place = join(directory, path);
      return (await isRepository(place)) ? { mirror: await openLocalMirror(place), directory: place } : undefined;
    },
    async build(commits, on) {
      const made = await mkdtemp(join(tmpdir(), "remit-test-"));
      try {
        const ground = on === undefined ? undefined : { directory: on.repository.directory, revision: on.revision };
        await writeHistory(made, commits, ground);
        const mirror = await openLocalMirror(made);
        const close = async () => {
          await mirror.close();
          await rm(made, { recursive: true, force: true });
        };
        return { ...mirror, close };
      } catch (error) {
        await rm(made, { recursive: true, force: true });
        throw error;
      }
    },
  };
}

/** Plain files only: a link could lead anywhere. undefined where there is no directory. */
export async function readTree(directory: string): Promise<Tree | undefined> {
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

async function isRepository(place: string): Promise<boolean> {
  const marks = await Promise.all(
    [".git", "HEAD", "objects"].map((name) =>
      lstat(join(place, name)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return marks[0] === true || (marks[1] === true && marks[2] === true);
}
