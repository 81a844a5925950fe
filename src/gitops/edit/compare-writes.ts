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
  const changed = changedOf(proposed, before);
  if (changed.size !== human.length || !human.every(({ path }) => changed.has(path))) return "wrong";
  return human.every(({ path, bytes }) => same(changed.get(path), bytes)) ? "exact" : "near";
}

/** Pure. The files that the person changed beside, where all that is proposed is theirs byte for byte; undefined where it isn't. */
export function leftOut(
  proposed: readonly Written[],
  human: readonly Written[],
  before: ReadonlyMap<string, Uint8Array>,
): readonly string[] | undefined {
  const changed = changedOf(proposed, before);
  const theirs = new Map(human.map(({ path, bytes }) => [path, bytes]));
  const isTheirs = [...changed].every(([path, bytes]) => theirs.has(path) && same(theirs.get(path), bytes));
  return changed.size > 0 && isTheirs ? [...theirs.keys()].filter((path) => !changed.has(path)) : undefined;
}

function changedOf(proposed: readonly Written[], before: ReadonlyMap<string, Uint8Array>) {
  const changed = proposed.filter(({ path, bytes }) => !same(bytes, before.get(path)));
  return new Map(changed.map(({ path, bytes }) => [path, bytes]));
}

function same(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return Buffer.compare(a, b) === 0;
}
