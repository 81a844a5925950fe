import type { Shadow, ShadowResult } from "./shadow.ts";

/** What counts of a shadow once it is settled. */
export function shadowResult({
  incident,
  repository,
  runbook,
  action,
  plannedAt,
  comparison,
  settledAt,
}: Shadow): ShadowResult {
  const told = settledAt === undefined ? undefined : comparison;
  const isPersons = told?.change?.by === "person";
  return {
    incident,
    repository,
    runbook,
    action,
    outcome: told?.outcome,
    leadMs: isPersons ? told.change.at - plannedAt : undefined,
  };
}
