import type { Instant } from "../../clock.ts";
import { recordTarget } from "../../ledger/record-target.ts";
import type { Audit } from "../audit.ts";
import { type AuditedChange, auditedChanges } from "../changes.ts";
import { type ReadRecord, readable } from "../ledger.ts";
import type { Month } from "./month.ts";
import { notDone } from "./not-done.ts";
import type { DoneChange, OpenIncident, Review, ReviewedCheck } from "./review.ts";
import { trust } from "./trust.ts";

/** Of a month that isn't over, what is there by now. `checks`: what they found in the whole ledger, where somebody looked. */
export async function reviewMonth(
  audit: Pick<Audit, "ledger" | "reader" | "history">,
  { name, from, to }: Month,
  checks: readonly ReviewedCheck[] | undefined,
): Promise<Review> {
  const records = readable(audit.ledger).filter(({ record }) => isWithin(Date.parse(record.time), from, to));
  const all = await auditedChanges(audit);
  const changes = all.filter(({ mergedAt }) => isWithin(mergedAt, from, to));
  const incidents = new Set(records.flatMap(({ record }) => record.incident?.id ?? []));
  return {
    month: name,
    from,
    to,
    incidents: incidents.size,
    did: changes.map(doneChange),
    didNot: notDone(records),
    trust: trust(records, changes, all),
    open: openIncidents(readable(audit.ledger).filter(({ record }) => Date.parse(record.time) < to)),
    checks: checks?.map(({ name, outcome, found, skipped }) => ({ name, outcome, found, skipped })),
  };
}

function isWithin(at: Instant, from: Instant, to: Instant): boolean {
  return at >= from && at < to;
}

function doneChange({ id, mergedAt, merge, approvals, outcome, pull }: AuditedChange): DoneChange {
  const { actor } = merge.stored.record;
  const how = merge.unattended ? "alone" : merge.byRemit ? "approved" : "person";
  return {
    id,
    at: mergedAt,
    target: recordTarget(merge.stored.record) ?? "",
    action: merge.change?.action ?? "",
    kind: merge.change?.kind ?? "fix",
    how,
    people: how === "person" ? [actor.login ?? actor.kind] : approvals.map(({ login }) => login),
    outcome,
    pull,
  };
}

function openIncidents(records: readonly ReadRecord[]): readonly OpenIncident[] {
  const open = new Map<string, OpenIncident>();
  for (const { record } of records) {
    const { incident, kind, time } = record;
    if (incident === undefined) continue;
    const called = kind === "escalated" || open.get(incident.id)?.called === true;
    if (kind === "closed") open.delete(incident.id);
    else
      open.set(incident.id, { id: incident.id, target: recordTarget(record) ?? "", since: Date.parse(time), called });
  }
  return [...open.values()];
}
