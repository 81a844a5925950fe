/** Both stores as the benchmarks see them: a new one, and the fastest that its database can do by itself. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { Copyable } from "../src/store/copyable.ts";
import { postgresCopyable } from "../src/store/postgres-copyable.ts";
import { openPostgresStore } from "../src/store/postgres-store.ts";
import { sqliteCopyable } from "../src/store/sqlite-copyable.ts";
import { SqliteDatabase } from "../src/store/sqlite-database.ts";
import { openSqliteStore } from "../src/store/sqlite-store.ts";
import type { Store } from "../src/store/store.ts";
import { createPostgres } from "../test/support/postgres/create-postgres.ts";
import { findPostgres } from "../test/support/postgres/find-postgres.ts";

export interface StoreUnderTest {
  readonly name: "SQLite" | "PostgreSQL";
  /** Empty. */
  open(): Promise<Store>;
  /** The rows of the store that was opened last, after it was closed. */
  rows(): Promise<Copyable>;
  /** What was opened last, once more. */
  reopen(): Promise<Store>;
  /** One connection; each statement a durable transaction of its own. */
  raw(): Promise<RawDatabase>;
  close(): Promise<void>;
}

export interface RawDatabase {
  /** `?` are the places of the values. */
  run(sql: string, ...values: readonly (string | number)[]): Promise<unknown>;
  close(): Promise<void>;
}

/** SQLite, and PostgreSQL where there is one. It writes as durably as a real one does. */
export async function storesUnderTest(): Promise<readonly StoreUnderTest[]> {
  const found = findPostgres();
  if ("missing" in found) {
    process.stderr.write(`without PostgreSQL: ${found.missing}\n`);
    return [sqlite()];
  }
  return [sqlite(), await postgres(found.directory)];
}

function sqlite(): StoreUnderTest {
  const parent = mkdtempSync(join(tmpdir(), "remit-bench-"));
  let number = 0;
  const place = () => join(parent, String(number));
  return {
    name: "SQLite",
    open() {
      number += 1;
      return openSqliteStore({ directory: place() });
    },
    rows: () => sqliteCopyable(place()),
    reopen: () => openSqliteStore({ directory: place() }),
    async raw() {
      number += 1;
      const database = new SqliteDatabase(place());
      return { run: async (sql, ...values) => database.run(sql, ...values), close: async () => database.close() };
    },
    close: async () => rmSync(parent, { recursive: true, force: true }),
  };
}

async function postgres(programs: string): Promise<StoreUnderTest> {
  const server = await createPostgres({ programs, durable: true });
  await server.start();
  const { url } = server;
  return {
    name: "PostgreSQL",
    async open() {
      const client = await connect(url);
      await client.query("DROP SCHEMA IF EXISTS remit CASCADE");
      await client.end();
      return openPostgresStore({ url });
    },
    rows: () => postgresCopyable(url),
    reopen: () => openPostgresStore({ url }),
    async raw() {
      const client = await connect(url);
      return {
        run: (sql, ...values) => client.query({ name: sql.slice(0, 60), text: numbered(sql), values: [...values] }),
        close: () => client.end(),
      };
    },
    close: () => server.close(),
  };
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

function numbered(sql: string): string {
  let place = 0;
  return sql.replaceAll("?", () => {
    place += 1;
    return `$${place}`;
  });
}
