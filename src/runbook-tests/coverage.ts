/** Which rules of a policy its tests have seen both ways. A rule that was never true or never false isn't tested. */
import type { Authority, Grant } from "../authority/authority.ts";
import type { Condition } from "../authority/conditions/condition.ts";
import { holdsFor } from "../authority/conditions/holds-for.ts";
import type { DecideInput } from "../authority/decide.ts";
import type { FreezeWindow } from "../authority/freeze/freeze-window.ts";
import { windowState } from "../authority/freeze/window-state.ts";
import { grantForAll } from "../authority/grant-for-all.ts";
import { targetsOf } from "../authority/limit-operands.ts";
import { matches } from "../authority/matches.ts";
import { matchingRunbook } from "../authority/runbooks/matching-runbook.ts";
import type { Runbook } from "../authority/runbooks/runbook.ts";
import { firingAlerts } from "../incidents/alert-state.ts";
import { type DeploymentState, deploymentState } from "../incidents/deployment-alert.ts";
import type { Seen } from "./run-case.ts";

export interface CoveredRule {
  readonly kind: "grant" | "condition" | "step" | "window" | "trigger";
  /** For people: `grant checkout-rollback`, `runbook bad-deploy: incident.alerts > 1`, `deny window "0 16 * * 5"`. */
  readonly name: string;
  /** Cases in which it was true, and in which it was false; of a window, in which it was open, and in which it was closed. */
  readonly held: number;
  readonly failed: number;
  /** A grant for everything is never passed over, and what isn't triggered isn't seen, so nothing asks for that. */
  readonly needs: "both" | "held";
}

export interface RulesToCover {
  readonly authority: Authority | undefined;
  readonly runbooks: readonly Runbook[];
}

export function coverage({ authority, runbooks }: RulesToCover, seen: readonly Seen[]): readonly CoveredRule[] {
  const decisions = seen.flatMap(({ decision }) => decision ?? []);
  const grants = authority?.grants ?? [];
  return [
    ...grants.flatMap((grant) => [
      ...(authority === undefined ? [] : [coveredGrant(authority, grant, decisions)]),
      ...conditionsOf(
        `grant ${grant.name}`,
        grant.when,
        decisions.filter((each) => covers(grant, each)),
      ),
    ]),
    ...(authority?.freeze ?? []).map((window) => coveredWindow(window, decisions)),
    ...runbooks.flatMap((runbook) => {
      const followed = seen.filter(({ incident }) => follows(runbook, runbooks, incident));
      const decided = followed.flatMap(({ decision }) => decision ?? []);
      const steps = runbook.steps.map(({ action }) =>
        coveredStep(`runbook ${runbook.name}: ${action}`, action, followed),
      );
      const triggers = runbook.on.deploymentStatus.map((state) => coveredTrigger(runbook, state, followed));
      return [...conditionsOf(`runbook ${runbook.name}`, runbook.when, decided), ...triggers, ...steps];
    }),
  ];
}

export function isCovered({ held, failed, needs }: CoveredRule): boolean {
  return held > 0 && (failed > 0 || needs === "held");
}

function coveredGrant(authority: Authority, grant: Grant, decisions: readonly DecideInput[]): CoveredRule {
  const held = decisions.filter((decision) => {
    const { candidate } = decision;
    const { granted } = grantForAll(authority, candidate.action, targetsOf(candidate), holdsFor(decision));
    return granted?.names.includes(grant.name) === true;
  }).length;
  const forAll = Object.values(grant.match).every((names) => names.includes("*"));
  const needs = forAll ? "held" : "both";
  return { kind: "grant", name: `grant ${grant.name}`, held, failed: decisions.length - held, needs };
}

/** Asked wherever it selects what would change. */
function coveredWindow(window: FreezeWindow, decisions: readonly DecideInput[]): CoveredRule {
  const asked = decisions.filter((decision) => covers(window, decision));
  const held = asked.filter(({ now }) => windowState(window, now).open).length;
  const { kind, schedule, reason } = window;
  const name = `${kind} window ${JSON.stringify(schedule)}${reason === undefined ? "" : ` (${reason})`}`;
  return { kind: "window", name, held, failed: asked.length - held, needs: "both" };
}

function covers({ match }: Pick<Grant, "match">, { candidate }: DecideInput): boolean {
  return targetsOf(candidate).some((target) => matches(match, candidate.action, target));
}

function conditionsOf(owner: string, conditions: readonly Condition[], decisions: readonly DecideInput[]) {
  return conditions.map((condition): CoveredRule => {
    const held = decisions.filter((decision) => holdsThroughout(condition, decision)).length;
    const name = `${owner}: ${condition.expression}`;
    return { kind: "condition", name, held, failed: decisions.length - held, needs: "both" };
  });
}

function holdsThroughout(condition: Condition, decision: DecideInput): boolean {
  const holds = holdsFor(decision);
  return targetsOf(decision.candidate).every((target) => holds(condition, target));
}

function follows(runbook: Runbook, all: readonly Runbook[], incident: Seen["incident"]): boolean {
  return incident !== undefined && matchingRunbook(all, incident).names.includes(runbook.name);
}

/** A runbook that an alert starts says nothing of whether a deployment would. */
function coveredTrigger({ name }: Runbook, state: DeploymentState, followed: readonly Seen[]): CoveredRule {
  const held = followed.filter(
    ({ incident }) => incident && firingAlerts(incident).map(deploymentState).includes(state),
  );
  const counts = { held: held.length, failed: followed.length - held.length, needs: "held" } as const;
  return { kind: "trigger", name: `runbook ${name}: on deployment ${state}`, ...counts };
}

/** A step is true where its action was what Remit would do, and false where its runbook held and something else, or nothing, came of it. */
function coveredStep(name: string, action: string, followed: readonly Seen[]): CoveredRule {
  const held = followed.filter(({ decision }) => decision?.candidate.action === action).length;
  return { kind: "step", name, held, failed: followed.length - held, needs: "both" };
}
