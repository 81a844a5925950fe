/** The store for one machine: a single SQLite file, nothing to install. One `remit serve` per directory. */
import { SqliteDatabase } from "./sqlite-database.ts";
import { SqliteInbox } from "./sqlite-inbox.ts";
import { SqliteIncidents } from "./sqlite-incidents.ts";
import { SqliteLanes } from "./sqlite-lanes.ts";
import { migrate } from "./sqlite-migrations.ts";
import { SqliteOutbox } from "./sqlite-outbox.ts";
import { pruneSqlite } from "./sqlite-prune.ts";
import { SqliteQueue } from "./sqlite-queue.ts";
import { SqliteSettings } from "./sqlite-settings.ts";
import { SqliteShadows } from "./sqlite-shadows.ts";
import { SqliteSyncs } from "./sqlite-syncs.ts";
import type { Store } from "./store.ts";

export interface SqliteOptions {
  readonly directory: string;
  /** How long to wait for whoever else holds the file: 5,000 unless said otherwise. */
  readonly busyMs?: number;
}

/** Opens or creates `remit.sqlite` in `directory`. Throws RemitError store-failed, saying which file and what to do. */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  const database = new SqliteDatabase(options.directory, options.busyMs);
  try {
    migrate(database);
  } catch (error) {
    database.close();
    throw error;
  }
  const inbox = new SqliteInbox(database);
  return {
    inbox,
    queue: new SqliteQueue(database),
    incidents: new SqliteIncidents(database),
    syncs: new SqliteSyncs(database),
    shadows: new SqliteShadows(database),
    outbox: new SqliteOutbox(database),
    settings: new SqliteSettings(database),
    lanes: new SqliteLanes(database),
    description: `SQLite, ${database.file}`,
    prune: async (before, limit) => pruneSqlite(database, before, limit),
    async close() {
      inbox.flush();
      database.close();
    },
  };
}
