/** Finds and reads remit.yaml. Enough for commands that only need to know where the data is, and no secrets. */
import { readFile as readText } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Variables } from "./environment.ts";
import { type ReadFile, readFile } from "./read-file.ts";

export interface LoadOptions {
  /** Else REMIT_CONFIG, else `remit.yaml` if there is one. */
  readonly path?: string | undefined;
  readonly env: Variables;
}

export interface ReadConfigFile {
  readonly file: ReadFile;
  /** Where it is: relative paths in it begin there. */
  readonly directory: string;
  /** Absolute. `.remit` beside the file unless it says otherwise. */
  readonly dataDirectory: string;
}

export async function readConfigFile(options: LoadOptions): Promise<ReadConfigFile> {
  const named = options.path ?? (options.env.REMIT_CONFIG?.trim() || undefined);
  const path = named ?? "remit.yaml";
  const file = await readIfThere(path, named !== undefined);
  const directory = dirname(path);
  return { file, directory, dataDirectory: resolve(directory, file.content.dataDirectory ?? ".remit") };
}

async function readIfThere(path: string, required: boolean): Promise<ReadFile> {
  try {
    return readFile(path, await readText(path, "utf8"));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    const empty = readFile(path, "");
    if (code === "ENOENT" && !required) return empty;
    return { ...empty, mistakes: [{ ...empty.mistakeAt([], `can't read it (${code})`), line: undefined }] };
  }
}
