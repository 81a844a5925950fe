/** How far an incident may go without a person, by code and not by policy. */
import { firingAlerts } from "../incidents/alert-state.ts";
import { classLabel, lowerClass } from "../incidents/class-label.ts";
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

/** The lowest that the labels of its firing alerts say, those that aren't listed included. */
export function classByLabels(incident: Incident | undefined): { readonly class: IncidentClass; readonly why: string } {
  const listed = incident === undefined ? [] : firingAlerts(incident).map(({ labels }) => classLabel(labels));
  const lowest = listed.reduce(lowerClass, incident?.unlisted?.lowest);
  if (lowest === undefined) return { class: "safe", why: "no label keeps it to people" };
  return { class: lowest.class, why: `an alert is labelled ${lowest.label}` };
}
