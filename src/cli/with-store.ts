/** Opens the data of a Remit that may be running, for a command that looks into it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { RemitError } from "../errors.ts";
import type { Config } from "../server/config/config.ts";
import { Environment } from "../server/config/environment.ts";
import { formatMistake } from "../server/config/mistake.ts";
import { readConfigFile } from "../server/config/read-config-file.ts";
import { readDatabase } from "../server/config/read-database.ts";
import { openStore } from "../server/open-store.ts";
import type { Store } from "../store/store.ts";
import type { CommandContext, ExitCode } from "./command.ts";

/** Options for every command that uses `withStore`. */
export const storeOptions = { config: { type: "string" }, data: { type: "string" } } as const;

/**
 * The directory that `--data` names, else what `remit serve` would use: the PostgreSQL of DATABASE_URL, or the configured
 * directory. No other secret is needed. Throws RemitError config-invalid, store-failed.
 */
export async function withStore(context: CommandContext, work: (store: Store) => Promise<ExitCode>): Promise<ExitCode> {
  const directory = context.text("data");
  const { dataDirectory, database } =
    directory === undefined ? await configured(context) : { dataDirectory: directory, database: undefined };
  if (database === undefined && !existsSync(join(dataDirectory, "remit.sqlite"))) {
    throw new RemitError(
      "store-failed",
      `${dataDirectory} holds no data of Remit: name its directory with --data or --config, or set DATABASE_URL`,
    );
  }
  const store = await openStore({ dataDirectory, database });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function configured(context: CommandContext): Promise<Pick<Config, "dataDirectory" | "database">> {
  const { file, dataDirectory } = await readConfigFile({ path: context.text("config"), env: context.env });
  const environment = new Environment(context.env);
  const database = await readDatabase(environment, file.content);
  const mistakes = [...file.mistakes, ...environment.mistakes];
  if (mistakes.length === 0) return { dataDirectory, database };
  throw new RemitError("config-invalid", mistakes.map(formatMistake).join("\n"), { audience: "user" });
}
