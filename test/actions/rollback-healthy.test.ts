import { describe, expect, test } from "vitest";
import { rollback } from "../../src/actions/rollback.ts";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import {
  commitOf,
  day,
  diagnoseInput,
  history,
  id,
  kustomization,
  minute,
  report,
  type Step,
  t0,
  texts,
} from "../diagnosis/history.ts";
import { bad, candidateOf, codes, input, newTexts } from "./rolled-back.ts";

describe("which value is healthy", () => {
  const twice: readonly Step[] = [{ at: -20, set: { tag: "v1.4.9" } }, bad];

  test("one that stood too briefly is proposed to a person, as people take back the last change and not more", () => {
    const candidate = candidateOf(rollback(input(history([{ at: -25, set: { tag: "v1.4.8" } }, ...twice]))));
    expect(candidate.effects[0]).toMatchObject({ before: "v1.5.0", after: "v1.4.9" });
    expect(candidate.risks.map(({ code }) => code)).toEqual(["stood-too-briefly"]);
    expect(candidate.confidence).toBeLessThanOrEqual(0.6);
  });

  test("one that stood too briefly is passed over for one that was reported healthy (two bad releases in a row, note 9)", () => {
    const past = history([{ at: -500, set: { tag: "v1.4.1" } }, ...twice]);
    const candidate = candidateOf(rollback(input(past, { health: [report(0, "healthy", -499)] })));
    expect(candidate.effects[0]).toMatchObject({ before: "v1.5.0", after: "v1.4.1" });
    expect(candidate.risks.map(({ code }) => code)).toEqual(["stood-too-briefly"]);
    expect(candidate.confidence).toBeLessThan(0.9);
  });

  test("one that stood too briefly and was reported degraded makes way for one that stood long", () => {
    const candidate = candidateOf(rollback(input(history(twice), { health: [report(0, "degraded", -18)] })));
    expect(candidate.effects[0]).toMatchObject({ before: "v1.5.0", after: "v1.4.2" });
    expect(candidate.risks).toEqual([]);
  });

  test("the files that an earlier change created stay, unless it is the suspect", () => {
    const past = history(twice);
    const created = (path: string, suspectWindowMs: number) => {
      const changes = past.changes.map((change) => {
        const files = [{ path, status: "added" as const, modeBefore: "000000", modeAfter: "100644" }];
        return change.commit.id === id(0) ? { ...change, commit: { ...change.commit, files } } : change;
      });
      const health = [report(0, "degraded", -18)];
      const diagnosis = diagnose(diagnoseInput({ ...past, changes }, { health, suspectWindowMs }));
      return rollback(input(past, { changes, health, diagnosis }));
    };
    expect(codes(created(kustomization, 15 * minute))).toEqual(["no-healthy-value", "no-healthy-value"]);
    expect(candidateOf(created("README.md", 15 * minute)).effects[0]?.after).toBe("v1.4.2");
    expect(candidateOf(created(kustomization, day)).suspect).toBe(id(0));
  });

  test("of a service that came with a series of tries, the last try goes back", () => {
    const tries = history([-30, -25, -20, -15, -10].map((at, index) => ({ at, set: { tag: `v2.${index}` } })));
    const changes = tries.changes.map((change) => {
      const files = [{ path: kustomization, status: "added" as const, modeBefore: "000000", modeAfter: "100644" }];
      return change.commit.id === id(0) ? { ...change, commit: { ...change.commit, files } } : change;
    });
    expect(candidateOf(rollback(input(tries, { changes }))).effects[0]).toMatchObject({
      before: "v2.4",
      after: "v2.3",
    });
  });

  test("one that stood briefly is taken when the controller called it healthy", () => {
    const candidate = candidateOf(rollback(input(history(twice), { health: [report(0, "healthy", -18)] })));
    expect(candidate.effects[0]?.after).toBe("v1.4.9");
    expect(candidate.risks).toEqual([]);
    expect(candidate.reasons.map(({ code }) => code)).toContain("healthy-recorded");
  });

  test("a report on an older value says nothing about the one that came after it", () => {
    const past = history([{ at: -500, set: { tag: "v1.4.1" } }, ...twice]);
    const candidate = candidateOf(rollback(input(past, { health: [report(0, "healthy", -499)] })));
    expect(candidate.effects[0]?.after).toBe("v1.4.1");
  });

  test("one that was reported degraded is passed over without a guess", () => {
    const past = history([{ at: -500, set: { tag: "v1.4.9" } }, bad]);
    const candidate = candidateOf(rollback(input(past, { health: [report(0, "degraded", -490)] })));
    expect(candidate.effects[0]?.after).toBe("v1.4.2");
    expect(candidate.risks).toEqual([]);
  });

  test("a report on a commit that touched only other parts of the files counts, too", () => {
    const past = history(twice);
    const other = commitOf(9, -15, [kustomization]);
    const commits = past.commits.toSpliced(1, 0, other);
    const health = [{ revision: other.id, at: t0 - 14 * minute, health: "healthy" as const }];
    expect(candidateOf(rollback(input(past, { health, commits }))).effects[0]?.after).toBe("v1.4.9");
    expect(candidateOf(rollback(input(past, { health, commits }))).risks).toEqual([]);
    expect(candidateOf(rollback(input(past, { health }))).risks).not.toEqual([]);
  });

  test("the first of two bad releases in a row takes the second one back with it", () => {
    const given = input(history(twice), { health: [report(0, "degraded", -18)] });
    expect(given.diagnosis.suspects[0]?.commit).toBe(id(0));
    const candidate = candidateOf(rollback(given));
    expect(candidate.suspect).toBe(id(0));
    expect(candidate.effects).toMatchObject([{ before: "v1.5.0", after: "v1.4.2" }]);
  });

  test("of two reports at one moment the worse counts", () => {
    const health = [report(0, "healthy", -18), report(0, "degraded", -18)];
    const past = history(twice);
    const diagnosis = diagnose(diagnoseInput(past, { suspectWindowMs: 15 * minute }));
    for (const order of [health, health.toReversed()]) {
      expect(candidateOf(rollback(input(past, { diagnosis, health: order }))).effects[0]?.after).toBe("v1.4.2");
    }
  });

  test("where a state was passed over on a guess, the confidence says so", () => {
    const past = history(twice);
    const diagnosis = diagnose(diagnoseInput(past, { suspectWindowMs: 15 * minute }));
    expect(diagnosis.confidence).toBeGreaterThan(0.9);
    expect(candidateOf(rollback(input(past, { diagnosis }))).confidence).toBe(0.6);
  });

  test.each([
    [30, []],
    [29, ["stood-too-briefly"]],
  ])("a value counts from the time that it stood: %i minutes", (stood, risks) => {
    const past = history([{ at: -10 - stood, set: { tag: "v1.4.9" } }, bad]);
    expect(candidateOf(rollback(input(past))).risks.map(({ code }) => code)).toEqual(risks);
  });

  test("a value that stood long once is healthy, though it stood briefly the last time", () => {
    const past = history([
      { at: -200, set: { tag: "v1.5.0" } },
      { at: -20, set: { tag: "v1.4.2" } },
      { at: -10, set: { tag: "v1.5.1" } },
    ]);
    const candidate = candidateOf(rollback(input(past)));
    expect(candidate.effects[0]?.after).toBe("v1.4.2");
    expect(candidate.risks).toEqual([]);
  });

  test("what stands now is never the healthy value, however long it once stood", () => {
    const swinging = ["v1.4.8", "v1.5.0", "v1.4.8", "v1.5.0"].map((tag, index) => ({
      at: [-100, -95, -15, -10][index] ?? 0,
      set: { tag },
    }));
    const health = [report(2, "degraded", -12)];
    expect(candidateOf(rollback(input(history(swinging), { health }))).effects[0]?.after).toBe("v1.4.2");
  });

  test("a change of another field doesn't make a value young", () => {
    const past = history([{ at: -15, set: { replicas: "4" } }, bad]);
    const candidate = candidateOf(rollback(input(past)));
    expect(candidate.effects).toHaveLength(1);
    expect(candidate.risks).toEqual([]);
  });

  test("going further back takes along what changed in step there", () => {
    const past = history([{ at: -20, set: { tag: "v1.4.9", copy: "v1.4.9" } }, bad]);
    expect(newTexts(rollback(input(past, { health: [report(0, "degraded", -15)] })))).toEqual(texts({}));
  });

  test("where no earlier value is known to be good, the nearest one is proposed to a person, unless there was a series of tries", () => {
    const tries = (count: number) =>
      history([
        { at: -26 * 24 * 60, set: { tag: "v1.0.0" } },
        ...[-9, -8, -7, -6].slice(-count).map((at, index) => ({ at, set: { tag: `v2.${index}` } })),
      ]);
    const given = (count: number) => input(tries(count), { stoodMs: 60 * day });
    // What stood for weeks counts as brief here, too.
    const candidate = candidateOf(rollback(given(1)));
    expect(candidate.effects[0]).toMatchObject({ before: "v2.0", after: "v1.0.0" });
    expect(candidate.risks.map(({ code }) => code)).toEqual(["stood-too-briefly"]);
    expect(candidate.confidence).toBe(0.6);
    expect(codes(rollback(given(3)))).toEqual(["no-healthy-value", ...Array(3).fill("stood-too-briefly")]);
  });

  test("after five states, or two weeks less a day, it is a person's choice", () => {
    const many = [-26, -22, -18, -14, -10, -6].map((at, index) => ({ at, set: { tag: `v2.${index}` } }));
    expect(codes(rollback(input(history(many))))).toEqual(["no-healthy-value", ...Array(5).fill("stood-too-briefly")]);
    const old = input(history([{ at: -14 * 24 * 60, set: { tag: "v1.5.0" } }]));
    const diagnosis = diagnose(
      diagnoseInput(history([{ at: -14 * 24 * 60, set: { tag: "v1.5.0" } }]), { suspectWindowMs: 20 * day }),
    );
    expect(codes(rollback({ ...old, diagnosis }))).toEqual(["no-healthy-value"]);
  });

  test("a field that the change introduced has no value to go back to", () => {
    const past = history([bad]);
    const changes = past.changes.map((change) => ({ ...change, before: undefined }));
    const given = { ...past, changes };
    expect(codes(rollback(input(given)))).toEqual(["edit-unsupported"]);
  });
});
