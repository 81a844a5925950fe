/** Why less was done than could have been, by reason code: an incident counts once for each, however often it was planned. */

import { recordTarget } from "../../ledger/record-target.ts";
import { reasonsOf } from "../describe-record.ts";
import type { ReadRecord } from "../ledger.ts";
import type { NotDone } from "./review.ts";

const nothing: readonly string[] = ["observed", "suggested", "refused", "withdrawn", "escalated"];

interface Counted {
  readonly message: string;
  readonly nothing: Set<string>;
  readonly asked: Set<string>;
  readonly targets: Set<string>;
}

/** The most frequent first. */
export function notDone(records: readonly ReadRecord[]): readonly NotDone[] {
  const counted = new Map<string, Counted>();
  for (const { record } of records) {
    const which = whichOf(record.kind, record.decision?.tier);
    if (which === undefined) continue;
    for (const { code, message } of reasonsOf(record)) {
      const entry = counted.get(code) ?? { message, nothing: new Set(), asked: new Set(), targets: new Set() };
      counted.set(code, entry);
      entry[which].add(record.incident?.id ?? "");
      entry.targets.add(recordTarget(record) ?? "");
    }
  }
  return [...counted]
    .map(([code, entry]) => ({
      code,
      message: entry.message,
      nothing: entry.nothing.size,
      asked: entry.asked.size,
      targets: [...entry.targets].toSorted(),
    }))
    .toSorted((a, b) => b.nothing + b.asked - (a.nothing + a.asked) || (a.code < b.code ? -1 : 1));
}

function whichOf(kind: string, tier: string | undefined): "nothing" | "asked" | undefined {
  if (nothing.includes(kind)) return "nothing";
  return (kind === "proposed" || kind === "undone") && tier === "propose" ? "asked" : undefined;
}
