/** One issue that tells how a repository stands with Remit, and lets people hold and stop it. Changes only when something did. */
import { type Grant, modes } from "../../authority/authority.ts";
import { formatPolicyMistake } from "../../authority/format-policy-mistake.ts";
import { policyOperand } from "../../authority/policy-operands.ts";
import type { IncidentRecord } from "../../store/store.ts";
import { targetName } from "../../target.ts";
import type { Dashboard, OpenWindow } from "../dashboard/dashboard.ts";
import { renderTick, renderTicked, stopTick } from "../dashboard/ticks.ts";
import type { StandingLease } from "../standing-leases.ts";
import { agreementTable } from "./agreement-table.ts";
import { alertLine } from "./alert-list.ts";
import { cellNames } from "./cell-names.ts";
import { formatTime } from "./format-time.ts";
import { issueState } from "./issue-body.ts";
import { inlineCode } from "./untrusted.ts";

/** More of anything is counted, not listed. */
const listed = 50;

export const dashboardTitle = "Remit: how this repository stands";

export function dashboardBody(dashboard: Dashboard): string {
  const { repository, incidents, held, leases, agreement, said } = dashboard;
  return [
    renderTicked(repository, ticked(dashboard)),
    "Remit keeps this issue up to date. Tick a box to hold or stop it: that takes triage permission, and starting it again maintain. Close the issue, and Remit leaves it closed.",
    ...(said === undefined ? [] : [`**${said}**`]),
    `### Stop\n\n${stops(dashboard)}`,
    `### Open incidents\n\n${list(incidents, (record) => incidentLine(record, held), "None.")}`,
    `### Mistakes in the policy\n\n${mistakes(dashboard)}`,
    `### What Remit may do\n\n${authority(dashboard)}`,
    `### Frozen now\n\n${list(dashboard.windows, windowLine, "Nothing.")}`,
    `### For a time only\n\n${leases === "unreadable" ? "What Remit did before can't be read." : list(leases, leaseLine, "Nothing.")}`,
    ...(agreement.length === 0
      ? []
      : [`### What people merged where Remit might not act\n\n${agreementTable(agreement)}`]),
  ]
    .join("\n\n")
    .concat("\n");
}

/** Ids of what is ticked. */
export function ticked({ held, stop }: Dashboard): readonly string[] {
  return stop.issue === undefined ? [...held] : [...held, stopTick];
}

function stops({ stop }: Dashboard): string {
  const why = [
    ...(stop.issue === undefined ? [] : [`#${stop.issue} stands`]),
    ...(stop.file ? ["`.github/remit/STOP` stands on the default branch"] : []),
    ...(stop.environment ? ["`REMIT_STOP` is set where Remit runs"] : []),
  ];
  const state = why.length === 0 ? "Remit is at work." : `Remit only watches: ${why.join(", ")}.`;
  return `${state}\n\n${renderTick(stopTick, stop.issue !== undefined, "stop everything that Remit does in this repository")}`;
}

function incidentLine({ incident, response }: IncidentRecord, held: ReadonlySet<string>): string {
  const current = response.remediations.at(-1);
  const by = response.asked?.held?.by;
  const where = response.issueNumber === undefined ? "" : ` (#${response.issueNumber})`;
  const isHeld = held.has(incident.id);
  const holder = isHeld && by !== undefined ? ` Held by ${inlineCode(by)}.` : "";
  const state = issueState({ response, remediation: current });
  const name = inlineCode(targetName(incident.target));
  const text = `hold ${name}${where}, since ${formatTime(incident.openedAt)}: ${alertLine(incident)}. ${state}${holder}`;
  return renderTick(incident.id, isHeld, text);
}

function mistakes({ authority, runbooks }: Dashboard): string {
  const found = [
    ...(authority.kind === "invalid" ? authority.mistakes : []),
    ...(runbooks.kind === "invalid" ? runbooks.mistakes : []),
  ];
  if (found.length === 0) return "None.";
  const lines = list(found, (mistake) => `- ${inlineCode(formatPolicyMistake(mistake), 500)}`, "");
  return `Remit suggests at most until these are mended. \`remit lint\` shows them, too.\n\n${lines}`;
}

function authority({ authority: state }: Dashboard): string {
  if (state.kind !== "present")
    return `Nothing beyond suggestions: ${inlineCode(policyOperand(state).reason.message, 500)}.`;
  const { grants, version } = state.authority;
  const rows = grants.slice(0, listed).map(grantRow);
  const more = grants.length > listed ? [`\n${grants.length - listed} more grants aren't shown.`] : [];
  return [
    `By policy version ${version}. Limits, freezes, breakers, evidence and risk only lower it; the lowest of all grants that match counts.`,
    "",
    "| grant | environments | services | actions | tier | mode |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
    ...more,
  ].join("\n");
}

function grantRow({ name, match, tier, mode }: Grant): string {
  const cells = [[name], match.environments, match.services, match.actions].map(cellNames);
  return `| ${cells.join(" | ")} | ${tier} | ${mode}${mode === modes[0] ? " (only records)" : ""} |`;
}

function windowLine({ until, reason, environments, services }: OpenWindow): string {
  const end = until === undefined ? "" : ` until ${formatTime(until)}`;
  const why = reason === undefined ? "" : `: ${inlineCode(reason)}`;
  return `- environments ${cellNames(environments)}, services ${cellNames(services)}${end}${why}`;
}

function leaseLine({ record, end, expired }: StandingLease): string {
  const { action, target, commit, lease } = record;
  const when = `${expired ? "was to hold" : "holds"} until ${formatTime(lease.expiresAt)}`;
  const left =
    end?.outcome === "refused" && end.reasons[0] !== undefined ? `, left to people (${end.reasons[0].code})` : "";
  return `- ${inlineCode(action)} of ${inlineCode(target)}, ${commit.slice(0, 12)}: ${when}${left}`;
}

function list<T>(items: readonly T[], line: (item: T) => string, none: string): string {
  if (items.length === 0) return none;
  const more = items.length > listed ? [`- ${items.length - listed} more aren't shown`] : [];
  return [...items.slice(0, listed).map(line), ...more].join("\n");
}
