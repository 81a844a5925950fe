/** One connection to the SQLite file, with the pragmas that make a commit durable and errors that say which file. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { RemitError } from "../errors.ts";

export type Row = Record<string, unknown>;

/** SQLite's own name for a database that nothing outlives. */
const inMemory = ":memory:";

/** Prepared statements are kept for the life of the connection: the set of texts is fixed. */
export class SqliteDatabase {
  readonly file: string;
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /**
   * Creates `directory` (private to this user) and `remit.sqlite` in it as needed; `:memory:` keeps everything in this
   * process instead. `busyMs`: how long to wait for whoever else holds the file. Throws RemitError store-failed.
   */
  constructor(directory: string, busyMs = 5_000) {
    this.file = directory === inMemory ? inMemory : join(directory, "remit.sqlite");
    try {
      if (directory !== inMemory) mkdirSync(directory, { recursive: true, mode: 0o700 });
      this.#connection = new DatabaseSync(this.file, { timeout: busyMs });
    } catch (error) {
      throw storeFailed(this.file, error);
    }
    try {
      // synchronous=NORMAL loses acknowledged rows when the power fails; FULL does not.
      this.#connection.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
      this.#check();
    } catch (error) {
      this.#connection.close();
      throw storeFailed(this.file, error);
    }
  }

  /** Damage is told before anything is built on it. A larger file tells when the damaged part is read. */
  #check(): void {
    if (Number(this.#connection.prepare("PRAGMA page_count").get()?.page_count) > checkedPages) return;
    const found = this.#connection.prepare("PRAGMA quick_check(1)").get()?.quick_check;
    if (found !== "ok") throw new Error(`malformed: ${String(found).split("\n").at(-1)}`);
  }

  execute(sql: string): void {
    this.#guard(() => this.#connection.exec(sql));
  }

  /** Runs a statement and returns the number of rows that it changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return this.#guard(() => Number(this.#statement(sql).run(...values).changes));
  }

  row(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#guard(() => this.#statement(sql).get(...values));
  }

  rows(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#guard(() => this.#statement(sql).all(...values));
  }

  /** All of `work` or nothing. Takes the write lock at once, so that a reader never has to be upgraded. */
  transaction<T>(work: () => T): T {
    this.execute("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.execute("COMMIT");
      return result;
    } catch (error) {
      if (this.#connection.isTransaction) this.#connection.exec("ROLLBACK");
      throw error;
    }
  }

  close(): void {
    if (this.#connection.isOpen) this.#connection.close();
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const prepared = this.#connection.prepare(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storeFailed(this.file, error);
    }
  }
}

/** 64 MiB, of 4 KiB each. */
const checkedPages = 16_384;

function storeFailed(file: string, error: unknown): RemitError {
  if (error instanceof RemitError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new RemitError("store-failed", `${file}: ${detail}${advice(detail)}`, { cause: error });
}

function advice(detail: string): string {
  if (/not a database|malformed|corrupt/i.test(detail)) {
    return ". The file is damaged or isn't Remit's: move it away to start empty, since everything in it can be rebuilt";
  }
  if (/disk is full|ENOSPC|disk I\/O error/i.test(detail)) {
    return ". The disk may be full: make room; what was acknowledged is kept, and nothing else is until then";
  }
  if (/readonly|read-only|EACCES|EROFS|EPERM|ENOTDIR|EEXIST|ENOENT|unable to open/i.test(detail)) {
    return ". Remit needs a directory that it can write to: set dataDirectory";
  }
  if (/database is locked/i.test(detail)) return ". Another process holds it: one `remit serve` per data directory";
  return "";
}
