import { type Severity, severities } from "./severity.ts";
import { severityOf } from "./severity-of.ts";

/** Of the labels of several alerts; where there are none, the least. */
export function mostSevere(labels: readonly Readonly<Record<string, string>>[]): Severity {
  const found = new Set(labels.map(severityOf));
  return severities.find((severity) => found.has(severity)) ?? "info";
}
