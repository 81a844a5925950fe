import type { Instant } from "../clock.ts";
import { diagnose } from "../diagnosis/diagnose.ts";
import type { Diagnosis } from "../diagnosis/diagnosis.ts";
import type { Incident } from "../incidents/incident.ts";
import type { TargetEvidence } from "./evidence.ts";

/** The diagnosis of what was gathered of a target. */
export function diagnoseTarget(
  { entry, shares, changes, health, habits }: TargetEvidence,
  { incident, suspectWindowMs, now }: { incident: Incident; suspectWindowMs: number; now: Instant },
): Diagnosis {
  const commits = shares.filter((share) => share.files.size > 0).map(({ commit }) => commit);
  return diagnose({ entry, changes, commits, incident, health, habits, now, suspectWindowMs });
}
