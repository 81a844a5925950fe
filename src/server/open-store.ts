/** The store that the configuration asks for: PostgreSQL where it names one, else SQLite in the data directory. */
import { openSqliteStore } from "../store/sqlite-store.ts";
import type { Store } from "../store/store.ts";
import type { Config } from "./config/config.ts";

/** Throws RemitError store-failed. */
export async function openStore({
  database,
  dataDirectory,
}: Pick<Config, "database" | "dataDirectory">): Promise<Store> {
  if (database === undefined) return openSqliteStore({ directory: dataDirectory });
  // Loaded only where it is used: most have no PostgreSQL.
  const { openPostgresStore } = await import("../store/postgres-store.ts");
  return openPostgresStore({ url: database.url.reveal(), poolSize: database.poolSize });
}
