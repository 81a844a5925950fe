/** Reads a raw commit object. */
import type { Identity } from "./git-objects.ts";

export interface CommitFacts {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Identity;
  readonly committer: Identity;
  /** Without the trailing newline. */
  readonly message: string;
}

export function parseCommit(oid: string, raw: string): CommitFacts {
  const split = raw.indexOf("\n\n");
  const headers = raw.slice(0, split === -1 ? raw.length : split).split("\n");
  const values = (key: string) =>
    headers.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1));
  return {
    oid,
    tree: values("tree")[0] ?? "",
    parents: values("parent"),
    author: identity(values("author")[0] ?? ""),
    committer: identity(values("committer")[0] ?? ""),
    message: split === -1 ? "" : raw.slice(split + 2).replace(/\n+$/, ""),
  };
}

function identity(line: string): Identity {
  const found = /^(.*) <([^>]*)> (\d+) [+-]\d{4}$/.exec(line);
  return { name: found?.[1] ?? "", email: found?.[2] ?? "", at: Number(found?.[3] ?? 0) * 1000 };
}
