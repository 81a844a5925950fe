/** Makes of records what is counted. Pure; records say what Remit said, and whether they are honest `remit audit verify` tells. */
import type { Instant } from "../../clock.ts";
import type { LedgerRecord } from "../../ledger/ledger-record.ts";
import { changeKey, mergesAmong } from "../../ledger/merges-among.ts";
import { recordTarget } from "../../ledger/record-target.ts";
import type { Told, ToldFix, ToldIncident } from "./told.ts";

/** `records`: in their order. */
export function tellRecords(records: readonly LedgerRecord[]): Told {
  const byIncident = Map.groupBy(records, ({ incident }) => incident?.id);
  return {
    incidents: [...byIncident].flatMap(([id, own]) => (id === undefined ? [] : (incidentOf(id, own) ?? []))),
    fixes: fixesOf(records),
  };
}

function incidentOf(id: string, own: readonly LedgerRecord[]): ToldIncident | undefined {
  const [first] = own;
  if (first?.incident === undefined) return undefined;
  const closed = own.find(({ kind }) => kind === "closed");
  return {
    id,
    target: recordTarget(first) ?? "",
    openedAt: Date.parse(first.incident.openedAt),
    isTrouble: first.decision?.by !== "command" && first.decision?.inputs.kind !== "undo",
    isDecided: own.some(({ decision, change }) => decision?.tier !== undefined && change?.kind === "fix"),
    wantedAt: timeOf(own.find(wantsPerson)),
    calledAt: calledAt(own),
    acts: own.flatMap(actsOf).toSorted((a, b) => a - b),
    answeredAt: timeOf(own.find(({ kind }) => kind === "answered")),
    closed: closed && { at: Date.parse(closed.time), outcome: closed.result?.outcome },
  };
}

function wantsPerson({ kind, phase, decision }: LedgerRecord): boolean {
  if (kind === "escalated" || kind === "suggested") return true;
  return kind === "proposed" && phase === "intent" && decision?.tier === "propose";
}

/** Who asks for the call is there already. */
function calledAt(own: readonly LedgerRecord[]): Instant | undefined {
  const called = own.find(({ kind }) => kind === "escalated");
  const asked = own.find(({ kind, result }) => kind === "commanded" && result?.command === "escalate");
  return called !== undefined && asked !== undefined && asked.time <= called.time ? undefined : timeOf(called);
}

/** Reasons that only a person can give. */
const peoples: readonly string[] = ["rejected-by-person", "closed-by-person", "foreign-commit"];

function actsOf({ actor, kind, time, result }: LedgerRecord): readonly Instant[] {
  const approved = (result?.approvals ?? []).map(({ at }) => Date.parse(at));
  const acted = actor.kind === "person" && kind !== "answered";
  const ended = kind === "withdrawn" && (result?.reasons ?? []).some(({ code }) => peoples.includes(code));
  return acted || ended ? [...approved, Date.parse(time)] : approved;
}

/** An incident and a candidate tell a change, however often it was tried. */
function fixesOf(records: readonly LedgerRecord[]): readonly ToldFix[] {
  const all = records.map((record) => ({ record }));
  const merges = new Map(mergesAmong(all).map((merge) => [changeKey(merge.stored), merge]));
  const byChange = Map.groupBy(
    all.filter(({ record }) => record.change?.kind === "fix"),
    changeKey,
  );
  return [...byChange].map(([key, own]) => {
    const results = own.map(({ record }) => record).filter(({ phase }) => phase === "result");
    const found = (wanted: LedgerRecord["kind"]) => results.find(({ kind }) => kind === wanted);
    const merge = merges.get(key);
    const seen = found("verified");
    return {
      incident: own[0]?.record.incident?.id ?? "",
      proposedAt: timeOf(found("proposed")),
      merged: merge && {
        commit: merge.commit,
        at: Date.parse(merge.stored.record.time),
        alone: merge.unattended,
      },
      withdrawnAt: timeOf(results.findLast(({ kind }) => kind === "withdrawn")),
      deliveredAt: timeOf(found("delivered")),
      seen: seen && { at: Date.parse(seen.time), outcome: seen.result?.outcome },
    };
  });
}

function timeOf(record: LedgerRecord | undefined): Instant | undefined {
  return record === undefined ? undefined : Date.parse(record.time);
}
