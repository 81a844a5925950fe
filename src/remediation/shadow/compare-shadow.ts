/** What people merged, beside what Remit would have changed: the same fields, to the same values? */
import type { FileChange } from "../../actions/candidate.ts";
import type { Instant } from "../../clock.ts";
import { compareWrites } from "../../gitops/edit/compare-writes.ts";
import { revertText, type TextChange } from "../../gitops/edit/revert-text.ts";
import { type Comparison, type ShadowOutcome, shadowOutcomes, type Writer } from "./shadow.ts";

/** A value; undefined: the field isn't there. */
export type Value = string | undefined;

export interface Wanted {
  /** By field: the value that Remit would have given it. */
  readonly fields: ReadonlyMap<string, Value>;
  /** Those of them that any new value does the same with, such as the moment of a restart. */
  readonly anew: ReadonlySet<string>;
  readonly files: readonly FileChange[];
}

/** What one commit did to the target. */
export interface MergedChange {
  readonly commit: string;
  readonly at: Instant;
  readonly by: Writer;
  /** By field: the value after it. Only fields that it changed. */
  readonly fields: ReadonlyMap<string, Value>;
  /** Its texts, as far as they are the target's. */
  readonly texts: ReadonlyMap<string, TextChange>;
}

/**
 * Pure. `merged`: oldest first, all since Remit planned. The first commit that comes to the best outcome is the one that is told.
 * What programs wrote in between counts as what stood there.
 */
export function compareShadow(wanted: Wanted, merged: readonly MergedChange[]): Comparison {
  let best: Comparison = { outcome: "none" };
  const values = new Map<string, Value>();
  let more = false;
  for (const { commit, at, by, fields, texts } of merged) {
    const hit = [...fields].filter(([field]) => wanted.fields.has(field));
    for (const [field, value] of hit) values.set(field, value);
    // Only comments, or nothing of the target's.
    if (fields.size === 0) continue;
    if (by === "program") {
      best = better(best, { outcome: "none", change: { commit, at, by } });
      continue;
    }
    more ||= hit.length > 0 && hit.length < fields.size;
    const outcome = isExact(wanted.files, texts) ? "same" : outcomeOf(wanted, hit, { values, more });
    best = better(best, { outcome, change: { commit, at, by } });
  }
  return best;
}

/** The one that is nearer to what Remit would have done; of equals the first. */
export function better(first: Comparison | undefined, second: Comparison): Comparison {
  if (first === undefined) return second;
  const rank = ({ outcome, change }: Comparison) =>
    2 * shadowOutcomes.indexOf(outcome) + (change === undefined ? 1 : 0);
  return rank(second) < rank(first) ? second : first;
}

function outcomeOf(
  { fields, anew }: Wanted,
  hit: readonly (readonly [string, Value])[],
  { values, more }: { readonly values: ReadonlyMap<string, Value>; readonly more: boolean },
): ShadowOutcome {
  const isRight = (field: string, value: Value) => anew.has(field) || fields.get(field) === value;
  if (!hit.some(([field, value]) => isRight(field, value))) return "other";
  const allRight = [...fields.keys()].every((field) => values.has(field) && isRight(field, values.get(field)));
  if (!allRight) return "partly";
  return more ? "same-and-more" : "same";
}

/** Also where no field tells, as in a template: the very bytes, in the text that the person found. */
function isExact(files: readonly FileChange[], texts: ReadonlyMap<string, TextChange>): boolean {
  const found = files.map(({ path, before, after }) => {
    const text = texts.get(path);
    if (text === undefined) return { path, before, after };
    const put = revertText({ before: after, after: before }, text.before);
    return { path, before: text.before, after: put.outcome === "reverted" ? put.text : text.before };
  });
  const before = found.flatMap(({ path, before }) => (before === undefined ? [] : [[path, bytes(before)] as const]));
  const verdict = compareWrites(
    found.map(({ path, after }) => ({ path, bytes: after === undefined ? undefined : bytes(after) })),
    [...texts].map(([path, { after }]) => ({ path, bytes: after === undefined ? undefined : bytes(after) })),
    new Map(before),
  );
  return texts.size > 0 && verdict === "exact";
}

function bytes(text: string): Uint8Array {
  return Buffer.from(text, "utf8");
}
