/** Small durable values, in SQLite. */
import type { SqliteDatabase } from "./sqlite-database.ts";
import type { Settings } from "./store.ts";

export class SqliteSettings implements Settings {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async get(key: string): Promise<string | undefined> {
    const row = this.#database.row("SELECT value FROM settings WHERE key = ?", key);
    return row === undefined ? undefined : String(row.value);
  }

  async set(key: string, value: string): Promise<void> {
    this.#database.run(
      "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
      key,
      value,
    );
  }
}
