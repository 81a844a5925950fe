import { describe, expect, test } from "vitest";
import { alertRules } from "../../../src/authority/lint/alert-rules.ts";
import { lint } from "./lint.ts";

const runbook = (on: string) => ({
  runbooks: {
    "runbooks/bad-deploy.yaml": `apiVersion: remit.dev/v1alpha1
kind: Runbook
metadata: {name: bad-deploy}
spec:
  on: ${on}
  steps: [{action: rollback}]
`,
  },
});
const none = { admitted: undefined, defined: [] };

describe("nothing starts a runbook", () => {
  test("whose alerts no source may raise", () => {
    expect(
      lint(runbook("{alerts: [HighErrorRate, Other]}"), undefined, { ...none, admitted: ["HighErorRate"] }),
    ).toEqual([
      {
        code: "runbook-never-triggers",
        severity: "error",
        file: "runbooks/bad-deploy.yaml",
        line: 5,
        column: 16,
        what: "nothing starts runbook bad-deploy: it waits for one of HighErrorRate, Other",
        why: "remit.yaml lets no source raise such an alert",
        mend: "did you mean HighErorRate?",
      },
    ]);
  });

  test("whose alerts no rule of the repository raises, which is a warning, since rules may be elsewhere", () => {
    expect(lint(runbook("{alerts: [HighErrorRate]}"), undefined, { ...none, defined: ["Other"] })).toMatchObject([
      { code: "runbook-never-triggers", severity: "warning" },
    ]);
  });

  test.each([
    ["{alerts: [HighErrorRate, Other]}", { admitted: ["Other"], defined: ["Other"] }],
    ['{alerts: ["*"]}', { admitted: [], defined: ["Other"] }],
    ["{alerts: [HighErrorRate], deploymentStatus: [failure]}", { admitted: [], defined: ["Other"] }],
    ["{alerts: [HighErrorRate]}", none],
  ])("but %s with %j does", (on, alerts) => {
    expect(lint(runbook(on), undefined, alerts)).toEqual([]);
  });
});

test("alerts are found in Prometheus's own files and in objects, and text that is none names nothing", () => {
  const rules =
    "groups:\n- name: shop\n  rules:\n  - alert: HighErrorRate\n    expr: up == 0\n  - record: a\n    expr: b\n";
  expect(alertRules(rules)).toEqual(["HighErrorRate"]);
  expect(alertRules(`---\nspec:\n  ${rules.replaceAll("\n", "\n  ")}`)).toEqual(["HighErrorRate"]);
  expect(alertRules("alert: {a: [}\nexpr: }")).toEqual([]);
  expect(alertRules("a: 'alert: x expr: y'")).toEqual([]);
  expect(alertRules("{{ if }}\nalert: A\nexpr: b\n")).toEqual([]);
});
