/** What the stores count and look for without reading the shadow. */

import { type Shadow, type ShadowResult, shadowOutcomes } from "../remediation/shadow/shadow.ts";
import { shadowResult } from "../remediation/shadow/shadow-result.ts";

/** In the order of `shadowColumns`. */
export function shadowValues(shadow: Shadow): readonly (string | number | null)[] {
  const { incident, repository, runbook, action, outcome, leadMs } = shadowResult(shadow);
  return [
    incident,
    repository,
    shadow.plannedAt,
    runbook,
    action,
    outcome ?? null,
    leadMs ?? null,
    JSON.stringify(shadow),
  ];
}

export const shadowColumns = "incident, repository, planned_at, runbook, action, outcome, lead_ms, shadow";
/** More tell nothing that these don't. */
export const mostResults = 5_000;

export const resultColumns = "incident, repository, runbook, action, outcome, lead_ms";

export function resultOf(row: Readonly<Record<string, unknown>>): ShadowResult {
  return {
    incident: String(row.incident),
    repository: String(row.repository),
    runbook: String(row.runbook),
    action: String(row.action),
    outcome: shadowOutcomes.find((outcome) => outcome === row.outcome),
    leadMs: row.lead_ms === null ? undefined : Number(row.lead_ms),
  };
}

/** Written by this version of Remit, so read back as it is. */
export function shadowOfRow(row: Readonly<Record<string, unknown>>): Shadow {
  return JSON.parse(String(row.shadow)) as Shadow;
}
