import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import type { HealthRecord } from "../../src/diagnosis/diagnosis.ts";
import type { Share } from "../../src/gitops/history/revert-habits.ts";
import {
  commitOf,
  day,
  diagnoseInput,
  history,
  id,
  incident,
  kustomization,
  minute,
  report,
  type Step,
  t0,
  values,
} from "./history.ts";

const bad: Step = { at: -10, set: { tag: "v1.5.0" } };

const anyStep = fc.record({
  at: fc.integer({ min: -3000, max: 30 }),
  set: fc.oneof(
    fc.constantFrom("v1", "v2", "v3").map((tag) => ({ tag })),
    fc.constantFrom("1", "2").map((replicas) => ({ replicas })),
  ),
});
const anyHistory = fc.array(anyStep, { maxLength: 6 }).map((steps) => steps.toSorted((a, b) => a.at - b.at));
const anyHealth = fc.array(
  fc
    .tuple(
      fc.nat(5),
      fc.constantFrom("healthy", "degraded", "progressing", "unknown"),
      fc.integer({ min: -3000, max: 30 }),
    )
    .map(([step, health, at]) => report(step, health, at)),
  { maxLength: 5 },
);

const codes = (reasons: readonly { readonly code: string }[]) => reasons.map(({ code }) => code);

describe("diagnose", () => {
  test("every suspect changed the target, within the window and not after the trouble, and the likeliest comes first", () => {
    fc.assert(
      fc.property(anyHistory, anyHealth, (steps, health) => {
        const { suspects, confidence } = diagnose(diagnoseInput(history(steps), { health }));
        for (const { committedAt, changes, why } of suspects) {
          expect(committedAt).toBeLessThanOrEqual(t0 + minute);
          expect(committedAt).toBeGreaterThanOrEqual(t0 - day);
          expect(changes.length).toBeGreaterThan(0);
          expect(why.length).toBeGreaterThan(1);
        }
        const scores = suspects.map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
        for (const number of [...scores, confidence]) {
          expect(number).toBeGreaterThanOrEqual(0);
          expect(number).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test("a change after the trouble began never raises the confidence", () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 2, max: 30 }), (steps, at) => {
        const earlier = steps.filter((step) => step.at <= 1);
        const less = diagnose(diagnoseInput(history([...earlier, { at, set: { tag: "v9" } }])));
        expect(less.confidence).toBeLessThanOrEqual(diagnose(diagnoseInput(history(earlier))).confidence);
      }),
    );
  });

  test("nothing that a payload said appears in what people read", () => {
    fc.assert(
      fc.property(anyHistory, (steps) => {
        const { reasons, evidence, suspects } = diagnose(diagnoseInput(history(steps)));
        const told = JSON.stringify([reasons, evidence, suspects.map(({ why }) => why)]);
        expect(told).not.toMatch(/CONFIDENTIAL|IGNORE/);
      }),
    );
  });

  test("the only change shortly before the trouble is suspected with high confidence", () => {
    const result = diagnose(diagnoseInput(history([bad])));
    expect(result.suspects[0]).toMatchObject({
      commit: id(0),
      author: "Alice",
      subject: "Deploy step 0",
      paths: [kustomization],
    });
    expect(result.confidence).toBeGreaterThanOrEqual(0.9);
    expect(codes(result.reasons)).toEqual(["suspect-found"]);
    expect(result.evidence).toEqual([
      {
        kind: "commit",
        at: t0 - 10 * minute,
        message: `${id(0).slice(0, 12)} changed image-tag from v1.4.2 to v1.5.0 in ${kustomization}`,
      },
      { kind: "alert", at: t0, message: "1 alert fires, for 5 minutes by now" },
    ]);
  });

  test("the older the change, the lower the confidence, and a day old it isn't high any more", () => {
    const at = (minutes: number) => diagnose(diagnoseInput(history([{ ...bad, at: -minutes }]))).confidence;
    const ages = [10, 59, 5 * 60, 20 * 60, 24 * 60].map(at);
    expect(ages).toEqual(ages.toSorted((x, y) => y - x));
    expect(at(59)).toBeGreaterThanOrEqual(0.9);
    expect(at(24 * 60)).toBeLessThan(0.9);
  });

  test("a change that came minutes before the trouble can hardly have run by then, unless a controller says so", () => {
    const early = history([{ ...bad, at: -9 }]);
    const told = (at: number, health: HealthRecord["health"]) =>
      diagnose({ ...diagnoseInput(early), health: [report(0, health, at)] });
    const silent = diagnose(diagnoseInput(early));
    expect(silent.confidence).toBe(0.85);
    expect(silent.reasons.at(-1)?.message).toMatch(
      /^the trouble began 9 minutes after [0-9a-f]{12}, and no controller/,
    );
    expect(told(0, "unknown").confidence).toBeGreaterThanOrEqual(0.9);
    expect(told(3, "unknown").confidence).toBe(0.85);
    expect(told(3, "degraded").confidence).toBeGreaterThanOrEqual(0.9);
    expect(diagnose(diagnoseInput(history([{ ...bad, at: -10 }]))).confidence).toBeGreaterThanOrEqual(0.9);
  });

  test("a change after the alert isn't a suspect, and is mentioned", () => {
    const result = diagnose(diagnoseInput(history([{ at: 2, set: { tag: "v1.5.0" } }])));
    expect(result.suspects).toEqual([]);
    expect(result.confidence).toBe(0);
    expect(codes(result.reasons)).toEqual(["no-recent-change", "change-after-alert"]);
  });

  test("a change of another field after the trouble began lowers the confidence: somebody may be mending it", () => {
    expect(diagnose(diagnoseInput(history([bad, { at: 3, set: { replicas: "6" } }]))).confidence).toBe(0.8);
  });

  test("clocks may be a minute apart", () => {
    expect(diagnose(diagnoseInput(history([{ at: 1, set: { tag: "v1.5.0" } }]))).suspects).toHaveLength(1);
  });

  test("a change before the window isn't a suspect", () => {
    const result = diagnose(diagnoseInput(history([{ ...bad, at: -24 * 60 - 1 }])));
    expect(codes(result.reasons)).toEqual(["no-recent-change"]);
  });

  const two = (first: Partial<Step>, second: Partial<Step>) =>
    history([
      { at: -20, set: { tag: "v1.5.0" }, ...first },
      { at: -10, set: { replicas: "9" }, ...second },
    ]);

  test("two changes of different fields that nothing tells apart lower the confidence", () => {
    const result = diagnose(diagnoseInput(two({}, {})));
    expect(result.suspects.map(({ commit }) => commit)).toEqual([id(1), id(0)]);
    expect(result.confidence).toBeLessThan(0.8);
    expect(codes(result.reasons)).toContain("several-suspects");
  });

  test("an earlier change whose values were written again is less of a rival", () => {
    const result = diagnose(diagnoseInput(two({}, { set: { tag: "v1.5.1" } })));
    expect(result.suspects.map(({ commit }) => commit)).toEqual([id(1), id(0)]);
    expect(result.confidence).toBeGreaterThan(diagnose(diagnoseInput(two({}, {}))).confidence);
    expect(result.suspects[1]?.why).toContain("was replaced by a newer change after 10 minutes");
    expect(codes(result.reasons)).toEqual(["suspect-found"]);
  });

  test("an earlier change isn't a rival when the controller called it healthy", () => {
    const result = diagnose(diagnoseInput(two({}, {}), { health: [report(0, "healthy", -15)] }));
    expect(result.suspects[0]?.commit).toBe(id(1));
    expect(codes(result.reasons)).toEqual(["suspect-found"]);
  });

  test("an earlier change that the controller called degraded comes first", () => {
    const health = [report(0, "healthy", -19), report(0, "degraded", -15)];
    const result = diagnose(diagnoseInput(two({}, {}), { health }));
    expect(result.suspects[0]?.commit).toBe(id(0));
    expect(result.evidence.map(({ kind }) => kind)).toEqual(["commit", "health", "health", "commit", "alert"]);
  });

  test("where people never take back what programs write, a person's earlier change comes first", () => {
    const past = two({ at: -300 }, { by: "renovate[bot]" });
    const programs = new Map();
    const habits = { program: { commits: 4_000, reverted: 0 }, person: { commits: 400, reverted: 10 }, programs };
    expect(diagnose(diagnoseInput(past, { habits })).suspects[0]?.commit).toBe(id(0));
    expect(diagnose(diagnoseInput(past)).suspects[0]?.commit).toBe(id(1));
    const opposite = { program: habits.person, person: habits.program, programs };
    expect(diagnose(diagnoseInput(past, { habits: opposite })).suspects[0]?.commit).toBe(id(1));
  });

  test("a program is known by its own changes, as soon as there are enough of them", () => {
    const past = two({ at: -300 }, { by: "renovate[bot]" });
    const habits = (own: Share) => ({
      program: { commits: 4_000, reverted: 10 },
      person: { commits: 400, reverted: 10 },
      programs: new Map([
        ["renovate[bot]", own],
        ["fluxcdbot", { commits: 4_000 - own.commits, reverted: 10 - own.reverted }],
      ]),
    });
    const given = (own: Share) => diagnose(diagnoseInput(past, { habits: habits(own) }));
    const scoreOf = (own: Share) => given(own).suspects.find(({ commit }) => commit === id(1))?.score ?? 0;
    expect(scoreOf({ commits: 300, reverted: 10 })).toBeGreaterThan(scoreOf({ commits: 3_000, reverted: 1 }));
    // One that hardly wrote anything is judged like the others.
    expect(scoreOf({ commits: 1, reverted: 0 })).toBeCloseTo(scoreOf({ commits: 0, reverted: 0 }), 2);
    expect(given({ commits: 300, reverted: 10 }).suspects.flatMap(({ why }) => why)).toContain(
      "was made by a program: of the last 300 such changes here 10 were taken back, of 400 by people 10",
    );
  });

  test("a change of many files is suspected less than one of a few", () => {
    const also = Array.from({ length: 40 }, (_, index) => `apps/other-${index}.yaml`);
    expect(diagnose(diagnoseInput(two({}, { also }))).suspects[0]?.commit).toBe(id(0));
  });

  test("a change of several files that are all this target's is suspected like one of a single file", () => {
    const wide = diagnose(diagnoseInput(history([{ at: -10, set: { tag: "v1.5.0", copy: "v1.5.0" } }])));
    expect(wide.suspects[0]?.paths).toHaveLength(2);
    expect(wide.confidence).toBe(diagnose(diagnoseInput(history([bad]))).confidence);
  });

  test("a change that somebody took back before the trouble is no suspect", () => {
    const past = two({ set: { replicas: "9" } }, { set: { replicas: "3" } });
    expect(diagnose(diagnoseInput(past)).suspects.map(({ commit }) => commit)).toEqual([id(1)]);
  });

  test("what takes back several changes at once takes back the first of them", () => {
    const tags = ["v1.5.0", "v1.5.1", "v1.4.2"].map((tag, index) => ({ at: index * 10 - 40, set: { tag } }));
    expect(diagnose(diagnoseInput(history(tags))).suspects.map(({ commit }) => commit)).toEqual([id(2), id(1)]);
  });

  test("a change that counts nowhere, because another layer wins over it, is no suspect", () => {
    const past = two({}, {});
    const shadowedBy = { file: values, line: 1, why: "a later values file wins" };
    const changes = past.changes.map((change) =>
      change.commit.id === id(1) ? { ...change, field: { ...change.field, shadowedBy } } : change,
    );
    expect(diagnose(diagnoseInput({ ...past, changes })).suspects.map(({ commit }) => commit)).toEqual([id(0)]);
  });

  test("the last revision that was healthy before the suspect is evidence", () => {
    const past = history([{ at: -500, set: { tag: "v1.4.9" } }, bad]);
    const result = diagnose(
      diagnoseInput(past, { health: [report(0, "healthy", -499)], suspectWindowMs: 60 * minute }),
    );
    expect(result.evidence[0]).toEqual({
      kind: "health",
      at: t0 - 499 * minute,
      message: `${id(0).slice(0, 12)} was reported healthy`,
    });
  });

  test("an unexplained commit between the suspect and the trouble lowers the confidence", () => {
    const past = history([bad]);
    const commits = [commitOf(9, -5, [kustomization]), ...past.commits];
    const result = diagnose(diagnoseInput(past, { commits }));
    expect(result.confidence).toBe(0.85);
    expect(codes(result.reasons)).toContain("evidence-weak");
  });

  test("an unexplained commit after the trouble, or before the window, explains nothing", () => {
    const past = history([bad]);
    const later = diagnose(diagnoseInput(past, { commits: [commitOf(9, 3, [kustomization]), ...past.commits] }));
    expect(later.confidence).toBe(diagnose(diagnoseInput(past)).confidence);
    const old = diagnose(diagnoseInput(history([]), { commits: [commitOf(9, -24 * 60 - 1, [kustomization])] }));
    expect(codes(old.reasons)).toEqual(["no-recent-change"]);
  });

  test("a commit to the same files before the suspect changes nothing", () => {
    const past = history([bad]);
    const commits = [...past.commits, commitOf(9, -15, [kustomization])];
    expect(diagnose(diagnoseInput(past, { commits })).confidence).toBe(diagnose(diagnoseInput(past)).confidence);
  });

  test("a change that wrote the same value again is none", () => {
    expect(diagnose(diagnoseInput(history([{ at: -10, set: { tag: "v1.4.2" } }]))).suspects).toEqual([]);
    const again = diagnose(diagnoseInput(history([bad, { at: 3, set: bad.set }])));
    expect(again.confidence).toBe(diagnose(diagnoseInput(history([bad]))).confidence);
  });

  test("the trouble began with the earliest alert that still fires", () => {
    const [alert] = incident().alerts;
    if (alert === undefined) throw new Error("the builder has an alert");
    const over = { ...alert, fingerprint: "old", startsAt: t0 - 60 * minute, status: "resolved" as const };
    const result = diagnose(diagnoseInput(history([bad]), { incident: incident({ alerts: [over, alert] }) }));
    expect(result.troubleAt).toBe(t0);
  });

  test("values from the repository are shown on one short line", () => {
    const tag = `v1\u202e\n${"x".repeat(200)}`;
    const [evidence] = diagnose(diagnoseInput(history([{ at: -10, set: { tag } }]))).evidence;
    expect(evidence?.message).not.toMatch(/[\n\u202e]/);
    expect(evidence?.message.length).toBeLessThan(220);
  });
});
