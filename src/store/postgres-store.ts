/** The store for any number of replicas: one PostgreSQL database, in a schema `remit` of its own. */
import { openPostgres } from "./open-postgres.ts";
import { PostgresInbox } from "./postgres-inbox.ts";
import { PostgresIncidents } from "./postgres-incidents.ts";
import { PostgresLanes } from "./postgres-lanes.ts";
import { PostgresOutbox } from "./postgres-outbox.ts";
import { prunePostgres } from "./postgres-prune.ts";
import { PostgresQueue } from "./postgres-queue.ts";
import { PostgresSettings } from "./postgres-settings.ts";
import { PostgresShadows } from "./postgres-shadows.ts";
import { PostgresSyncs } from "./postgres-syncs.ts";
import type { Store } from "./store.ts";

export interface PostgresOptions {
  readonly url: string;
  /** Connections at most, for this process. 10 unless said otherwise. */
  readonly poolSize?: number;
}

/** Connects, and creates or upgrades the schema. Throws RemitError store-failed, config-invalid; no message holds the URL. */
export async function openPostgresStore({ url, poolSize = 10 }: PostgresOptions): Promise<Store> {
  const database = await openPostgres(url, poolSize);
  return {
    inbox: new PostgresInbox(database),
    queue: new PostgresQueue(database),
    incidents: new PostgresIncidents(database),
    syncs: new PostgresSyncs(database),
    shadows: new PostgresShadows(database),
    outbox: new PostgresOutbox(database),
    settings: new PostgresSettings(database),
    lanes: new PostgresLanes(database),
    description: `PostgreSQL, ${database.address.place}`,
    prune: (before, limit) => prunePostgres(database, before, limit),
    close: () => database.close(),
  };
}
