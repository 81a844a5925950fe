import { describe, expect, test } from "vitest";
import { builtInRunbook } from "../../../src/authority/runbooks/built-in-runbook.ts";
import { matchingRunbook } from "../../../src/authority/runbooks/matching-runbook.ts";
import type { Runbook } from "../../../src/authority/runbooks/runbook.ts";
import { type RunbookInput, runbookOperands } from "../../../src/authority/runbooks/runbook-operands.ts";
import { candidate, incident, target } from "../decision.ts";

/** What the operand of the name says where exactly this runbook holds. */
function says(name: "runbook" | "class", runbook: Partial<Runbook>, change: Partial<RunbookInput> = {}) {
  const runbooks = [{ ...builtInRunbook, name: "bad-deploy", ...runbook }];
  const operands = runbookOperands({
    runbooks: { kind: "present", runbooks },
    runbook: matchingRunbook(runbooks, incident()),
    change: candidate(),
    incident: incident(),
    kind: "fix",
    holds: () => true,
    ...change,
  });
  expect(operands.map((operand) => operand.name)).toEqual(["runbook", "class"]);
  const { tier, reason } = operands.find((operand) => operand.name === name) ?? {};
  return [tier, reason?.code, reason?.message];
}

const covered = ["merge", "within-limits", "runbook bad-deploy covers it"];

test("a runbook that can't be read leaves people to act, whatever kind of change it is", () => {
  const mistake = { file: "a.yaml", line: 7, column: 1, message: "x", expected: undefined, nearest: undefined };
  for (const kind of ["fix", "undo"] as const)
    expect(says("runbook", {}, { kind, runbooks: { kind: "invalid", mistakes: [mistake] } })).toEqual([
      ...["suggest", "runbook-invalid"],
      "the runbooks have a mistake, first at line 7: until it is mended people act",
    ]);
});

describe("an action", () => {
  const others = { steps: [{ action: "flag" as const }] };

  test("that is one of the runbook's steps is covered by it", () => {
    expect(says("runbook", { steps: [{ action: "flag" }, { action: "rollback" }] })).toEqual(covered);
  });

  test("that is none of them is for people", () => {
    expect(says("runbook", others)).toEqual(["suggest", "runbook", "runbook bad-deploy has no step rollback"]);
    expect(says("runbook", { steps: [] })[0]).toBe("suggest");
  });

  test("needs no step to take back what Remit did, nor where a person asks without an incident", () => {
    expect(says("runbook", others, { kind: "undo" })).toEqual(covered);
    expect(says("runbook", others, { incident: undefined })).toEqual(covered);
  });
});

describe("a runbook's conditions", () => {
  const when = [
    { expression: "a", message: "two sources" },
    { expression: "b", message: "a fresh incident" },
  ];
  const asked = ["suggest", "condition-false", "runbook bad-deploy asks for: a fresh incident"];

  test("must all hold", () => {
    expect(says("runbook", { when })).toEqual(covered);
    expect(says("runbook", { when }, { holds: ({ expression }) => expression !== "b" })).toEqual(asked);
  });

  test("must hold for each target", () => {
    const change = { ...candidate(), targets: [target, { ...target, service: "cart" }] };
    const holds: RunbookInput["holds"] = ({ expression }, { service }) => expression !== "b" || service !== "cart";
    expect(says("runbook", { when }, { holds })).toEqual(covered);
    expect(says("runbook", { when }, { holds, change })).toEqual(asked);
  });

  test("aren't asked of what takes a change back", () => {
    expect(says("runbook", { when }, { kind: "undo", holds: () => false })).toEqual(covered);
  });
});

describe("the class", () => {
  const labelled = (word: string) => {
    const trouble = incident();
    return { incident: { ...trouble, alerts: trouble.alerts.map((alert) => ({ ...alert, labels: { class: word } })) } };
  };

  test.each([
    ["safe", "safe", "merge", "within-limits", "no label keeps it to people"],
    ["semi-safe", "safe", "propose", "class-semi-safe", "runbook bad-deploy says semi-safe: a person approves"],
    ["human-only", "safe", "suggest", "class-human-only", "runbook bad-deploy says human-only: a person acts"],
    ["human-only", "semi-safe", "suggest", "class-human-only", "runbook bad-deploy says human-only: a person acts"],
    ["safe", "semi-safe", "propose", "class-semi-safe", "an alert is labelled class: semi-safe: a person approves"],
    ["safe", "security", "suggest", "class-human-only", "an alert is labelled class: security: a person acts"],
    ["semi-safe", "security", "suggest", "class-human-only", "an alert is labelled class: security: a person acts"],
  ] as const)("of a runbook that says %s, with an alert that says %s: %s", (own, word, ...expected) => {
    expect(says("class", { class: own }, labelled(word))).toEqual(expected);
  });

  test("holds for what takes a change back, too", () => {
    expect(says("class", { class: "human-only" }, { kind: "undo" })[0]).toBe("suggest");
  });
});
