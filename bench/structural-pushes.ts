/** Two commits on top of a branch that change what a catalogue is made of, and not only values: a service's directory, copied, and a kustomization. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";

export interface StructuralPushes {
  /** A copy of a service's directory beside it. */
  readonly added: string;
  /** After that: a kustomization that gives names another ending. */
  readonly changed: string;
}

/** Writes objects to the git directory, and moves no branch. undefined for a repository without a kustomization. */
export function structuralPushes(directory: string, head: string): StructuralPushes | undefined {
  const run = (args: readonly string[], input = "") =>
    execFileSync("git", args, {
      cwd: directory,
      encoding: "utf8",
      input,
      maxBuffer: 1 << 28,
      stdio: ["pipe", "pipe", "inherit"],
      env: { PATH: process.env.PATH, ...isolated, GIT_INDEX_FILE: join(directory, "bench-index"), ...person },
    });
  const listed = run(["ls-tree", "-r", "-z", "--name-only", head]).split("\0");
  const kustomizations = listed.filter((path) => /\/kustomization\.ya?ml$/.test(path));
  const path = kustomizations[kustomizations.length >> 1];
  if (path === undefined) return undefined;
  const commit = (parent: string) =>
    run(["commit-tree", "-p", parent, "-m", "Bench", run(["write-tree"]).trim()]).trim();
  const service = path.replace(/\/(?:(?:overlays|environments|envs)\/[^/]*\/|base\/)?kustomization\.ya?ml$/, "");
  run(["read-tree", head]);
  const copied = run(["ls-tree", "-r", `${head}:${service}`]).replaceAll("\t", `\t${service}-copy/`);
  run(["update-index", "--index-info"], copied);
  const added = commit(head);
  const text = `${run(["cat-file", "blob", `${head}:${path}`]).trimEnd()}\nnameSuffix: -bench\n`;
  const blob = run(["hash-object", "-w", "--stdin"], text).trim();
  run(["update-index", "--cacheinfo", `100644,${blob},${path}`]);
  return { added, changed: commit(added) };
}

const isolated = { GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" };
const person = {
  GIT_AUTHOR_NAME: "Bench",
  GIT_AUTHOR_EMAIL: "bench@example.com",
  GIT_COMMITTER_NAME: "Bench",
  GIT_COMMITTER_EMAIL: "bench@example.com",
};
