/** `--config FILE`: the registries that this remit.yaml names are asked whether images are still there. Nobody without it. */
import { RemitError } from "../errors.ts";
import type { Images } from "../remediation/images.ts";
import { Environment } from "../server/config/environment.ts";
import { formatMistake } from "../server/config/mistake.ts";
import { readConfigFile } from "../server/config/read-config-file.ts";
import { readRegistries } from "../server/config/read-registries.ts";
import { registryImages } from "../server/registries/registry-images.ts";
import type { CommandContext } from "./command.ts";

export const registryOptions = { config: { type: "string" } } as const;

export const registryUsage = `--config FILE  a remit.yaml: the registries that it names are asked whether images are still there; none without it`;

/** Throws RemitError config-invalid. */
export async function registryOption(context: Pick<CommandContext, "text" | "env">): Promise<Images | undefined> {
  const path = context.text("config");
  if (path === undefined) return undefined;
  const { file } = await readConfigFile({ path, env: context.env });
  const environment = new Environment(context.env);
  const { registries, mistakes } = await readRegistries(file, environment);
  const all = [...file.mistakes, ...mistakes, ...environment.mistakes];
  if (all.length === 0) return registryImages(registries);
  throw new RemitError("config-invalid", all.map(formatMistake).join("\n"), { audience: "user" });
}
