import { evidenceMaxAgeMs, leastConfidence } from "../defaults.ts";
import type { Runbook } from "./runbook.ts";

/** What holds for an incident that no runbook of the repository covers. Everything else still has to allow it. */
export const builtInRunbook: Runbook = {
  name: "built-in",
  on: { alerts: ["*"], deploymentStatus: ["failure", "error"] },
  class: "safe",
  when: [],
  evidence: { sources: 1, confidence: leastConfidence * 100, maxAgeMs: evidenceMaxAgeMs },
  // To go back is the one answer that needs nobody to have thought of it before.
  steps: [{ action: "rollback" }],
  verify: { withinMs: undefined, consecutive: undefined },
  escalate: { to: [] },
};
