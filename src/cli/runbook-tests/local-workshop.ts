/** Reads fixtures below a directory of this machine, and makes repositories of them in temporary ones. */
import { lstat, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLocalMirror } from "../../gitops/mirror/open-local-mirror.ts";
import { writeHistory } from "../../gitops/mirror/write-history.ts";
import type { Workshop } from "../../runbook-tests/workshop.ts";
import { readTree } from "../../server/read-tree.ts";

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
