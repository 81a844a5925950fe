/** A store as its rows, for a copy into another one. Not for use beside a running `remit serve`. */
import type { StoredRow, Table } from "./tables.ts";

export interface Copyable {
  readonly description: string;
  count(table: Table): Promise<number>;
  /** Calls `work` with a view of the rows that doesn't change meanwhile. */
  snapshot<T>(work: (page: ReadPage) => Promise<T>): Promise<T>;
  /** Adds what isn't there yet, all of it or nothing; answers how many rows were added. */
  add(table: Table, rows: readonly StoredRow[]): Promise<number>;
  close(): Promise<void>;
}

/** The next rows by key, after `last`; from the beginning when it is undefined. */
export type ReadPage = (table: Table, last: StoredRow | undefined, limit: number) => Promise<readonly StoredRow[]>;
