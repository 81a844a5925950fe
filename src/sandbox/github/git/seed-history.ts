/** Writes a whole history in one run of git, before anybody looks. */
import type { Identity } from "./git-objects.ts";
import type { GitRepository } from "./git-repository.ts";

export interface HistoryEntry {
  readonly author: Identity;
  readonly message: string;
  /** New text by path; null removes the file. */
  readonly files: Readonly<Record<string, string | null>>;
}

/** Oldest first, onto a ref that doesn't exist yet. */
export async function seedHistory(git: GitRepository, ref: string, history: readonly HistoryEntry[]): Promise<void> {
  const stream = [...history.map((entry) => commitCommand(ref, entry)), "done\n"].join("");
  await git.git(["fast-import", "--quiet", "--done"], { input: stream });
}

function commitCommand(ref: string, { author, message, files }: HistoryEntry): string {
  const who = `${author.name} <${author.email}> ${Math.floor(author.at / 1000)} +0000`;
  const changes = Object.entries(files).map(([path, text]) =>
    text === null ? `D ${quoted(path)}\n` : `M 100644 inline ${quoted(path)}\n${data(text)}`,
  );
  const text = message.endsWith("\n") ? message : `${message}\n`;
  return `commit ${ref}\nauthor ${who}\ncommitter ${who}\n${data(text)}${changes.join("")}\n`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function quoted(path: string): string {
  return `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
