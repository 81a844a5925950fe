import { RemitError } from "../../errors.ts";
import type { GitReader } from "./git-reader.ts";
import type { Revision } from "./mirror.ts";

/** Throws RemitError git-failed where the default branch has no commit. */
export async function requireHead(reader: GitReader): Promise<Revision> {
  const head = await reader.resolve("HEAD");
  if (head === undefined) throw new RemitError("git-failed", "the repository's default branch has no commit");
  return head;
}
