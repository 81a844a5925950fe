/** What GitOps controllers reported, in SQLite. */
import type { Instant } from "../clock.ts";
import { digest } from "../digest.ts";
import type { SyncSignal } from "../signals/signal.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";
import type { Syncs } from "./store.ts";

export class SqliteSyncs implements Syncs {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async record(sync: SyncSignal): Promise<void> {
    this.#database.run(
      "INSERT INTO syncs (repository, observed_at, digest, signal) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
      sync.repository,
      sync.observedAt,
      digest(sync, 32),
      JSON.stringify(sync),
    );
  }

  async list(repository: string, since: Instant): Promise<readonly SyncSignal[]> {
    return this.#database
      .rows(
        "SELECT signal FROM syncs WHERE repository = ? AND observed_at >= ? ORDER BY observed_at DESC, digest",
        repository,
        since,
      )
      .map((row) => JSON.parse(String(row.signal)) as SyncSignal);
  }
}
