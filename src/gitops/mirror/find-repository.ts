import { resolve } from "node:path";
import { RemitError } from "../../errors.ts";
import { gitEnvironment } from "./git-environment.ts";
import { runGit } from "./run-git.ts";

/** How a clone that ends before the history does is mended. */
export const wholeHistory = "`git fetch --unshallow` brings the rest; in a workflow, check out with `fetch-depth: 0`";

export interface FoundRepository {
  /** Absolute. */
  readonly gitDirectory: string;
  /** Does it end before the history does? */
  readonly isShallow: boolean;
}

/** Of a git directory or a work tree, also a linked one. Throws RemitError git-failed where there is no repository. */
export async function findRepository(directory: string): Promise<FoundRepository> {
  // Whoever names a directory wants it read, whoever owns it; nothing in its configuration is run by what we use.
  const environment = gitEnvironment(undefined, [["safe.directory", "*"]]);
  const asked = ["rev-parse", "--absolute-git-dir", "--is-shallow-repository"];
  const { stdout } = await runGit(asked, { environment, directory: resolve(directory) });
  // A directory's name may hold a line break.
  const [, gitDirectory, shallow] = /^(.*)\n(true|false)\n$/s.exec(stdout.toString("utf8")) ?? [];
  if (gitDirectory === undefined) throw new RemitError("git-failed", "git rev-parse gave an answer that can't be read");
  return { gitDirectory, isShallow: shallow === "true" };
}
