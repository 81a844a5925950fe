import { describe, expect, test } from "vitest";
import { fieldKey } from "../../src/actions/field-key.ts";
import { rollback } from "../../src/actions/rollback.ts";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import type { HealthRecord } from "../../src/diagnosis/diagnosis.ts";
import {
  day,
  diagnoseInput,
  fieldOf,
  first,
  history,
  minute,
  report,
  type Step,
  t0,
  texts,
} from "../diagnosis/history.ts";

import { bad, candidateOf, codes, input, newTexts } from "./rolled-back.ts";

describe("which value is healthy", () => {
  const twice: readonly Step[] = [{ at: -20, set: { tag: "v1.4.9" } }, bad];

  test("one that stood too briefly is passed over, and a person looks at it (two bad releases in a row, note 9)", () => {
    const candidate = candidateOf(rollback(input(history(twice))));
    expect(candidate.effects[0]).toMatchObject({ before: "v1.5.0", after: "v1.4.2" });
    expect(candidate.risks.map(({ code }) => code)).toEqual(["stood-too-briefly"]);
    expect(candidate.confidence).toBeLessThan(0.9);
  });

  test("one that stood briefly is taken when the controller called it healthy", () => {
    const candidate = candidateOf(rollback(input(history(twice), { health: [report(0, "healthy", -18)] })));
    expect(candidate.effects[0]?.after).toBe("v1.4.9");
    expect(candidate.risks).toEqual([]);
    expect(candidate.reasons.map(({ code }) => code)).toContain("healthy-recorded");
  });

  test("one that was reported degraded is passed over without a guess", () => {
    const past = history([{ at: -500, set: { tag: "v1.4.9" } }, bad]);
    const candidate = candidateOf(rollback(input(past, { health: [report(0, "degraded", -490)] })));
    expect(candidate.effects[0]?.after).toBe("v1.4.2");
    expect(candidate.risks).toEqual([]);
  });

  test("a report on a commit that changed nothing here counts when the caller says what the fields said there", () => {
    const revision = "f".repeat(40);
    const health: HealthRecord[] = [{ revision, at: t0 - 15 * minute, health: "healthy" }];
    const fields = new Map([[fieldKey(fieldOf("tag", first)), "v1.4.9"]]);
    const known = rollback(input(history(twice), { health, valuesAt: new Map([[revision, fields]]) }));
    expect(candidateOf(known).effects[0]?.after).toBe("v1.4.9");
    expect(candidateOf(rollback(input(history(twice), { health }))).effects[0]?.after).toBe("v1.4.2");
  });

  test.each([
    [30, "v1.4.9"],
    [29, "v1.4.2"],
  ])("a value counts from the time that it stood: %i minutes", (stood, restored) => {
    const past = history([{ at: -10 - stood, set: { tag: "v1.4.9" } }, bad]);
    expect(candidateOf(rollback(input(past))).effects[0]?.after).toBe(restored);
  });

  test("a change of another field doesn't make a value young", () => {
    const past = history([{ at: -15, set: { replicas: "4" } }, bad]);
    const candidate = candidateOf(rollback(input(past)));
    expect(candidate.effects).toHaveLength(1);
    expect(candidate.risks).toEqual([]);
  });

  test("going further back takes along what changed in step there", () => {
    const past = history([{ at: -20, set: { tag: "v1.4.9", copy: "v1.4.9" } }, bad]);
    expect(newTexts(rollback(input(past)))).toEqual(texts({}));
  });

  test("after five states, or a week, it is a person's choice", () => {
    const many = [-26, -22, -18, -14, -10, -6].map((at, index) => ({ at, set: { tag: `v2.${index}` } }));
    expect(codes(rollback(input(history(many))))).toEqual([...Array(5).fill("stood-too-briefly"), "no-healthy-value"]);
    const old = input(history([{ at: -8 * 24 * 60, set: { tag: "v1.5.0" } }]));
    const diagnosis = diagnose(
      diagnoseInput(history([{ at: -8 * 24 * 60, set: { tag: "v1.5.0" } }]), { suspectWindowMs: 14 * day }),
    );
    expect(codes(rollback({ ...old, diagnosis }))).toEqual(["no-healthy-value"]);
  });

  test("a field that the change introduced has no value to go back to", () => {
    const past = history([bad]);
    const changes = past.changes.map((change) => ({ ...change, before: undefined }));
    const given = { ...past, changes };
    expect(codes(rollback(input(given)))).toEqual(["no-healthy-value"]);
  });
});
