/** Reads a bare repository with git itself, as a GitOps controller's repo server does. Knows nothing of Remit's own mirror. */
import { execFile } from "node:child_process";
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

export function gitReader(gitDirectory: string): GitReader {
  const git = async (args: readonly string[]): Promise<string> => {
    try {
      const { stdout } = await run("git", ["--git-dir", gitDirectory, ...args], {
        env: environment(),
        maxBuffer: 1 << 26,
      });
      return stdout;
    } catch (cause) {
      throw new RemitError("git-failed", `git ${args[0] ?? ""} failed in the sandbox's repository`, { cause });
    }
  };
  const orUndefined = (answer: Promise<string>) => answer.catch(() => undefined);

  return {
    async head(branch) {
      const text = await orUndefined(
        git(["rev-parse", "--verify", "--quiet", "--end-of-options", `refs/heads/${branch}`]),
      );
      return text?.trim();
    },
    async list(revision, directory) {
      const args = ["ls-tree", "-r", "-z", "--name-only", checked(revision), "--", `${directory}/`];
      return (await git(args)).split("\u0000").filter((path) => path !== "");
    },
    read: (revision, path) => orUndefined(git(["cat-file", "blob", `${checked(revision)}:${path}`])),
    show: (...args) => git(args),
  };
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
