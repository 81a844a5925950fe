/** Copies everything from one store into another. Running it again adds only what is missing. */
import { RemitError } from "../errors.ts";
import type { Copyable } from "./copyable.ts";
import { type StoredRow, type TableName, tables } from "./tables.ts";

export interface CopyOptions {
  /** Add to a store that already holds something; what both hold stays as it is there. */
  readonly merge: boolean;
  readonly progress: (done: number, of: number) => void;
  readonly signal: AbortSignal;
}

/** Rows that were read, and how many of them were added. The others were there already. */
export type CopyCounts = Readonly<Record<TableName, { readonly read: number; readonly added: number }>>;

const pageSize = 500;

/** Throws RemitError store-failed when the target isn't empty and `merge` is false, or when it was interrupted. */
export async function copyRows(from: Copyable, to: Copyable, options: CopyOptions): Promise<CopyCounts> {
  if (!options.merge) await refuseToMix(to);
  const counts = Object.fromEntries(tables.map(({ name }) => [name, { read: 0, added: 0 }])) as Record<
    TableName,
    { read: number; added: number }
  >;
  return from.snapshot(async (page) => {
    let total = 0;
    for (const table of tables) total += await from.count(table);
    let done = 0;
    for (const table of tables) {
      let last: StoredRow | undefined;
      do {
        if (options.signal.aborted) {
          throw new RemitError("store-failed", "interrupted: copy again with --merge, which adds what is missing");
        }
        const rows = await page(table, last, pageSize);
        if (rows.length > 0) counts[table.name].added += await to.add(table, rows);
        counts[table.name].read += rows.length;
        done += rows.length;
        options.progress(done, total);
        last = rows.length < pageSize ? undefined : rows.at(-1);
      } while (last !== undefined);
    }
    return counts;
  });
}

async function refuseToMix(to: Copyable): Promise<void> {
  for (const table of tables) {
    if ((await to.count(table)) === 0) continue;
    const message = `${to.description}: it isn't empty. --merge adds what is missing, and leaves what is there as it is`;
    throw new RemitError("store-failed", message);
  }
}
