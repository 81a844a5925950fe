/** The repository and the commit that a command's `--repo` and `--at` name. */
import { RemitError } from "../../errors.ts";
import type { Mirror, Revision } from "../../gitops/mirror/mirror.ts";
import { openLocalMirror } from "../../gitops/mirror/open-local-mirror.ts";
import type { CommandContext } from "../command.ts";

/** The mirror is closed when `use` ends. Throws RemitError usage. */
export async function withRepository<T>(
  context: CommandContext,
  use: (mirror: Mirror, revision: Revision) => Promise<T>,
): Promise<T> {
  const directory = context.text("repo");
  if (directory === undefined) throw usage("--repo is missing");
  const mirror = await openLocalMirror(directory);
  try {
    return await use(mirror, await revisionOf(mirror, context.text("at")));
  } finally {
    await mirror.close();
  }
}

async function revisionOf(mirror: Mirror, at: string | undefined): Promise<Revision> {
  if (at === undefined) return mirror.head();
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(at)) throw usage("--at wants a full commit id, 40 or 64 hex digits");
  if (!(await mirror.has(at))) throw usage(`--at: commit ${at} isn't in this repository`);
  return at;
}

function usage(message: string): RemitError {
  return new RemitError("usage", message, { audience: "user" });
}
