import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isCovered } from "../../src/runbook-tests/coverage.ts";
import { authority, caseFile, release, run, suiteDirectory } from "./suite-world.ts";

const runbook = `apiVersion: remit.dev/v1alpha1
kind: Runbook
metadata: {name: bad-deploy}
spec:
  on: {alerts: [HighErrorRate]}
  when: [{expression: incident.firingFor >= 180, message: three minutes}]
  steps: [{action: rollback}]
`;

const [head = "", ...body] = caseFile().split("    - name");
const one = `    - name${body.join("    - name")}`;
const early = one.replace("17:00:00Z", "16:57:00Z");
const unchanged = one
  .replace("        history: fixtures/history.yaml\n", "")
  .replace("outcome: change", "outcome: abstain");

async function uncovered(cases: readonly string[]): Promise<readonly string[]> {
  const files = { "runbooks/bad-deploy.yaml": runbook, "tests/case.yaml": head + cases.join("") };
  const suite = await run(suiteDirectory(files));
  expect(suite.mistakes).toEqual([]);
  return suite.coverage.filter((rule) => !isCovered(rule)).map(({ name }) => name);
}

test("a rule that was true or false only isn't covered, and the case that is missing covers it", async () => {
  const condition = "runbook bad-deploy: incident.firingFor >= 180";
  const step = "runbook bad-deploy: rollback";
  const grants = ["grant everything", "grant checkout"];
  expect(await uncovered([one])).toEqual([...grants, condition, step]);
  expect(await uncovered([one, early])).toEqual([...grants, step]);
  expect(await uncovered([one, early, unchanged])).toEqual(grants);
});

test("a condition is asked with everything that the verdict knows, how many services are sick included", async () => {
  const suite = await run(
    suiteDirectory({
      "runbooks/bad-deploy.yaml": runbook.replace("incident.firingFor >= 180", "incident.correlatedServices < 3"),
      "tests/case.yaml": head + one,
    }),
  );
  const condition = suite.coverage.find(({ kind }) => kind === "condition");
  expect(condition).toMatchObject({ held: 1, failed: 0 });
});

test("a grant for everything needs to have decided once, others to have been passed over, too", async () => {
  const staging = one.replace("alert.json", "staging.json");
  const alert = (environment: string) =>
    JSON.stringify({
      version: "4",
      status: "firing",
      alerts: [
        {
          status: "firing",
          labels: { alertname: "Other", service: "checkout", environment },
          annotations: {},
          startsAt: "2026-11-20T16:56:00Z",
          endsAt: "0001-01-01T00:00:00Z",
          fingerprint: "1a30ba71cca2921f",
        },
      ],
    });
  const history = `- at: "2026-11-20T16:45:00Z"
  message: Release
  replace:
    - {file: apps/checkout/overlays/production/kustomization.yaml, from: "newTag: v1.4.2", to: "newTag: v1.5.0"}
    - {file: apps/checkout/overlays/staging/kustomization.yaml, from: "newTag: v1.4.2", to: "newTag: v1.5.0"}
`;
  const suite = await run(
    suiteDirectory({
      "authority.yaml": authority,
      "tests/fixtures/history.yaml": history,
      "tests/staging.json": alert("staging"),
      "tests/case.yaml": head + one + staging,
    }),
  );
  expect(suite.coverage.map(({ name, held, failed }) => [name, held, failed])).toEqual([
    ["grant everything", 1, 1],
    ["grant checkout", 1, 1],
  ]);
});

test("a freeze window is covered by a case that saw it open and one that saw it closed, of those that it selects", async () => {
  const freeze = `  freeze:
    - {kind: deny, schedule: "0 16 * * 5", duration: 64h, environments: [production], reason: weekend}
    - {kind: deny, schedule: "0 16 * * 5", duration: 64h, environments: [staging]}
`;
  const windows = async (...cases: readonly string[]) => {
    const directory = suiteDirectory({
      "authority.yaml": authority + freeze,
      "tests/case.yaml": head + cases.join(""),
    });
    const { coverage, mistakes } = await run(directory);
    expect(mistakes).toEqual([]);
    const rules = coverage.filter(({ kind }) => kind === "window");
    return rules.map((rule) => [rule.name, rule.held, rule.failed, isCovered(rule)]);
  };
  // A Friday at five, and the hour before.
  const before = one
    .replace('at: "2026-11-20T17:00:00Z"', 'at: "2026-11-20T15:59:00Z"')
    .replace("history.yaml", "earlier.yaml")
    .replace("alert.json", "earlier.json");
  const weekend = 'deny window "0 16 * * 5" (weekend)';
  const staging = 'deny window "0 16 * * 5"';
  expect(await windows(one)).toEqual([
    [weekend, 1, 0, false],
    [staging, 0, 0, false],
  ]);
  const directory = suiteDirectory({
    "authority.yaml": authority + freeze,
    "tests/case.yaml": head + one + before,
    "tests/fixtures/earlier.yaml": release.replace("16:45", "15:45"),
    "tests/earlier.json": earlierAlert(),
  });
  const { coverage } = await run(directory);
  expect(coverage.filter(({ kind }) => kind === "window").map(({ held, failed }) => [held, failed])).toEqual([
    [1, 1],
    [0, 0],
  ]);
});

/** An alert that has fired since before the freeze. */
function earlierAlert(): string {
  return readFileSync("policies/tests/fixtures/alerts/bad-deploy.json", "utf8").replace("16:56:00Z", "15:56:00Z");
}
