/** Whose signatures the policies need, where remit.yaml asks for any. */
import { readFile as readText } from "node:fs/promises";
import { resolve } from "node:path";
import type { Config } from "./config.ts";
import type { Mistake } from "./mistake.ts";
import type { ReadFile } from "./read-file.ts";

export interface ReadSigning {
  readonly policySigning: Config["policySigning"];
  readonly mistakes: readonly Mistake[];
}

/** `directory`: of remit.yaml. */
export async function readSigning({ content, mistakeAt }: ReadFile, directory: string): Promise<ReadSigning> {
  const { policySigning } = content;
  if (policySigning === undefined) return { policySigning: undefined, mistakes: [] };
  const { threshold = 1 } = policySigning;
  const allowedSigners = resolve(directory, policySigning.allowedSigners);
  const mistake = (key: string, message: string) => ({
    policySigning: undefined,
    mistakes: [mistakeAt(["policySigning", key], message)],
  });
  const text = await readText(allowedSigners, "utf8").catch(() => undefined);
  if (text === undefined) return mistake("allowedSigners", "can't read it");
  const signers = text.split("\n").filter((line) => /^\s*[^#\s]/.test(line)).length;
  if (signers === 0) return mistake("allowedSigners", "expected at least one line: names, then a public key");
  if (threshold > signers) return mistake("threshold", `expected at most ${signers}: so many signers are allowed`);
  return { policySigning: { allowedSigners, threshold }, mistakes: [] };
}
