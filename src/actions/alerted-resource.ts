/** What an incident's alerts say that something lacks. Labels are only ever looked at: nothing of them is written or shown. Pure. */
import type { Incident } from "../incidents/incident.ts";

export interface AlertedResource {
  readonly resource: "cpu" | "memory";
  /** The container, as the alert calls it. */
  readonly component: string | undefined;
}

const memory = /oom(?![a-z])|oom-?kill|out-?_?\s?of-?_?\s?memory/i;
const cpu = /throttl/i;

/** undefined where no firing alert tells it, or where they tell both. */
export function alertedResource(incident: Incident | undefined): AlertedResource | undefined {
  const firing = (incident?.alerts ?? []).filter(({ status }) => status === "firing");
  const lacks = (pattern: RegExp) =>
    firing.filter(({ labels }) => said.some((label) => pattern.test(labels[label] ?? "")));
  const [killed, throttled] = [lacks(memory), lacks(cpu)];
  if (killed.length > 0 === throttled.length > 0) return undefined;
  const telling = killed.length > 0 ? killed : throttled;
  const containers = new Set(telling.map(({ labels }) => labels.container));
  const [component] = containers;
  return {
    resource: killed.length > 0 ? "memory" : "cpu",
    component: containers.size === 1 ? component : undefined,
  };
}

const said = ["alertname", "reason", "cause", "type"] as const;
