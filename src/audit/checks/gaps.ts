import type { Check } from "../check.ts";

/** The last records may be missing without a gap: only a tip that somebody noted, or a merge without a record, tells that. */
export const gaps: Check = {
  name: "gaps",
  title: "records count from 1, none is missing, and none stands twice",
  run({ ledger: { records } }, seen) {
    let last = 0;
    const places = new Map<string, number>();
    for (const stored of records) {
      const { sequence, record } = stored;
      const earlier = record === undefined ? undefined : places.get(record.id);
      seen.record(stored, why(sequence, last) ?? again(earlier));
      if (record !== undefined) places.set(record.id, sequence);
      last = sequence;
    }
  },
};

function why(sequence: number, last: number): string | undefined {
  if (sequence === last + 1) return undefined;
  if (sequence === last) return `there are two records ${sequence}`;
  return sequence === last + 2
    ? `record ${last + 1} is missing before it`
    : `records ${last + 1} to ${sequence - 1} are missing before it`;
}

function again(earlier: number | undefined): string | undefined {
  return earlier === undefined ? undefined : `it repeats record ${earlier}`;
}
