/** What GitOps controllers reported, in PostgreSQL. */
import type { Instant } from "../clock.ts";
import { digest } from "../digest.ts";
import type { SyncSignal } from "../signals/signal.ts";
import type { PostgresDatabase } from "./postgres-database.ts";
import type { Syncs } from "./store.ts";

export class PostgresSyncs implements Syncs {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async record(sync: SyncSignal): Promise<void> {
    await this.#database.run(
      "INSERT INTO remit.syncs (repository, observed_at, digest, signal) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
      sync.repository,
      sync.observedAt,
      digest(sync, 32),
      JSON.stringify(sync),
    );
  }

  async list(repository: string, since: Instant): Promise<readonly SyncSignal[]> {
    const rows = await this.#database.rows(
      "SELECT signal FROM remit.syncs WHERE repository = $1 AND observed_at >= $2 ORDER BY observed_at DESC, digest",
      repository,
      since,
    );
    return rows.map((row) => JSON.parse(String(row.signal)) as SyncSignal);
  }
}
