/** How far an incident may go without a person, by code and not by policy. */
import { firingAlerts } from "../incidents/alert-state.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Tier } from "./verdict.ts";

/** In rising order: a person acts; a person approves; Remit may act alone. */
export const incidentClasses = ["human-only", "semi-safe", "safe"] as const;
export type IncidentClass = (typeof incidentClasses)[number];

/** The most that any grant, runbook or approval of a policy can make of an incident of the class. */
export const classTier: Readonly<Record<IncidentClass, Tier>> = {
  "human-only": "suggest",
  "semi-safe": "propose",
  safe: "merge",
};

/** Labels that tools use to say what kind of trouble an alert is about. */
const keys: ReadonlySet<string> = new Set([
  "class",
  "category",
  "alert_class",
  "alert_category",
  "incident_class",
  "type",
]);

/** What a person has to judge, whoever granted what. Compared in lower case with `-` for `_` and spaces. */
const humanOnly: ReadonlySet<string> = new Set([
  ...["security", "vulnerability", "intrusion", "breach", "malware", "exfiltration"],
  ...["data-loss", "dataloss", "data-corruption", "data-integrity", "backup"],
  ...["billing", "payment-data", "fraud", "finance"],
  ...["identity", "iam", "authentication", "authorization", "credentials", "secrets"],
  ...["compliance", "privacy", "ambiguous", "human-only"],
]);

/**
 * What the labels of its firing alerts say by themselves. They can only lower the class: an alert that calls itself safe is as
 * safe as one that says nothing.
 */
export function classByLabels(incident: Incident | undefined): { readonly class: IncidentClass; readonly why: string } {
  for (const { labels } of incident === undefined ? [] : firingAlerts(incident)) {
    for (const [key, value] of Object.entries(labels)) {
      const word = value
        .trim()
        .toLowerCase()
        .replaceAll(/[\s_]+/g, "-");
      if (!keys.has(key.toLowerCase())) continue;
      if (humanOnly.has(word))
        return { class: "human-only", why: `an alert is labelled ${key.toLowerCase()}: ${word}` };
      if (word === "semi-safe")
        return { class: "semi-safe", why: `an alert is labelled ${key.toLowerCase()}: ${word}` };
    }
  }
  return { class: "safe", why: "no label keeps it to people" };
}
