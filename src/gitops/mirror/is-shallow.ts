import { resolve } from "node:path";
import { gitEnvironment } from "./git-environment.ts";
import { runGit } from "./run-git.ts";

/** How to mend it. */
export const wholeHistory = "`git fetch --unshallow` brings the rest; in a workflow, check out with `fetch-depth: 0`";

/** Does the clone end before the history does? Throws RemitError git-failed where there is no repository. */
export async function isShallow(gitDirectory: string): Promise<boolean> {
  const environment = gitEnvironment(undefined, [["safe.directory", "*"]]);
  const { stdout } = await runGit(["rev-parse", "--is-shallow-repository"], {
    environment,
    directory: resolve(gitDirectory),
  });
  return stdout.toString("utf8").trim() === "true";
}
