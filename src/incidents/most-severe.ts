import { type Severity, severities } from "./severity.ts";
import { severityOf } from "./severity-of.ts";

/** Of alerts that concern one thing, the most severe that fires counts; where none fires, the least. */
export function mostSevere(
  alerts: readonly { readonly status: "firing" | "resolved"; readonly labels: Readonly<Record<string, string>> }[],
): Severity {
  const firing = new Set(alerts.filter(({ status }) => status === "firing").map(({ labels }) => severityOf(labels)));
  return severities.find((severity) => firing.has(severity)) ?? "info";
}
