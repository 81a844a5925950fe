/** How one list of lines becomes another with the fewest lines deleted and inserted (Myers), found from the ends of both. */

export interface ShortestEdit {
  /** How many lines are deleted and inserted. */
  readonly size: number;
  /** Do at most `edits` deletions and insertions lead from these places, from 0, to the ends? */
  reaches(edits: number, before: number, after: number): boolean;
}

/** What is remembered grows with the square of the edits; this many are some ten megabytes. */
const maxEdits = 2_800;

/** undefined where more lines differ than that. Costs the lines and the square of the edits, so a long text with a few changes is cheap. */
export function shortestEdit(before: readonly string[], after: readonly string[]): ShortestEdit | undefined {
  const rounds: Int32Array[] = [];
  const end = before.length - after.length;
  for (let edits = 0; edits <= Math.min(maxEdits, before.length + after.length); edits++) {
    const round = nextRound(before, after, rounds.at(-1), edits);
    rounds.push(round);
    if (firstOn(round, edits, -end) === 0)
      return { size: edits, reaches: (most, i, j) => reaches(rounds, end, most, i, j) };
  }
  return undefined;
}

/** Places of `before` that can't be reached. */
const nowhere = 0x7fffffff;

/**
 * By diagonal (place in `before` less place in `after`), counted from the one that the ends stand on: the first place of `before` from
 * which this many edits lead to the ends.
 */
function nextRound(
  before: readonly string[],
  after: readonly string[],
  last: Int32Array | undefined,
  edits: number,
): Int32Array {
  const round = new Int32Array(edits + 1);
  for (let index = 0; index <= edits; index++) {
    const offset = 2 * index - edits;
    const diagonal = before.length - after.length + offset;
    let i = last === undefined ? before.length : earlier(last, edits - 1, offset, diagonal);
    while (i !== nowhere && i > 0 && i - diagonal > 0 && before[i - 1] === after[i - diagonal - 1]) i--;
    round[index] = i;
  }
  return round;
}

/** Over a deletion or an insertion more. */
function earlier(last: Int32Array, edits: number, offset: number, diagonal: number): number {
  const [deleted, inserted] = [firstOn(last, edits, offset + 1), firstOn(last, edits, offset - 1)];
  return Math.min(
    deleted === nowhere || deleted === 0 ? nowhere : deleted - 1,
    inserted === nowhere || inserted < diagonal ? nowhere : inserted,
  );
}

function firstOn(round: Int32Array, edits: number, offset: number): number {
  return round[(offset + edits) / 2] ?? nowhere;
}

function reaches(rounds: readonly Int32Array[], end: number, edits: number, i: number, j: number): boolean {
  const round = rounds[edits];
  return round !== undefined && firstOn(round, edits, i - j - end) <= i;
}
