/** Records on their way to the ledger, in SQLite. */
import type { LedgerEntry } from "../ledger/ledger-record.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";
import type { Outbox } from "./store.ts";

export class SqliteOutbox implements Outbox {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async add(repository: string, entries: readonly LedgerEntry[]): Promise<void> {
    this.#database.transaction(() => addEntries(this.#database, repository, entries));
  }

  async waiting(repository: string, limit: number): Promise<readonly LedgerEntry[]> {
    const sql = "SELECT entry FROM outbox WHERE repository = ? ORDER BY position LIMIT ?";
    return this.#database.rows(sql, repository, limit).map(({ entry }) => JSON.parse(String(entry)) as LedgerEntry);
  }

  async remove(repository: string, ids: readonly string[]): Promise<void> {
    const sql = "DELETE FROM outbox WHERE repository = ? AND id IN (SELECT value FROM json_each(?))";
    this.#database.run(sql, repository, JSON.stringify(ids));
  }

  async repositories(): Promise<readonly { readonly repository: string; readonly count: number }[]> {
    const sql = "SELECT repository, count(*) AS count FROM outbox GROUP BY repository ORDER BY repository";
    return this.#database
      .rows(sql)
      .map(({ repository, count }) => ({ repository: String(repository), count: Number(count) }));
  }
}

/** Within the caller's transaction. */
export function addEntries(database: SqliteDatabase, repository: string, entries: readonly LedgerEntry[]): void {
  const sql = "INSERT INTO outbox (repository, id, entry) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
  for (const entry of entries) database.run(sql, repository, entry.id, JSON.stringify(entry));
}
