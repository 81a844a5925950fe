/** Makes a bare repository out of commits that are told, for tests of runbooks: the same commits always have the same ids. */
import type { Instant } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import { gitEnvironment } from "./git-environment.ts";
import type { Person, Revision } from "./mirror.ts";
import { runGit } from "./run-git.ts";

export interface ToldCommit {
  readonly at: Instant;
  readonly author: Person;
  readonly message: string;
  /** What the commit writes, by path; undefined for a file that it removes. Files are plain, mode 100644. */
  readonly files: ReadonlyMap<string, Uint8Array | undefined>;
}

/**
 * `directory` exists and is empty. The commits, oldest first, become its branch `main`; their ids, in the same order.
 * Paths are taken as told, hostile ones too: nothing is ever checked out. Throws RemitError git-failed.
 */
export async function writeHistory(directory: string, commits: readonly ToldCommit[]): Promise<readonly Revision[]> {
  const environment = gitEnvironment(undefined, [["init.defaultBranch", "main"]]);
  await runGit(["init", "--quiet", "--bare", directory], { environment });
  const run = { environment, directory };
  await runGit(["fast-import", "--quiet"], { ...run, input: Buffer.concat(commits.flatMap(commitStream)) });
  const { stdout } = await runGit(["rev-list", "--reverse", "refs/heads/main"], run);
  return stdout.toString("utf8").split("\n").filter(Boolean);
}

function commitStream({ at, author, message, files }: ToldCommit): readonly Buffer[] {
  const who = `${personLine(author)} ${Math.floor(at / 1000)} +0000`;
  return [
    line("commit refs/heads/main"),
    line(`author ${who}`),
    line(`committer ${who}`),
    ...data(Buffer.from(message, "utf8")),
    ...[...files].flatMap(([path, bytes]) =>
      bytes === undefined ? [line(`D ${quoted(path)}`)] : [line(`M 100644 inline ${quoted(path)}`), ...data(bytes)],
    ),
    line(""),
  ];
}

function data(bytes: Uint8Array): readonly Buffer[] {
  return [line(`data ${bytes.length}`), Buffer.from(bytes), line("")];
}

function line(text: string): Buffer {
  return Buffer.from(`${text}\n`, "utf8");
}

/** Git's own rule: neither angle brackets nor line breaks in a name or an address. */
function personLine({ name, email }: Person): string {
  if (/[<>\n\0]/.test(name + email)) throw new RemitError("git-failed", "an author's name holds < > or a line break");
  return `${name} <${email}>`;
}

/** As git's fast-import reads it, whatever the path holds. */
function quoted(path: string): string {
  return `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
