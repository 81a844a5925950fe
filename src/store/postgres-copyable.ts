/** The rows of a PostgreSQL store. */
import type { Copyable } from "./copyable.ts";
import { openPostgres } from "./open-postgres.ts";
import type { PostgresDatabase, PostgresQueries, PostgresRow } from "./postgres-database.ts";
import type { ColumnType, StoredRow, StoredValue, Table } from "./tables.ts";

/** Creates or upgrades the schema. Throws RemitError store-failed, config-invalid; no message holds the URL. */
export async function postgresCopyable(url: string): Promise<Copyable> {
  const database = await openPostgres(url, 2);
  return {
    description: `PostgreSQL, ${database.address.place}`,
    count: async ({ name }) => Number((await database.row(`SELECT count(*) AS count FROM remit.${name}`))?.count),
    snapshot: (work) =>
      database.transaction(
        (queries) => work((table, last, limit) => readPage(queries, table, last, limit)),
        "REPEATABLE READ",
      ),
    add: (table, rows) => addRows(database, table, rows),
    close: () => database.close(),
  };
}

async function readPage(
  queries: PostgresQueries,
  table: Table,
  last: StoredRow | undefined,
  limit: number,
): Promise<StoredRow[]> {
  const columns = Object.entries(table.columns);
  const key = table.key.join(", ");
  const after = `WHERE (${key}) > (${table.key.map((_, index) => `$${index + 2}`).join(", ")})`;
  const values = last === undefined ? [] : table.key.map((column) => last[column] ?? null);
  const sql = `SELECT ${columns.map(([column]) => column).join(", ")} FROM remit.${table.name}
    ${last === undefined ? "" : after} ORDER BY ${key} LIMIT $1`;
  return (await queries.rows(sql, limit, ...values)).map((row) => storedRow(columns, row));
}

function storedRow(columns: readonly (readonly [string, ColumnType])[], row: PostgresRow): StoredRow {
  return Object.fromEntries(columns.map(([column, type]) => [column, storedValue(row[column], type)]));
}

function storedValue(value: unknown, type: ColumnType): StoredValue {
  if (value === null || value === undefined) return null;
  // The driver reads 64 bits as text.
  return type === "text" ? String(value) : Number(value);
}

/** One statement, so all or nothing. The order of the rows is the order in which ids are given. */
async function addRows(database: PostgresDatabase, table: Table, rows: readonly StoredRow[]): Promise<number> {
  const columns = Object.entries(table.columns).filter(([column]) => column !== table.generated);
  const names = columns.map(([column]) => column).join(", ");
  const arrays = columns.map(([, type], index) => `$${index + 1}::${arrayType(type)}[]`).join(", ");
  const read = columns.map(([column, type]) => (type === "boolean" ? `${column}::boolean` : column)).join(", ");
  const sql = `INSERT INTO remit.${table.name} (${names})
    SELECT ${read} FROM unnest(${arrays}) WITH ORDINALITY AS copied (${names}, place) ORDER BY place
    ON CONFLICT DO NOTHING`;
  return database.run(sql, ...columns.map(([column]) => rows.map((row) => row[column] ?? null)));
}

function arrayType(type: ColumnType): ColumnType {
  return type === "boolean" ? "integer" : type;
}
