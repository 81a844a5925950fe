/** Reads `git log -z --raw` in `logFormat` into commits. */

import type { ChangedFile, Commit } from "./mirror.ts";
import { parseRawDiff } from "./parse-raw-diff.ts";

/** Id, parents, author, committer, message: nothing in them can hold a NUL. */
export const logFormat = "tformat:%H%x00%P%x00%an%x00%ae%x00%at%x00%cn%x00%ce%x00%ct%x00%B";

const headerFields = 9;

export function parseLog(output: string): Commit[] {
  const fields = output.split("\0");
  const commits: Commit[] = [];
  let at = 0;
  while (at + headerFields <= fields.length && fields[at] !== "") {
    const [
      id = "",
      parents = "",
      name = "",
      email = "",
      authored,
      committer = "",
      committerEmail = "",
      committed,
      message = "",
    ] = fields.slice(at, at + headerFields);
    at += headerFields;
    const files: ChangedFile[] = [];
    // A line break stands between the message and the first entry.
    for (; isEntry(fields[at]); at += 2) files.push(parseRawDiff(fields[at] ?? "", fields[at + 1] ?? ""));
    commits.push({
      id,
      parents: parents === "" ? [] : parents.split(" "),
      author: { name, email },
      committer: { name: committer, email: committerEmail },
      authoredAt: Number(authored) * 1000,
      committedAt: Number(committed) * 1000,
      message: message.trimEnd(),
      files,
    });
  }
  return commits;
}

function isEntry(field: string | undefined): boolean {
  return field !== undefined && (field.startsWith(":") || field.startsWith("\n:"));
}
