/** Any git directory on this machine as a `Mirror`: read-only and without network, for `remit plan --repo DIR`. */
import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { RemitError } from "../../errors.ts";
import { findRepository } from "./find-repository.ts";
import { GitReader } from "./git-reader.ts";
import type { Mirror } from "./mirror.ts";
import { readingSide } from "./reading-side.ts";
import { requireHead } from "./require-head.ts";
import { safeBranch } from "./safe-branch.ts";

export interface LocalMirror extends Mirror {
  /** Does the clone end before the history does? */
  readonly isShallow: boolean;
}

/** Takes a bare repository or a work tree (also a linked one). Throws RemitError git-failed where there is no repository. */
export async function openLocalMirror(gitDirectory: string): Promise<LocalMirror> {
  const directory = resolve(gitDirectory);
  if (!(await isDirectory(directory))) throw new RemitError("git-failed", `${directory} isn't a directory`);
  const { gitDirectory: found, isShallow } = await findRepository(directory);
  const reader = new GitReader(found);
  return {
    isShallow,
    repository: `local/${basename(directory) === ".git" ? basename(dirname(directory)) : basename(directory)}`,
    fetch: async () => {},
    head: () => requireHead(reader),
    branchHead: async (branch) =>
      safeBranch(branch)
        ? ((await reader.resolve(`refs/heads/${branch}`)) ?? (await reader.resolve(`refs/remotes/origin/${branch}`)))
        : undefined,
    ...readingSide(reader),
    close: () => reader.close(),
  };
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
