import { PostgresAddress } from "./postgres-address.ts";
import { PostgresDatabase } from "./postgres-database.ts";
import { migratePostgres } from "./postgres-migrations.ts";

/** Connects, and creates or upgrades the schema. Throws RemitError store-failed, config-invalid; no message holds the URL. */
export async function openPostgres(url: string, poolSize: number): Promise<PostgresDatabase> {
  const database = new PostgresDatabase(new PostgresAddress(url), poolSize);
  try {
    await migratePostgres(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
