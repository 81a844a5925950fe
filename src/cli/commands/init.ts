/** `remit init`: writes the default pack into `.github/remit/`. Never over a file that is there. */

import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { RemitError } from "../../errors.ts";
import { policyDirectory } from "../../remediation/policy-paths.ts";
import { policyPack } from "../../server/policy-pack.ts";
import type { Command } from "../command.ts";

export const init: Command = {
  name: "init",
  summary: "write the default policy, runbooks and their tests into .github/remit/",
  usage: `[DIR]

DIR  the work tree of your GitOps repository; the current directory otherwise
Everything in it only observes. Files that are there already are left as they are. Commit the rest by a pull request.`,
  options: {},
  async run(context) {
    const directory = context.positionals[0] ?? ".";
    await requireWorkTree(directory);
    const written: string[] = [];
    const kept: string[] = [];
    for (const [path, bytes] of await policyPack()) {
      (await writeNew(join(directory, path), bytes)) ? written.push(path) : kept.push(path);
    }
    if (context.json) context.printJson({ directory, written, kept });
    else {
      context.print(`Wrote ${written.length} files into ${join(directory, policyDirectory)}.`);
      for (const path of kept) context.print(`Left as it is: ${path}`);
      const there = relative(".", join(directory, policyDirectory));
      context.print("");
      context.print(
        `Next: remit test ${there} --coverage, then a pull request. Let CODEOWNERS cover /${policyDirectory}/.`,
      );
    }
    return 0;
  },
};

async function requireWorkTree(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => undefined);
  if (names === undefined) throw usage(`${directory} isn't a directory`);
  if (!names.includes(".git")) throw usage(`${directory} isn't the root of a git work tree: .git isn't there`);
}

/** false: the file was there already. */
async function writeNew(place: string, bytes: Uint8Array): Promise<boolean> {
  try {
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, bytes, { flag: "wx" });
    return true;
  } catch (cause) {
    if (
      await stat(place).then(
        () => true,
        () => false,
      )
    )
      return false;
    throw new RemitError("usage", `init: ${place} can't be written`, { audience: "user", cause });
  }
}

function usage(message: string): RemitError {
  return new RemitError("usage", `init: ${message}`, { audience: "user" });
}
