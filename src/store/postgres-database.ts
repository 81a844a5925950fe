/** A pool of connections to PostgreSQL, with errors that say where, what to do, and no secret. */
import { Pool, type PoolClient, type QueryResult } from "pg";
import { RemitError } from "../errors.ts";
import type { PostgresAddress } from "./postgres-address.ts";

export type PostgresRow = Record<string, unknown>;

/** What PostgreSQL can bind. */
export type PostgresValue = string | number | null | readonly (string | number | null)[];

/** The part of it that a transaction's work may use. */
export interface PostgresQueries {
  rows(sql: string, ...values: readonly PostgresValue[]): Promise<PostgresRow[]>;
  row(sql: string, ...values: readonly PostgresValue[]): Promise<PostgresRow | undefined>;
  /** Runs a statement and returns the number of rows that it changed. */
  run(sql: string, ...values: readonly PostgresValue[]): Promise<number>;
}

/** Longest time for one statement, and for a connection to come up: a sender waits ten seconds for its answer. */
const statementMs = 8_000;
const connectMs = 5_000;

export class PostgresDatabase implements PostgresQueries {
  readonly address: PostgresAddress;
  readonly #pool: Pool;

  /** Connects when it is first used. `poolSize`: connections at most. */
  constructor(address: PostgresAddress, poolSize: number) {
    this.address = address;
    this.#pool = new Pool({
      connectionString: address.reveal(),
      max: poolSize,
      connectionTimeoutMillis: connectMs,
      statement_timeout: statementMs,
      // A server that vanished without a word would otherwise never answer.
      query_timeout: statementMs + 2_000,
      keepAlive: true,
      application_name: "remit",
    });
    // An idle connection that breaks is replaced by the next query, which also tells if it can't be.
    this.#pool.on("error", () => {});
  }

  async rows(sql: string, ...values: readonly PostgresValue[]): Promise<PostgresRow[]> {
    return (await this.#guard(() => query(this.#pool, sql, values))).rows;
  }

  async row(sql: string, ...values: readonly PostgresValue[]): Promise<PostgresRow | undefined> {
    return (await this.rows(sql, ...values))[0];
  }

  async run(sql: string, ...values: readonly PostgresValue[]): Promise<number> {
    return (await this.#guard(() => query(this.#pool, sql, values))).rowCount ?? 0;
  }

  /** All of `work` or nothing. */
  async transaction<T>(work: (queries: PostgresQueries) => Promise<T>, isolation = "READ COMMITTED"): Promise<T> {
    const client = await this.#guard(() => this.#pool.connect());
    let broken = true;
    try {
      const queries = this.#queries(client);
      await queries.run(`BEGIN ISOLATION LEVEL ${isolation}`);
      const result = await work(queries);
      await queries.run("COMMIT");
      broken = false;
      return result;
    } catch (error) {
      broken = !(await client.query("ROLLBACK").then(
        () => true,
        () => false,
      ));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    if (!this.#pool.ended) await this.#pool.end();
  }

  #queries(client: PoolClient): PostgresQueries {
    const rows: PostgresQueries["rows"] = async (sql, ...values) =>
      (await this.#guard(() => query(client, sql, values))).rows;
    return {
      rows,
      row: async (sql, ...values) => (await rows(sql, ...values))[0],
      run: async (sql, ...values) => (await this.#guard(() => query(client, sql, values))).rowCount ?? 0,
    };
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.#failed(error);
    }
  }

  #failed(error: unknown): RemitError {
    const detail = this.address.redact(detailOf(error));
    const code = codeOf(error);
    // The driver's error holds its connection, so only its words and its code go on.
    const cause = Object.assign(new Error(detail), { code });
    const message = `PostgreSQL, ${this.address.place}: ${detail}${advice(code, detail)}`;
    return new RemitError("store-failed", message, { cause });
  }
}

function query(
  on: Pool | PoolClient,
  sql: string,
  values: readonly PostgresValue[],
): Promise<QueryResult<PostgresRow>> {
  return on.query<PostgresRow>(sql, values.map(storable));
}

/** PostgreSQL's text holds every character but this one. */
function storable(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("\0", "\u2400");
  return Array.isArray(value) ? value.map(storable) : value;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function detailOf(error: unknown): string {
  // Several addresses of one name that all fail make an error of errors without words of its own.
  if (error instanceof AggregateError) return error.errors.map(detailOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}

const unreachable = /ECONN|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPIPE|ETIMEDOUT|^57P0|^08/;

function advice(code: string, detail: string): string {
  if (unreachable.test(code) || /timeout|terminated|Connection ended/i.test(detail)) {
    return ". Nothing that was acknowledged is lost; Remit tries again until it answers";
  }
  if (/^28|SASL|password must be/.test(code + detail)) return ". Check the user and the password in DATABASE_URL";
  if (code === "3D000") return ". Create the database, or correct its name in DATABASE_URL";
  if (code === "42501") return ". The user needs a schema `remit` of its own, or CREATE on the database";
  if (code === "53300") return ". Too many connections: lower database.poolSize, or raise max_connections";
  if (code === "53100") return ". The server's disk is full";
  if (code === "25006") return ". The server only reads: connect to the primary";
  return "";
}
