/** A git directory that borrows another one's objects and has what a mirror has beside them: git's changed-path filters. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";

/** Makes `directory`. Reads `repository` and writes nothing there. Returns how long the filters took. */
export function mirrored(repository: string, directory: string): { readonly graphMs: number } {
  const run = (gitDirectory: string, ...args: string[]) =>
    execFileSync("git", args, {
      cwd: gitDirectory,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
      env: { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" },
    }).trim();
  const head = run(repository, "rev-parse", "HEAD");
  const objects = resolve(repository, run(repository, "rev-parse", "--git-path", "objects"));
  mkdirSync(directory, { recursive: true });
  run(directory, "init", "--quiet", "--bare", "--initial-branch=main");
  writeFileSync(join(directory, "objects/info/alternates"), `${objects}\n`);
  run(directory, "update-ref", "refs/heads/main", head);
  const start = performance.now();
  run(directory, "commit-graph", "write", "--reachable", "--changed-paths", "--split", "--no-progress");
  return { graphMs: performance.now() - start };
}
