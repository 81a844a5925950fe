/** What the ledger tells, looked up by what the branch knows. */
import type { Instant } from "../../clock.ts";
import type { Facts, Remediation } from "../facts.ts";
import type { Told, ToldFix, ToldIncident, ToldMerge } from "./told.ts";

export interface Ledger extends Told {
  fixOf(remediation: Remediation): ToldFix | undefined;
  incidentOf(id: string): ToldIncident | undefined;
  fixesOf(incident: string): readonly ToldFix[];
  /** By git, where the branch has it: the same moment that it counts with. */
  mergedAt(merge: ToldMerge): Instant;
}

export function ledgerOf({ told, remediations }: Facts): Ledger | undefined {
  if (told === undefined) return undefined;
  const { incidents, fixes } = told;
  const byCommit = new Map(fixes.map((fix) => [fix.merged?.commit, fix]));
  const byId = new Map(incidents.map((incident) => [incident.id, incident]));
  const byIncident = Map.groupBy(fixes, ({ incident }) => incident);
  const dates = new Map(remediations.map(({ commit, mergedAt }) => [commit, mergedAt]));
  return {
    incidents,
    fixes,
    fixOf: ({ commit }) => byCommit.get(commit),
    incidentOf: (id) => byId.get(id),
    fixesOf: (incident) => byIncident.get(incident) ?? [],
    mergedAt: ({ commit, at }) => dates.get(commit) ?? at,
  };
}
