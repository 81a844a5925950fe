/** Where Remit could be trusted more or less: by how its proposals were taken, and whether what was merged stood. */

import { changeKey } from "../../ledger/merges-among.ts";
import { recordTarget } from "../../ledger/record-target.ts";
import type { AuditedChange } from "../changes.ts";
import type { ReadRecord } from "../ledger.ts";
import type { Trust } from "./review.ts";

const repeatMs = 7 * 24 * 60 * 60_000;
/** So many approvals without a word against it. */
const enough = 5;
const rejections: readonly string[] = ["rejected-by-person", "closed-by-person"];

interface Begun {
  readonly stored: ReadRecord;
  readonly merged: AuditedChange | undefined;
}

/** `changes`: of the time that is looked at; `all`: of any. */
export function trust(
  records: readonly ReadRecord[],
  changes: readonly AuditedChange[],
  all: readonly AuditedChange[],
): readonly Trust[] {
  const merged = new Map(changes.map((change) => [changeKey(change.merge.stored), change]));
  const rejected = new Set(records.filter(isRejection).map(changeKey));
  const begun = new Map<string, Begun>();
  for (const stored of records) {
    const { phase, kind, change } = stored.record;
    const key = changeKey(stored);
    if (key === undefined || phase !== "intent" || kind !== "proposed" || change?.kind !== "fix") continue;
    if (!begun.has(key)) begun.set(key, { stored, merged: merged.get(key) });
  }
  const groups = Map.groupBy([...begun], ([, { stored }]) => JSON.stringify(groupOf(stored)));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [row(groupOf(first[1].stored), group, rejected, all)];
  });
}

function groupOf({ record: { decision, change } }: ReadRecord): Pick<Trust, "runbook" | "action"> {
  return { runbook: decision?.runbook ?? "built-in", action: change?.action ?? "" };
}

function isRejection({ record: { kind, result } }: ReadRecord): boolean {
  if (kind !== "withdrawn") return false;
  return result?.outcome === "rejected" || (result?.reasons ?? []).some(({ code }) => rejections.includes(code));
}

function row(
  group: Pick<Trust, "runbook" | "action">,
  begun: readonly (readonly [string, Begun])[],
  rejections: ReadonlySet<string | undefined>,
  all: readonly AuditedChange[],
): Trust {
  const merged = begun.flatMap(([, { merged }]) => merged ?? []);
  const alone = merged.filter(({ merge }) => merge.unattended).length;
  const numbers = {
    begun: begun.length,
    alone,
    approved: merged.length - alone,
    rejected: begun.filter(([key]) => rejections.has(key)).length,
    recovered: merged.filter(({ outcome }) => outcome === "recovered").length,
    undone: merged.filter((change) => all.some((other) => undoes(other, change))).length,
    repeated: merged.filter((change) => all.some((other) => repeats(other, change))).length,
  };
  return { ...group, ...numbers, could: judged(numbers) };
}

function undoes({ merge, mergedAt }: AuditedChange, change: AuditedChange): boolean {
  const sameIncident = merge.stored.record.incident?.id === change.merge.stored.record.incident?.id;
  return merge.change?.kind === "undo" && sameIncident && mergedAt >= change.mergedAt;
}

function repeats(other: AuditedChange, { merge, mergedAt }: AuditedChange): boolean {
  const [a, b] = [other.merge.stored.record, merge.stored.record];
  const after = other.mergedAt - mergedAt;
  return after > 0 && after < repeatMs && a.incident?.id !== b.incident?.id && recordTarget(a) === recordTarget(b);
}

function judged({ begun, alone, approved, rejected, undone, repeated }: Omit<Trust, "runbook" | "action" | "could">) {
  if (undone > 0 || (rejected > 0 && 2 * rejected >= begun) || repeated > 1) return "less";
  return alone === 0 && approved >= enough && rejected === 0 && repeated === 0 ? "more" : "as it is";
}
