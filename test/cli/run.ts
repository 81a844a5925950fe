/** Runs a command in this process and tells what it printed. */
import { main } from "../../src/cli/main.ts";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function run(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Promise<Ran> {
  let out = "";
  let err = "";
  const stdout = {
    write(text: string) {
      out += text;
    },
  };
  const stderr = {
    write(text: string) {
      err += text;
    },
  };
  const code = await main(argv, { stdout, stderr, env, ...(signal === undefined ? {} : { signal }) });
  return { code, out, err };
}
