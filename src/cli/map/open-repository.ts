/** The repository and the commit that a command's `--repo` and `--at` name. */
import { RemitError } from "../../errors.ts";
import type { Mirror, Revision } from "../../gitops/mirror/mirror.ts";
import { openLocalMirror } from "../../gitops/mirror/open-local-mirror.ts";
import type { CommandContext } from "../command.ts";
import { commitOption } from "../commit-option.ts";

/** `otherwise`: the directory where none is named. The mirror is closed when `use` ends. Throws RemitError usage. */
export async function withRepository<T>(
  context: CommandContext,
  use: (mirror: Mirror, revision: Revision, directory: string) => Promise<T>,
  otherwise?: string,
): Promise<T> {
  const directory = context.text("repo") ?? otherwise;
  if (directory === undefined) throw usage("--repo is missing");
  const mirror = await openLocalMirror(directory);
  try {
    return await use(mirror, await commitOption(mirror, "at", context.text("at")), directory);
  } finally {
    await mirror.close();
  }
}

function usage(message: string): RemitError {
  return new RemitError("usage", message, { audience: "user" });
}
