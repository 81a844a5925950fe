/** The store for any number of replicas: one PostgreSQL database, in a schema `remit` of its own. */
import { PostgresAddress } from "./postgres-address.ts";
import { PostgresDatabase } from "./postgres-database.ts";
import { PostgresInbox } from "./postgres-inbox.ts";
import { PostgresIncidents } from "./postgres-incidents.ts";
import { migratePostgres } from "./postgres-migrations.ts";
import { prunePostgres } from "./postgres-prune.ts";
import { PostgresQueue } from "./postgres-queue.ts";
import { PostgresSettings } from "./postgres-settings.ts";
import { PostgresSyncs } from "./postgres-syncs.ts";
import type { Store } from "./store.ts";

export interface PostgresOptions {
  readonly url: string;
  /** Connections at most, for this process. 10 unless said otherwise. */
  readonly poolSize?: number;
}

/** Connects, and creates or upgrades the schema. Throws RemitError store-failed, config-invalid; no message holds the URL. */
export async function openPostgresStore({ url, poolSize = 10 }: PostgresOptions): Promise<Store> {
  const address = new PostgresAddress(url);
  const database = new PostgresDatabase(address, poolSize);
  try {
    await migratePostgres(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    inbox: new PostgresInbox(database),
    queue: new PostgresQueue(database),
    incidents: new PostgresIncidents(database),
    syncs: new PostgresSyncs(database),
    settings: new PostgresSettings(database),
    description: `PostgreSQL, ${address.place}`,
    prune: (before, limit) => prunePostgres(database, before, limit),
    close: () => database.close(),
  };
}
