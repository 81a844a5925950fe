/** Which runbooks hold for an incident: those that name one of its alerts or how its deployment failed, else those for any alert, else the built-in one. */
import { firingAlerts } from "../../incidents/alert-state.ts";
import { deploymentState } from "../../incidents/deployment-alert.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Condition } from "../conditions/condition.ts";
import { distinct } from "../distinct.ts";
import { type IncidentClass, incidentClasses } from "../incident-class.ts";
import { builtInRunbook } from "./built-in-runbook.ts";
import type { EscalateAgain, Runbook, RunbookStep } from "./runbook.ts";

export interface EffectiveRunbook {
  /** In alphabetical order; `built-in` alone where none of the repository's own holds. */
  readonly names: readonly string[];
  readonly class: IncidentClass;
  readonly when: readonly Condition[];
  readonly evidence: Runbook["evidence"];
  /** Actions that all of them allow, in the first one's order; pinned where all of them ask for it, for the shortest time. */
  readonly steps: readonly RunbookStep[];
  readonly verify: Runbook["verify"];
  readonly escalateTo: readonly string[];
  /** The earliest and the most often that one of them asks for, and everybody whom one of them names. */
  readonly escalateAgain?: EscalateAgain;
}

/** Runbooks that match together hold together: the strictest of everything. The order of the files means nothing. */
export function matchingRunbook(runbooks: readonly Runbook[], incident: Incident | undefined): EffectiveRunbook {
  const firing = incident === undefined ? [] : firingAlerts(incident);
  const beyond = incident?.unlisted?.kinds ?? [];
  const alerts = new Set([...firing.map(({ labels }) => labels), ...beyond].map(({ alertname }) => alertname));
  const states = new Set(firing.map(deploymentState));
  const named = runbooks.filter(
    ({ on }) =>
      on.alerts.some((name) => name !== "*" && alerts.has(name)) ||
      on.deploymentStatus.some((state) => states.has(state)),
  );
  const general = runbooks.filter(({ on }) => on.alerts.includes("*"));
  return together(named.length > 0 ? named : incident !== undefined && general.length > 0 ? general : [builtInRunbook]);
}

function together(runbooks: readonly Runbook[]): EffectiveRunbook {
  // Nothing forbids two of one name: what they say orders them then.
  const sorted = distinct(runbooks, (runbook) => JSON.stringify([runbook.name, runbook]));
  const actions = sorted.flatMap(({ steps }) => steps.map(({ action }) => action));
  const within = sorted.flatMap(({ verify }) => verify.withinMs ?? []);
  const streaks = sorted.flatMap(({ verify }) => verify.consecutive ?? []);
  return {
    names: [...new Set(sorted.map(({ name }) => name))],
    class: incidentClasses.find((each) => sorted.some((runbook) => runbook.class === each)) ?? "human-only",
    when: distinct(
      sorted.flatMap(({ when }) => when),
      ({ expression, message }) => `${message}\n${expression}`,
    ),
    evidence: {
      sources: Math.max(...sorted.map(({ evidence }) => evidence.sources)),
      confidence: Math.max(...sorted.map(({ evidence }) => evidence.confidence)),
      maxAgeMs: Math.min(...sorted.map(({ evidence }) => evidence.maxAgeMs)),
    },
    steps: [...new Set(actions)].flatMap((action) => stepTogether(action, sorted) ?? []),
    verify: {
      withinMs: within.length === 0 ? undefined : Math.min(...within),
      consecutive: streaks.length === 0 ? undefined : Math.max(...streaks),
    },
    escalateTo: [...new Set(sorted.flatMap(({ escalate }) => escalate.to))].toSorted(),
    ...againTogether(sorted.flatMap(({ escalate }) => escalate.again ?? [])),
  };
}

function againTogether(all: readonly EscalateAgain[]): Pick<EffectiveRunbook, "escalateAgain"> {
  if (all.length === 0) return {};
  const escalateAgain = {
    afterMs: Math.min(...all.map(({ afterMs }) => afterMs)),
    times: Math.max(...all.map(({ times }) => times)),
    to: [...new Set(all.flatMap(({ to }) => to))].toSorted(),
  };
  return { escalateAgain };
}

/** undefined where one of them doesn't allow it. */
function stepTogether(action: RunbookStep["action"], runbooks: readonly Runbook[]): RunbookStep | undefined {
  const same = runbooks.flatMap(({ steps }) => steps.find((step) => step.action === action) ?? []);
  if (same.length < runbooks.length) return undefined;
  const pins = same.flatMap(({ pinMs }) => pinMs ?? []);
  return pins.length < same.length ? { action } : { action, pinMs: Math.min(...pins) };
}
