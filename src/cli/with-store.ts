/** Opens the data of a Remit that may be running, for a command that looks into it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { RemitError } from "../errors.ts";
import { formatMistake } from "../server/config/mistake.ts";
import { readConfigFile } from "../server/config/read-config-file.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import type { Store } from "../store/store.ts";
import type { CommandContext, ExitCode } from "./command.ts";

/** Options for every command that uses `withStore`. */
export const storeOptions = { config: { type: "string" }, data: { type: "string" } } as const;

/** The directory is `--data`, else the configuration's. No secret is needed. Throws RemitError config-invalid, store-failed. */
export async function withStore(context: CommandContext, work: (store: Store) => Promise<ExitCode>): Promise<ExitCode> {
  const directory = context.text("data") ?? (await configuredDirectory(context));
  if (!existsSync(join(directory, "remit.sqlite"))) {
    throw new RemitError(
      "store-failed",
      `${directory} holds no data of Remit: name its directory with --data or --config`,
    );
  }
  const store = await openSqliteStore({ directory });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function configuredDirectory(context: CommandContext): Promise<string> {
  const { file, dataDirectory } = await readConfigFile({ path: context.text("config"), env: context.env });
  if (file.mistakes.length === 0) return dataDirectory;
  throw new RemitError("config-invalid", file.mistakes.map(formatMistake).join("\n"), { audience: "user" });
}
