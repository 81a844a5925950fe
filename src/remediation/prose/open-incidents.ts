import type { IncidentRecord } from "../../store/store.ts";
import { targetName } from "../../target.ts";
import { issueState } from "./issue-body.ts";
import { inlineCode } from "./untrusted.ts";

const shown = 20;

/** The repository's open incidents, each with how it stands. */
export function openIncidents(records: readonly IncidentRecord[]): string {
  if (records.length === 0) return "There is no open incident.";
  const lines = records.slice(0, shown).map(({ incident, response }) => {
    const issue = response.issueNumber === undefined ? "" : `, #${response.issueNumber}`;
    const state = issueState({ response, remediation: response.remediations.at(-1) });
    return `- ${inlineCode(targetName(incident.target))}${issue}: ${state}`;
  });
  const more = records.length > shown ? [`- ${records.length - shown} more aren't shown`] : [];
  return [...lines, ...more].join("\n");
}
