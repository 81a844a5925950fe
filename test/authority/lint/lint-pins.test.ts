import { describe, expect, test } from "vitest";
import { lint } from "./lint.ts";

const runbook = (name: string, on: string, step: string) =>
  `apiVersion: remit.dev/v1alpha1\nkind: Runbook\nmetadata: {name: ${name}}\nspec:\n  on: ${on}\n  steps:\n    - {action: flag}\n    - ${step}\n`;
const pinned = "{action: rollback, pin: 24h}";
const plain = "{action: rollback}";

const found = (...runbooks: readonly (readonly [on: string, step: string])[]) =>
  lint(
    {
      runbooks: Object.fromEntries(
        runbooks.map(([on, step], index) => [`runbooks/r${index}.yaml`, runbook(`r${index}`, on, step)]),
      ),
    },
    undefined,
  );

describe("a pin", () => {
  test("never holds where another runbook asks for none, whatever starts it", () => {
    expect(found(["{alerts: [A, B]}", pinned], ["{alerts: [A]}", plain], ["{alerts: [B, C]}", plain])).toEqual([
      {
        code: "pin-never-holds",
        severity: "error",
        file: "runbooks/r0.yaml",
        line: 8,
        column: 31,
        what: "runbook r0 asks for a pin that never comes",
        why: "whatever starts it starts r1 or r2, too, which asks for none",
        mend: "ask for a pin in both, or let one of them wait for other alerts",
      },
    ]);
  });

  type Described = readonly [on: string, step: string];
  const pin: Described = ["{alerts: [A, B]}", pinned];
  test.each<readonly [string, readonly Described[]]>([
    ["one of its alerts is its own", [pin, ["{alerts: [A]}", plain]]],
    ["both ask for it", [pin, ["{alerts: [A, B]}", pinned]]],
    ["the other one is for any alert, which it takes the place of", [pin, ['{alerts: ["*"]}', plain]]],
    [
      "a deployment starts it, too",
      [
        ["{alerts: [A], deploymentStatus: [failure]}", pinned],
        ["{alerts: [A]}", plain],
      ],
    ],
  ])("may hold where %s", (_, runbooks) => {
    expect(found(...runbooks)).toEqual([]);
  });
});
