/** A closed class from the label that senders use for it. Whatever isn't known, or is missing, is in the middle. */
import type { Severity } from "./severity.ts";

export function severityOf(labels: Readonly<Record<string, string>>): Severity {
  const word = (labels.severity ?? labels.priority ?? "").toLowerCase();
  return known.get(word) ?? "warning";
}

const known: ReadonlyMap<string, Severity> = new Map([
  ...["critical", "page", "emergency", "fatal", "disaster", "p0", "p1", "sev0", "sev1"].map(
    (word) => [word, "critical"] as const,
  ),
  ...["info", "information", "informational", "none", "notice", "debug", "low", "p4", "p5", "sev4", "sev5"].map(
    (word) => [word, "info"] as const,
  ),
]);
