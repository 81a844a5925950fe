/** Compares what would have been written with what somebody wrote, to the byte. */

export interface Written {
  readonly path: string;
  /** undefined: no file is there. */
  readonly bytes: Uint8Array | undefined;
}

export type WritesVerdict = "exact" | "near" | "wrong";

/**
 * Pure. `exact`: the person's files byte for byte, and no other. `near`: the person's files and no other, with other bytes.
 * `wrong`: any other change. A file that is proposed as it was isn't changed.
 */
export function compareWrites(
  proposed: readonly Written[],
  human: readonly Written[],
  before: ReadonlyMap<string, Uint8Array>,
): WritesVerdict {
  const changed = new Map(
    proposed.filter(({ path, bytes }) => !same(bytes, before.get(path))).map(({ path, bytes }) => [path, bytes]),
  );
  if (changed.size !== human.length || !human.every(({ path }) => changed.has(path))) return "wrong";
  return human.every(({ path, bytes }) => same(changed.get(path), bytes)) ? "exact" : "near";
}

function same(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return Buffer.compare(a, b) === 0;
}
