import { describe, expect, test } from "vitest";
import { type DecideInput, decide } from "../../src/authority/decide.ts";
import { candidate, decideInput, grant, hour, incident, minute, now, path, policy, record } from "./decision.ts";

describe("limits", () => {
  const tierOf = (change: Partial<DecideInput>) => decide(decideInput(change)).tier;

  test.each([
    [30 * minute, "merge"],
    [30 * minute - 1, "propose"],
    [0, "propose"],
    [-minute, "propose"],
  ])("a change of the target %i ms ago: %s", (ago, tier) => {
    expect(tierOf({ records: [record(ago)] })).toBe(tier);
  });

  test("changes of other targets don't count", () => {
    expect(
      tierOf({ records: [record(0, { target: "cart/production" }), record(0, { target: "checkout/staging" })] }),
    ).toBe("merge");
  });

  test.each([
    [[2 * hour], "merge"],
    [[2 * hour, 23 * hour], "propose"],
    [[2 * hour, 24 * hour], "merge"],
  ])("changes %j ms ago, where two in a day are allowed: %s", (agos, tier) => {
    expect(tierOf({ records: agos.map((ago) => record(ago)) })).toBe(tier);
  });

  test("an undo doesn't wait for the cooldown of the fix that it takes back", () => {
    const fix = record(10 * minute, { incident: incident().id });
    expect(tierOf({ kind: "undo", records: [fix], attempts: 1 })).toBe("merge");
    expect(tierOf({ kind: "fix", records: [fix], attempts: 1 })).toBe("propose");
    expect(tierOf({ kind: "undo", records: [fix, record(10 * minute)], attempts: 1 })).toBe("propose");
  });

  test("after a fix and its undo, a person is left to act", () => {
    expect(tierOf({ attempts: 1 })).toBe("merge");
    expect(tierOf({ attempts: 2 })).toBe("suggest");
  });

  test("when the past can't be counted, every limit asks for a person", () => {
    const { operands } = decide(decideInput({ records: "unreadable" }));
    const asked = operands.filter(({ tier }) => tier === "propose").map(({ name, reason }) => [name, reason.code]);
    expect(asked).toEqual([
      ["cooldown", "limits-unreadable"],
      ["attempts", "limits-unreadable"],
      ["rate", "limits-unreadable"],
      ["rate", "limits-unreadable"],
      ["rate", "limits-unreadable"],
      ["flip-flop", "limits-unreadable"],
      ["breaker", "limits-unreadable"],
    ]);
  });

  test("the grant's own limits count", () => {
    const limits = {
      ...grant().limits,
      cooldownMs: 0,
      perTarget: [{ count: 9, windowMs: hour }],
      perService: [{ count: 9, windowMs: hour }],
    };
    expect(tierOf({ authority: policy([grant({ limits })]), records: [record(0), record(1), record(2)] })).toBe(
      "merge",
    );
  });
});

describe("evidence", () => {
  const told = (ago: number, change: Partial<DecideInput> = {}) =>
    decide(decideInput({ incident: incident(now - ago), ...change })).tier;

  test.each([
    [10 * minute, "merge"],
    [10 * minute + 1, "propose"],
    // Clocks differ a little; what was heard in the future was noted by one that was wrong.
    [-minute, "merge"],
    [-minute - 1, "propose"],
  ])("an alert that was last heard of %i ms ago: %s", (ago, tier) => {
    expect(told(ago)).toBe(tier);
  });

  test("the caller may ask for fresher evidence", () => {
    expect(told(2 * minute, { evidenceMaxAgeMs: minute })).toBe("propose");
  });

  test("an undo rests on the verification that failed, not on the alert's age", () => {
    expect(told(20 * minute, { kind: "undo" })).toBe("merge");
  });
});

test.each([
  ".github/remit/authority.yaml",
  ".github/remit/STOP",
  ".github/workflows/ci.yaml",
  "docs/CODEOWNERS",
  ".policy.yml",
])("field note S13: a change of %s is denied, whatever is granted", (denied) => {
  const files = [{ path: denied, before: "a: 1\n", after: "a: 2\n" }];
  const everything = policy([
    grant({ match: { environments: ["*"], services: ["*"], namespaces: ["*"], actions: ["*"] } }),
  ]);
  const verdict = decide(decideInput({ candidate: candidate({ files }), authority: everything }));
  expect(verdict.tier).toBe("observe");
  expect(verdict.operands.find(({ name }) => name === "path")?.reason.code).toBe("path-denied");
});

test("a change that would make a file secret-bearing is denied", () => {
  const files = [{ path, before: "kind: ConfigMap\n", after: "kind: Secret\n" }];
  expect(decide(decideInput({ candidate: candidate({ files }) })).tier).toBe("observe");
});

describe("size", () => {
  const text = (lines: number, word: string) =>
    Array.from({ length: lines }, (_, line) => `k${line}: ${word}\n`).join("");
  const sized = (files: number, lines: number) =>
    decide(
      decideInput({
        candidate: candidate({
          files: Array.from({ length: files }, (_, index) => ({
            path: `${index}/${path}`,
            before: text(lines, "a"),
            after: text(lines, "b"),
          })),
        }),
      }),
    ).tier;

  test.each([
    [3, 6, "merge"],
    [4, 1, "propose"],
    [1, 20, "merge"],
    [1, 21, "propose"],
    [2, 11, "propose"],
    [0, 0, "observe"],
    [1, 0, "observe"],
  ])("%i files with %i changed lines each: %s", (files, lines, tier) => {
    expect(sized(files, lines)).toBe(tier);
  });
});
