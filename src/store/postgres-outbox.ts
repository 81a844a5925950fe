/** Records on their way to the ledger, in PostgreSQL. */
import type { LedgerEntry } from "../ledger/ledger-record.ts";
import type { PostgresDatabase, PostgresQueries } from "./postgres-database.ts";
import type { Outbox } from "./store.ts";

export class PostgresOutbox implements Outbox {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  add(repository: string, entries: readonly LedgerEntry[]): Promise<void> {
    return this.#database.transaction((queries) => addEntries(queries, repository, entries));
  }

  async waiting(repository: string, limit: number): Promise<readonly LedgerEntry[]> {
    const sql = "SELECT entry FROM remit.outbox WHERE repository = $1 ORDER BY position LIMIT $2";
    const rows = await this.#database.rows(sql, repository, limit);
    return rows.map(({ entry }) => JSON.parse(String(entry)) as LedgerEntry);
  }

  async remove(repository: string, ids: readonly string[]): Promise<void> {
    const sql = `DELETE FROM remit.outbox WHERE repository = $1
      AND id IN (SELECT jsonb_array_elements_text($2::jsonb))`;
    await this.#database.run(sql, repository, JSON.stringify(ids));
  }

  async repositories(): Promise<readonly { readonly repository: string; readonly count: number }[]> {
    const sql = "SELECT repository, count(*) AS count FROM remit.outbox GROUP BY repository ORDER BY repository";
    const rows = await this.#database.rows(sql);
    return rows.map(({ repository, count }) => ({ repository: String(repository), count: Number(count) }));
  }
}

/** Within the caller's transaction. */
export async function addEntries(
  queries: PostgresQueries,
  repository: string,
  entries: readonly LedgerEntry[],
): Promise<void> {
  const sql = "INSERT INTO remit.outbox (repository, id, entry) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
  for (const entry of entries) await queries.run(sql, repository, entry.id, JSON.stringify(entry));
}
