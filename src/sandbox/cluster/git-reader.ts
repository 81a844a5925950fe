/** Reads a bare repository with git itself, as a GitOps controller's repo server does. Knows nothing of Remit's own mirror. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { RemitError } from "../../errors.ts";

const run = promisify(execFile);
const revisionPattern = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

export interface GitReader {
  /** Head of the branch; undefined while there is none. */
  head(branch: string): Promise<string | undefined>;
  /** Paths of the files below a directory at a revision. */
  list(revision: string, directory: string): Promise<readonly string[]>;
  /** The file's text; undefined where there is none. */
  read(revision: string, path: string): Promise<string | undefined>;
  /** Any other reading command, for people: `log`, `show`, `diff`. Throws RemitError git-failed. */
  show(...args: readonly string[]): Promise<string>;
}

/** Trees and blobs never change, so each is read once. */
export function gitReader(gitDirectory: string): GitReader {
  const trees = new Map<string, Promise<ReadonlyMap<string, string>>>();
  const blobs = new Map<string, Promise<string>>();
  const git = async (args: readonly string[]): Promise<string> => {
    try {
      const options = { env: environment(), maxBuffer: 1 << 26 };
      const { stdout } = await run("git", ["--git-dir", gitDirectory, ...args], options);
      return stdout;
    } catch (cause) {
      throw new RemitError("git-failed", `git ${args[0] ?? ""} failed in the sandbox's repository`, { cause });
    }
  };
  const tree = (revision: string) =>
    kept(trees, checked(revision), async () => parseTree(await git(["ls-tree", "-r", "-z", "--full-tree", revision])));

  return {
    async head(branch) {
      const loose = await readFile(join(gitDirectory, "refs", "heads", branch), "utf8").catch(() => "");
      if (revisionPattern.test(loose.trim())) return loose.trim();
      // Packed, or a store of references of another kind: git knows.
      const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `refs/heads/${branch}`];
      return (await git(args).catch(() => undefined))?.trim();
    },
    async list(revision, directory) {
      return [...(await tree(revision)).keys()].filter((path) => path.startsWith(`${directory}/`));
    },
    async read(revision, path) {
      const id = (await tree(revision)).get(path);
      return id === undefined ? undefined : kept(blobs, id, () => git(["cat-file", "blob", id]));
    },
    show: (...args) => git(args),
  };
}

function kept<T>(cache: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const reading = read();
  cache.set(key, reading);
  reading.catch(() => cache.delete(key));
  return reading;
}

/** Object ids of the blobs, by path. */
function parseTree(text: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const line of text.split("\u0000")) {
    const [, id, path] = /^\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
    if (id !== undefined && path !== undefined) entries.set(path, id);
  }
  return entries;
}

function checked(revision: string): string {
  if (!revisionPattern.test(revision)) throw new RemitError("revision-invalid", "not a full commit id");
  return revision;
}

/** No user's or system's git configuration, no prompts, no pager. */
function environment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: "/nonexistent",
    LC_ALL: "C.UTF-8",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_PAGER: "cat",
  };
}
