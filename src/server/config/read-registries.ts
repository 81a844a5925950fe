/** Which registries Remit may ask for images: remit.yaml names them, and the environment holds the credentials. */
import { nearestWord } from "../../nearest-word.ts";
import type { RegistryConfig } from "./config.ts";
import type { Environment } from "./environment.ts";
import type { Mistake } from "./mistake.ts";
import type { ReadFile } from "./read-file.ts";
import { Secret } from "./secret.ts";

export interface ReadRegistries {
  readonly registries: readonly RegistryConfig[];
  readonly mistakes: readonly Mistake[];
}

const parts = ["USERNAME", "PASSWORD"] as const;

/** Mistakes of the environment are noted there. */
export async function readRegistries(
  { content, mistakeAt }: ReadFile,
  environment: Environment,
): Promise<ReadRegistries> {
  const written = content.registries ?? [];
  const registries: RegistryConfig[] = [];
  for (const { name, host, referrals = [], plainHttp = false } of written)
    registries.push({ name, host, referrals, plainHttp, credentials: await credentialsOf(name, environment) });
  const known = registries.flatMap(({ name }) => parts.map((part) => variable(name, part)));
  for (const name of environment.names()) {
    const bare = name.replace(/_FILE$/, "");
    if (/^REMIT_REGISTRY_\w+_(?:USERNAME|PASSWORD)$/.test(bare) && !known.includes(bare))
      environment.mistake(name, "no registry of that name is configured", nearestWord(bare, known));
  }
  const twice = (key: "name" | "host") =>
    written.flatMap((registry, index) =>
      written.findIndex((other) => other[key] === registry[key]) === index
        ? []
        : [mistakeAt(["registries", index, key], `another registry has this ${key}`)],
    );
  return { registries, mistakes: [...twice("name"), ...twice("host")] };
}

/** Both or neither. */
async function credentialsOf(name: string, environment: Environment): Promise<RegistryConfig["credentials"]> {
  const [username, password] = await Promise.all(parts.map((part) => environment.secret(variable(name, part))));
  if (username !== undefined && password !== undefined)
    return { username: new Secret(username), password: new Secret(password) };
  for (const [index, part] of parts.entries()) {
    const other = parts[1 - index] ?? part;
    if (!environment.has(variable(name, part)) && environment.has(variable(name, other)))
      environment.mistake(variable(name, part), `missing: it goes with ${variable(name, other)}`);
  }
  return undefined;
}

function variable(registry: string, part: (typeof parts)[number]): string {
  return `REMIT_REGISTRY_${registry.toUpperCase().replaceAll("-", "_")}_${part}`;
}
