/** Which source counts where both tell: when another incident was opened the ledger knows, when a fix came the branch. */
import { expect, test } from "vitest";
import { computeMetrics } from "../../src/metrics/compute-metrics.ts";
import type { Facts, Remediation } from "../../src/metrics/facts.ts";
import type { ToldFix, ToldIncident } from "../../src/metrics/told/told.ts";

const since = Date.parse("2026-10-01");
const minute = 60_000;

function fixOf(incident: string, minutes: number): Remediation {
  const nothing = { lease: undefined, change: undefined, culpritAt: undefined, reversedAt: undefined };
  const at = since + minutes * minute;
  const about = { commit: incident, incident, target: "cart", action: "rollback", tier: "merge" };
  return { ...about, detectedAt: at, proposedAt: at, mergedAt: at, ...nothing };
}

function incidentOf(id: string, minutes: number, more: Partial<ToldIncident> = {}): ToldIncident {
  const nothing = { wantedAt: undefined, calledAt: undefined, acts: [], answeredAt: undefined, closed: undefined };
  const about = { id, target: "cart", isTrouble: true, isDecided: true };
  return { ...about, openedAt: since + minutes * minute, ...nothing, ...more };
}

const facts = { since, until: since + 30 * 24 * 60 * minute, changes: [], restores: [] };
const harmOf = (more: Pick<Facts, "remediations" | "told">) => computeMetrics({ ...facts, ...more }).measures.harm.part;
const first = fixOf("a", 60);

test.each<[what: string, incidents: readonly ToldIncident[] | undefined, harm: number]>([
  ["needed a fix within the hour, with no ledger", undefined, 1],
  ["needed one, and the ledger doesn't know it", [], 1],
  ["needed one, and had been there before", [incidentOf("b", 50)], 0],
  ["needed one, and was opened after the fix", [incidentOf("b", 70)], 1],
])("another incident of the target that %s", (_what, incidents, harm) => {
  const told = incidents && { incidents, fixes: [] };
  expect(harmOf({ remediations: [first, fixOf("b", 90)], told })).toBe(harm);
});

test.each<[what: string, incident: ToldIncident, harm: number]>([
  ["trouble", incidentOf("b", 70), 1],
  ["trouble after more than an hour", incidentOf("b", 121), 0],
  ["trouble of another target", incidentOf("b", 70, { target: "search" }), 0],
  ["the end of a lease, or a request", incidentOf("b", 70, { isTrouble: false }), 0],
  ["the incident itself", incidentOf("a", 70), 0],
])("%s that needed no fix", (_what, incident, harm) => {
  expect(harmOf({ remediations: [first], told: { incidents: [incident], fixes: [] } })).toBe(harm);
});

test("a merge counts when it came to the branch, not when it was recorded", () => {
  const told = { incidents: [incidentOf("a", -60)], fixes: [toldFixOf(first.commit, 60)] };
  const { measures } = computeMetrics({ ...facts, until: since + 61 * minute, remediations: [first], told });
  const before = { ...facts, since: since + 61 * minute, remediations: [first], told };
  expect([measures.acceptanceOfProposals, measures.autonomyRate]).toMatchObject([{ cases: 1 }, { cases: 1 }]);
  expect(computeMetrics(before).measures).toMatchObject({
    acceptanceOfProposals: { cases: 0 },
    autonomyRate: { cases: 0 },
  });
});

/** Recorded two minutes after it came. */
function toldFixOf(commit: string, minutes: number): ToldFix {
  const at = since + minutes * minute;
  const nothing = { withdrawnAt: undefined, deliveredAt: undefined, seen: undefined };
  return { incident: commit, proposedAt: at, merged: { commit, at: at + 2 * minute, alone: true }, ...nothing };
}
