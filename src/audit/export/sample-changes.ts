import { digest } from "../../digest.ts";
import type { AuditedChange } from "../changes.ts";

/** The same seed chooses the same changes of the same population, whoever runs it. In their order. */
export function sampleChanges(changes: readonly AuditedChange[], size: number, seed: string): readonly AuditedChange[] {
  const drawn = changes
    .map((change) => ({ change, place: digest([seed, change.merge.stored.hash], 64) }))
    .toSorted((a, b) => (a.place < b.place ? -1 : 1))
    .slice(0, size);
  const chosen = new Set(drawn.map(({ change }) => change));
  return changes.filter((change) => chosen.has(change));
}
