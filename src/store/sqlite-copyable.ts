/** The rows of a SQLite store. */
import type { Copyable } from "./copyable.ts";
import { type Row, SqliteDatabase } from "./sqlite-database.ts";
import { migrate } from "./sqlite-migrations.ts";
import type { StoredRow, StoredValue, Table } from "./tables.ts";

/** Creates or upgrades the file in `directory`. Throws RemitError store-failed. */
export async function sqliteCopyable(directory: string): Promise<Copyable> {
  const database = new SqliteDatabase(directory);
  try {
    migrate(database);
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    description: `SQLite, ${database.file}`,
    count: async ({ name }) => Number(database.row(`SELECT count(*) AS count FROM ${name}`)?.count),
    async snapshot(work) {
      database.execute("BEGIN");
      try {
        return await work(async (table, last, limit) => readPage(database, table, last, limit));
      } finally {
        database.execute("ROLLBACK");
      }
    },
    add: async (table, rows) => database.transaction(() => addRows(database, table, rows)),
    close: async () => database.close(),
  };
}

function readPage(database: SqliteDatabase, table: Table, last: StoredRow | undefined, limit: number): StoredRow[] {
  const columns = Object.keys(table.columns);
  const key = table.key.join(", ");
  const after = last === undefined ? "" : `WHERE (${key}) > (${table.key.map(() => "?").join(", ")})`;
  const values = last === undefined ? [] : table.key.map((column) => last[column] ?? null);
  const sql = `SELECT ${columns.join(", ")} FROM ${table.name} ${after} ORDER BY ${key} LIMIT ?`;
  return database.rows(sql, ...values, limit).map((row) => storedRow(columns, row));
}

function storedRow(columns: readonly string[], row: Row): StoredRow {
  return Object.fromEntries(columns.map((column) => [column, storedValue(row[column])]));
}

function storedValue(value: unknown): StoredValue {
  return typeof value === "string" || typeof value === "number" ? value : null;
}

function addRows(database: SqliteDatabase, table: Table, rows: readonly StoredRow[]): number {
  const columns = Object.keys(table.columns).filter((column) => column !== table.generated);
  const places = columns.map(() => "?").join(", ");
  const sql = `INSERT INTO ${table.name} (${columns.join(", ")}) VALUES (${places}) ON CONFLICT DO NOTHING`;
  return rows.reduce((sum, row) => sum + database.run(sql, ...columns.map((column) => row[column] ?? null)), 0);
}
