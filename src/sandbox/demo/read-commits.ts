/** The newest commits of the main branch with their trailers, read with git. */
import { gitReader } from "../cluster/git-reader.ts";
import type { CommitState } from "../page/page-state.ts";

const record = "\u001e";
const field = "\u001f";
const format = ["%H", "%an", "%ct", "%s", "%(trailers:only,unfold)"].join("%x1f");

/** Newest first; trailers as `Key: value` lines. */
export async function readCommits(
  gitDirectory: string,
  branch: string,
  limit: number,
): Promise<readonly CommitState[]> {
  const text = await gitReader(gitDirectory).show(
    "log",
    "--first-parent",
    `--max-count=${limit}`,
    `--format=%x1e${format}`,
    `refs/heads/${branch}`,
  );
  return text
    .split(record)
    .slice(1)
    .map((entry) => {
      const [id = "", author = "", at = "0", subject = "", trailers = ""] = entry.split(field);
      const trailerLines = trailers.split("\n").filter((line) => line.startsWith("Remit-"));
      return { id, author, at: Number(at) * 1_000, subject, trailers: trailerLines };
    });
}
