/** An empty database for the tests of one file, gone after them. */
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, inject } from "vitest";

export interface FreshDatabase {
  /** Only within tests and hooks. */
  readonly url: string;
  /** Forgets everything in it. */
  clear(): Promise<void>;
  rows(sql: string): Promise<readonly Record<string, unknown>[]>;
}

/** Call at the top of a file or of a `describe`. */
export function freshDatabase(): FreshDatabase {
  const { url: server } = inject("postgres");
  const name = `remit_test_${randomBytes(6).toString("hex")}`;
  const url = server === undefined ? "" : databaseUrl(server, name);
  beforeAll(async () => {
    if (server !== undefined) await execute(server, `CREATE DATABASE ${name}`);
  });
  afterAll(async () => {
    if (server !== undefined) await execute(server, `DROP DATABASE ${name} WITH (FORCE)`);
  });
  return {
    url,
    clear: async () => void (await execute(url, "DROP SCHEMA IF EXISTS remit CASCADE")),
    rows: (sql) => execute(url, sql),
  };
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function execute(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
