/** An incident in a few words, for lists. Holds only names from the repository, never text from a payload. */
import type { Instant } from "../clock.ts";
import type { IncidentRecord } from "../store/store.ts";
import { targetName } from "../target.ts";

export interface IncidentSummary {
  readonly id: string;
  readonly repository: string;
  /** `checkout/production` */
  readonly target: string;
  readonly openedAt: Instant;
  /** `open`, `escalated`, or the outcome that closed it. */
  readonly state: string;
  readonly alerts: { readonly firing: number; readonly resolved: number };
  /** Numbers of the pull requests, the fix first. */
  readonly pulls: readonly number[];
  readonly issue: number | undefined;
  /** Since when a person is called who hasn't reacted on GitHub; undefined: nobody is waited for. */
  readonly unansweredSince: Instant | undefined;
  readonly requests: number;
}

/** An incident that is over needs nobody any more. */
export function unansweredSince({ closed, escalated }: IncidentRecord["response"]): Instant | undefined {
  return closed === undefined && escalated?.answered === undefined ? escalated?.at : undefined;
}

export function incidentSummary({ incident, response }: IncidentRecord): IncidentSummary {
  const beyond = Object.keys(incident.unlisted?.firing ?? {}).length;
  const firing = incident.alerts.filter(({ status }) => status === "firing").length;
  return {
    id: incident.id,
    repository: incident.repository,
    target: targetName(incident.target),
    openedAt: incident.openedAt,
    state: response.closed?.outcome ?? (response.escalated === undefined ? "open" : "escalated"),
    alerts: { firing: firing + beyond, resolved: incident.alerts.length - firing },
    pulls: response.remediations.map(({ pullNumber }) => pullNumber).filter((number) => number !== undefined),
    issue: response.issueNumber,
    unansweredSince: unansweredSince(response),
    requests: response.requests,
  };
}
