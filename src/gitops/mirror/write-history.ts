/** Makes a bare repository out of commits that are told, for tests of runbooks: the same commits always have the same ids. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Instant } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import { assertRevision } from "./assert-revision.ts";
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

/** A commit of another repository on this machine, whose objects are borrowed and stay as they are. */
export interface Ground {
  /** The repository's directory: bare, or a work tree. */
  readonly directory: string;
  readonly revision: Revision;
}

/**
 * `directory` exists and is empty. The commits, oldest first, become its branch `main`; their ids, in the same order.
 * Paths are taken as told, hostile ones too: nothing is ever checked out. Throws RemitError git-failed.
 */
export async function writeHistory(
  directory: string,
  commits: readonly ToldCommit[],
  ground?: Ground,
): Promise<readonly Revision[]> {
  if (ground !== undefined) assertRevision(ground.revision);
  const environment = gitEnvironment(undefined, [["init.defaultBranch", "main"]]);
  await runGit(["init", "--quiet", "--bare", directory], { environment });
  if (ground !== undefined) await borrowObjects(directory, ground.directory);
  const run = { environment, directory };
  const stream = commits.flatMap((commit, index) => commitStream(commit, index === 0 ? ground?.revision : undefined));
  await runGit(["fast-import", "--quiet"], { ...run, input: Buffer.concat(stream) });
  const wanted = ["--reverse", `--max-count=${commits.length}`, "refs/heads/main"];
  const { stdout } = await runGit(["rev-list", "--first-parent", ...wanted], run);
  return stdout.toString("utf8").split("\n").filter(Boolean);
}

async function borrowObjects(directory: string, lender: string): Promise<void> {
  const environment = gitEnvironment(undefined, [["safe.directory", "*"]]);
  const asked = ["rev-parse", "--path-format=absolute", "--git-path", "objects"];
  const { stdout } = await runGit(asked, { environment, directory: lender });
  await writeFile(join(directory, "objects", "info", "alternates"), stdout);
}

function commitStream({ at, author, message, files }: ToldCommit, parent: Revision | undefined): readonly Buffer[] {
  const who = `${personLine(author)} ${Math.floor(at / 1000)} +0000`;
  return [
    line("commit refs/heads/main"),
    line(`author ${who}`),
    line(`committer ${who}`),
    ...data(Buffer.from(message, "utf8")),
    ...(parent === undefined ? [] : [line(`from ${parent}`)]),
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
