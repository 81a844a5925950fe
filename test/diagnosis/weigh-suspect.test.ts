import { describe, expect, test } from "vitest";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import type { FieldChange } from "../../src/gitops/history/field-change.ts";
import { diagnoseInput, type History, history, id, report, type Step } from "./history.ts";

const older: Step = { at: -20, set: { tag: "v1.5.0" } };
const past = history([older, { at: -10, set: { replicas: "9" } }]);
const firstOf = (given: History) => diagnose(diagnoseInput(given)).suspects[0]?.commit;
const told = (given: History, step: number, text: NonNullable<FieldChange["text"]>) => ({
  ...given,
  changes: given.changes.map((change) => (change.commit.id === id(step) ? { ...change, text } : change)),
});

describe("a change is suspected", () => {
  test("less when nothing but comments changed", () => {
    expect(firstOf(past)).toBe(id(1));
    expect(firstOf(told(past, 1, "comments"))).toBe(id(0));
  });

  test("like any other when comments changed beside a value", () => {
    const wide = history([older, { at: -10, set: { replicas: "9", copy: "v1.5.0" } }]);
    const changes = wide.changes.map((change) =>
      change.field.path[0] === "replicas" ? { ...change, text: "comments" as const } : change,
    );
    expect(firstOf({ ...wide, changes })).toBe(id(1));
  });

  test("more when it left a file that can't be read", () => {
    expect(firstOf(told(past, 0, "unreadable"))).toBe(id(0));
  });

  test("by the worse of two reports of one moment", () => {
    const health = [report(0, "healthy", -15), report(0, "degraded", -15)];
    for (const order of [health, health.toReversed()])
      expect(diagnose(diagnoseInput(past, { health: order })).suspects[0]?.commit).toBe(id(0));
  });

  test("without regard to habits where only programs, or nearly nobody, wrote", () => {
    const made = history([older, { at: -10, set: { replicas: "9" }, by: "renovate[bot]" }]);
    const scoreOf = (program: number, person: number) => {
      const habits = {
        program: { commits: program, reverted: 0 },
        person: { commits: person, reverted: 0 },
        programs: new Map(),
      };
      const { suspects } = diagnose(diagnoseInput(made, { habits }));
      return suspects.find(({ commit }) => commit === id(1))?.score;
    };
    const plain = diagnose(diagnoseInput(past)).suspects[0]?.score ?? 0;
    expect(scoreOf(4_000, 0)).toBe(plain);
    expect(scoreOf(0, 4_000)).toBe(plain);
    expect(scoreOf(2, 3)).toBeCloseTo(plain, 1);
  });
});
