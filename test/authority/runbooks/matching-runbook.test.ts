import { describe, expect, test } from "vitest";
import { builtInRunbook } from "../../../src/authority/runbooks/built-in-runbook.ts";
import { matchingRunbook } from "../../../src/authority/runbooks/matching-runbook.ts";
import type { Runbook } from "../../../src/authority/runbooks/runbook.ts";
import { deploymentAlert } from "../../../src/incidents/deployment-alert.ts";
import { toIncidentAlert } from "../../../src/incidents/merge-alert.ts";
import { incident, now, target } from "../decision.ts";

const named = (name: string, on: Partial<Runbook["on"]>): Runbook => ({
  ...builtInRunbook,
  name,
  on: { alerts: [], deploymentStatus: [], ...on },
});
const runbooks = [
  named("failed", { deploymentStatus: ["failure"] }),
  named("broken", { deploymentStatus: ["error"] }),
  named("any", { alerts: ["*"] }),
];
const failed = (state: "failure" | "error") => {
  const told = { repository: "acme/shop", target, state, createdAt: now, observedAt: now };
  return { ...incident(), alerts: [toIncidentAlert(deploymentAlert(told))] };
};

test("a runbook that names how a deployment failed takes the place of those for any alert", () => {
  expect(matchingRunbook(runbooks, failed("failure")).names).toEqual(["failed"]);
  expect(matchingRunbook(runbooks, failed("error")).names).toEqual(["broken"]);
  expect(matchingRunbook([named("any", { alerts: ["*"] })], failed("error")).names).toEqual(["any"]);
});

test("an alert of another source is no deployment, whatever its labels say", () => {
  const trouble = failed("failure");
  const forged = { ...trouble, alerts: trouble.alerts.map((alert) => ({ ...alert, source: "prometheus" })) };
  expect(matchingRunbook(runbooks, forged).names).toEqual(["any"]);
});

test("one that succeeded since starts nothing", () => {
  const trouble = failed("failure");
  const over = { ...trouble, alerts: trouble.alerts.map((alert) => ({ ...alert, status: "resolved" as const })) };
  expect(matchingRunbook(runbooks, over).names).toEqual(["any"]);
});

describe("runbooks that hold together pin", () => {
  const day = 24 * 60 * 60_000;
  const trouble = failed("failure");
  const pinning = (name: string, pinMs?: number) => ({
    ...named(name, { deploymentStatus: ["failure"] }),
    steps: [{ action: "flag" as const }, { action: "rollback" as const, pinMs }],
  });

  test("for the shortest time that one of them asks for", () => {
    const steps = [{ action: "flag" }, { action: "rollback", pinMs: day }];
    expect(matchingRunbook([pinning("a", 2 * day), pinning("b", day)], trouble).steps).toEqual(steps);
  });

  test("only where all of them ask for it", () => {
    const steps = [{ action: "flag" }, { action: "rollback" }];
    expect(matchingRunbook([pinning("a", day), pinning("b")], trouble).steps).toEqual(steps);
  });
});
