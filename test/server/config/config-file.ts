/** A directory with a remit.yaml and the variables that go with it. */
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadConfig } from "../../../src/server/config/load-config.ts";
import { formatMistake } from "../../../src/server/config/mistake.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";

export const privateKey = generateKeyPairSync("rsa", { modulusLength: 2_048 })
  .privateKey.export({ type: "pkcs1", format: "pem" })
  .toString();

export const goodVariables: Readonly<Record<string, string>> = {
  REMIT_GITHUB_APP_ID: "7",
  REMIT_GITHUB_PRIVATE_KEY: privateKey,
  REMIT_WEBHOOK_SECRETS: "first-secret",
};

export function writeConfig(yaml: string): { readonly directory: string; readonly path: string } {
  const directory = temporaryDirectory();
  const path = join(directory, "remit.yaml");
  writeFileSync(path, yaml);
  return { directory, path };
}

/** The mistakes as people read them, with the file's directory cut off. */
export async function mistakesOf(yaml: string, env: Readonly<Record<string, string>> = goodVariables) {
  const { path, directory } = writeConfig(yaml);
  const { mistakes = [] } = await loadConfig({ path, env });
  return mistakes.map((mistake) => formatMistake(mistake).replace(`${directory}/`, ""));
}
