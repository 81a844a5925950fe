import { RemitError } from "../errors.ts";
import type { Config } from "../server/config/config.ts";
import { loadConfig } from "../server/config/load-config.ts";
import { formatMistake } from "../server/config/mistake.ts";
import type { CommandContext } from "./command.ts";

/** The server's configuration, by `--config` and the environment. Throws RemitError config-invalid, with every mistake. */
export async function requiredConfig(context: CommandContext): Promise<Config> {
  const { config, mistakes = [] } = await loadConfig({ path: context.text("config"), env: context.env });
  if (config !== undefined) return config;
  const told = mistakes.map(formatMistake).join("\n");
  throw new RemitError("config-invalid", `the configuration has mistakes:\n${told}`, { audience: "user" });
}
