/** Small durable values, in PostgreSQL. */
import type { PostgresDatabase } from "./postgres-database.ts";
import type { Settings } from "./store.ts";

export class PostgresSettings implements Settings {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async get(key: string): Promise<string | undefined> {
    const row = await this.#database.row("SELECT value FROM remit.settings WHERE key = $1", key);
    return row === undefined ? undefined : String(row.value);
  }

  async set(key: string, value: string): Promise<void> {
    await this.#database.run(
      "INSERT INTO remit.settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      key,
      value,
    );
  }
}
