/** `--port N`: 0 (any free one) when it isn't given. Throws RemitError usage. */
import { RemitError } from "../errors.ts";
import type { CommandContext } from "./command.ts";

export function portOption(context: Pick<CommandContext, "text">): number {
  const text = context.text("port");
  if (text === undefined) return 0;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new RemitError("usage", `--port ${JSON.stringify(text)}: expected a number from 0 to 65535`, {
    audience: "user",
  });
}
