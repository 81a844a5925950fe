/** One row for each change, as auditors ask for the population that they sample. */

import { recordTarget } from "../../ledger/record-target.ts";
import type { AuditedChange } from "../changes.ts";
import type { CheckResult } from "../check.ts";
import { csvLine } from "../csv-line.ts";

export interface PopulationRow {
  readonly id: string;
  readonly incident: string | undefined;
  readonly target: string | undefined;
  readonly action: string | undefined;
  readonly kind: string | undefined;
  readonly title: string | undefined;
  readonly tier: string | undefined;
  readonly mergedBy: string;
  readonly approvedBy: readonly string[];
  readonly pull: number | undefined;
  readonly commit: string;
  readonly head: string | undefined;
  readonly base: string | undefined;
  readonly announcedAt: string | undefined;
  readonly mergedAt: string;
  readonly deliveredAt: string | undefined;
  readonly verifiedAt: string | undefined;
  readonly outcome: string | undefined;
  readonly policyDigest: string | undefined;
  readonly policyVersion: number | undefined;
  /** Names of those that found something in its records. */
  readonly failedChecks: readonly string[];
}

export function populationRow(change: AuditedChange, results: readonly CheckResult[]): PopulationRow {
  const { merge, own, approvals } = change;
  const { record } = merge.stored;
  const sequences = new Set(own.map(({ sequence }) => sequence));
  const isOwn = (sequence: number | undefined) => sequence !== undefined && sequences.has(sequence);
  return {
    id: change.id,
    incident: record.incident?.id,
    target: recordTarget(record),
    action: merge.change?.action,
    kind: merge.change?.kind,
    title: merge.change?.title,
    tier: merge.decision?.tier,
    mergedBy: record.actor.login ?? record.actor.kind,
    approvedBy: approvals.map(({ login }) => login),
    pull: change.pull,
    commit: merge.commit,
    head: merge.announced?.record.result?.head,
    base: merge.decision?.base,
    announcedAt: iso(change.announcedAt),
    mergedAt: new Date(change.mergedAt).toISOString(),
    deliveredAt: iso(change.deliveredAt),
    verifiedAt: iso(change.verifiedAt),
    outcome: change.outcome,
    policyDigest: merge.decision?.policy.digest,
    policyVersion: merge.decision?.policy.version,
    failedChecks: results
      .filter(({ findings }) => findings.some(({ sequence }) => isOwn(sequence)))
      .map(({ name }) => name),
  };
}

/** Columns have the names that `population.json` has. */
export function populationCsv(rows: readonly PopulationRow[]): string {
  return [csvLine(columns), ...rows.map((row) => csvLine(columns.map((name) => cellOf(row[name]))))].join("");
}

const columns = [
  "id",
  "incident",
  "target",
  "action",
  "kind",
  "title",
  "tier",
  "mergedBy",
  "approvedBy",
  "pull",
  "commit",
  "head",
  "base",
  "announcedAt",
  "mergedAt",
  "deliveredAt",
  "verifiedAt",
  "outcome",
  "policyDigest",
  "policyVersion",
  "failedChecks",
] as const satisfies readonly (keyof PopulationRow)[];

function cellOf(value: PopulationRow[keyof PopulationRow]): string | number | undefined {
  return typeof value === "object" ? value.join(" ") : value;
}

function iso(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}
