/** A real git repository in a temporary directory, with commits at chosen times. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

export interface GitRepository {
  readonly directory: string;
  readonly url: string;
  git(...args: string[]): string;
  /** `undefined` deletes a file. Returns the commit's id. */
  commit(files: Readonly<Record<string, string | undefined>>, options?: CommitOptions): string;
  link(path: string, target: string): void;
  /** Commits as `git fast-import` reads them; the work tree is left alone. */
  import(stream: string): void;
}

export interface CommitOptions {
  readonly message?: string;
  /** ISO 8601. */
  readonly at?: string;
  /** `Renovate <bot@renovateapp.com>`; Ada unless said otherwise. */
  readonly author?: string;
}

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "remit-gitops-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** `directory`: an empty one that outlives the test. */
export function gitRepository(directory = temporaryDirectory()): GitRepository {
  const git = (args: readonly string[], at = "2026-11-20T10:00:00Z"): string =>
    execFileSync("git", args, {
      cwd: directory,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_CONFIG_GLOBAL: "/dev/null",
        GIT_AUTHOR_NAME: "Ada",
        GIT_AUTHOR_EMAIL: "ada@example.com",
        GIT_COMMITTER_NAME: "Grace",
        GIT_COMMITTER_EMAIL: "grace@example.com",
        GIT_AUTHOR_DATE: at,
        GIT_COMMITTER_DATE: at,
      },
    }).trim();
  git(["init", "--quiet", "--initial-branch=main"]);
  for (const setting of ["uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"]) git(["config", setting, "true"]);
  return {
    directory,
    import(stream) {
      execFileSync("git", ["fast-import", "--quiet"], {
        cwd: directory,
        input: stream,
        stdio: ["pipe", "ignore", "inherit"],
      });
    },
    url: `file://${directory}`,
    git: (...args) => git(args),
    commit(files, { message = "Change", at, author } = {}) {
      for (const [path, text] of Object.entries(files)) {
        if (text === undefined) rmSync(join(directory, path));
        else {
          mkdirSync(dirname(join(directory, path)), { recursive: true });
          writeFileSync(join(directory, path), text);
        }
      }
      git(["add", "--all"]);
      const by = author === undefined ? [] : [`--author=${author}`];
      git(["commit", "--quiet", "--allow-empty", ...by, "--message", message], at);
      return git(["rev-parse", "HEAD"]);
    },
    link(path, target) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      symlinkSync(target, join(directory, path));
    },
  };
}
