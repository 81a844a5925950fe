/** Copies the demo's bare repository to where people can read it, with a clone beside it if they asked for one. */
import { execFile } from "node:child_process";
import { cp, mkdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { RemitError } from "../../errors.ts";

const run = promisify(execFile);

/** Throws RemitError usage when one of the two names is taken: nothing of the user's is overwritten. */
export async function requireRoom(keep: string | undefined): Promise<void> {
  if (keep === undefined) return;
  for (const name of ["shop.git", "shop"]) {
    const path = join(resolve(keep), name);
    const taken = await stat(path).then(
      () => true,
      () => false,
    );
    if (taken) throw new RemitError("usage", `--keep: ${path} exists already`, { audience: "user" });
  }
}

/** Answers the bare repository's new path: below `keep`, or below `otherwise` without it. */
export async function keepRepository(
  gitDirectory: string,
  otherwise: string,
  keep: string | undefined,
): Promise<string> {
  const directory = resolve(keep ?? otherwise);
  await mkdir(directory, { recursive: true });
  const bare = join(directory, "shop.git");
  await cp(gitDirectory, bare, { recursive: true });
  if (keep !== undefined) await run("git", ["clone", "--quiet", "--", bare, join(directory, "shop")]);
  return bare;
}
