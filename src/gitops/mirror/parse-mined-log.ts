/** Reads `git log -z --raw --no-abbrev` in `logFormat` into commits with the objects that they replaced. */
import type { MinedCommit, MinedFile } from "./mined-commit.ts";
import { parseRawDiff } from "./parse-raw-diff.ts";

const headerFields = 9;

export function parseMinedLog(output: string): MinedCommit[] {
  const fields = output.split("\0");
  const commits: MinedCommit[] = [];
  let at = 0;
  while (at + headerFields <= fields.length && fields[at] !== "") {
    const header = fields.slice(at, at + headerFields);
    at += headerFields;
    const files: MinedFile[] = [];
    for (; /^\n?:/.test(fields[at] ?? ""); at += 2) files.push(minedFile(fields[at] ?? "", fields[at + 1] ?? ""));
    commits.push(commitOf(header, files));
  }
  return commits;
}

function minedFile(entry: string, path: string): MinedFile {
  const [, , objectBefore = "", objectAfter = ""] = entry.split(" ");
  return { ...parseRawDiff(entry, path), objectBefore, objectAfter };
}

function commitOf(header: readonly string[], files: readonly MinedFile[]): MinedCommit {
  const [id = "", parents = "", author = "", email = "", authored, committer = "", committerEmail = "", committed] =
    header;
  return {
    id,
    parents: parents === "" ? [] : parents.split(" "),
    author: { name: author, email },
    committer: { name: committer, email: committerEmail },
    authoredAt: Number(authored) * 1000,
    committedAt: Number(committed) * 1000,
    message: (header[8] ?? "").trimEnd(),
    files,
  };
}
