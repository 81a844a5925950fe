/** A real bare repository for tests, written with git plumbing through a work tree next to it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface BareRepository {
  readonly gitDirectory: string;
  /** Writes the files (undefined deletes), commits on main and returns the commit's id. */
  commit(files: Readonly<Record<string, string | undefined>>, message?: string): string;
  remove(): void;
}

export function bareRepository(): BareRepository {
  const directory = mkdtempSync(join(tmpdir(), "remit-cluster-"));
  const gitDirectory = join(directory, "repo.git");
  const work = join(directory, "work");
  const git = (...args: string[]) =>
    execFileSync("git", ["--git-dir", gitDirectory, "--work-tree", work, ...args], {
      encoding: "utf8",
      env: { PATH: process.env.PATH, HOME: directory, GIT_CONFIG_NOSYSTEM: "1", ...identity },
    }).trim();
  mkdirSync(work);
  execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", gitDirectory]);
  return {
    gitDirectory,
    commit(files, message = "Change") {
      for (const [path, text] of Object.entries(files)) {
        const file = join(work, path);
        if (text === undefined) rmSync(file);
        else {
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, text);
        }
      }
      git("add", "--all", ".");
      git("commit", "--quiet", "--allow-empty", "-m", message);
      return git("rev-parse", "HEAD");
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

const identity = {
  GIT_AUTHOR_NAME: "Alice",
  GIT_AUTHOR_EMAIL: "alice@example.com",
  GIT_COMMITTER_NAME: "Alice",
  GIT_COMMITTER_EMAIL: "alice@example.com",
};
