import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rollback } from "../../src/actions/rollback.ts";
import { fieldKey } from "../../src/gitops/catalogue/field-key.ts";
import {
  fieldOf,
  first,
  history,
  id,
  kustomization,
  report,
  type Step,
  target,
  texts,
  type Values,
  values,
} from "../diagnosis/history.ts";
import { bad, candidateOf, codes, input, newTexts } from "./rolled-back.ts";

const anyStep = fc.record({
  at: fc.integer({ min: -2000, max: 20 }),
  set: fc.record(
    {
      tag: fc.constantFrom("v1", "v2", "v3"),
      copy: fc.constantFrom("v1", "v2", "1.10"),
      replicas: fc.constantFrom("1", "2", "5"),
    },
    { requiredKeys: [] },
  ),
});
const anySteps = fc.array(anyStep, { maxLength: 6 }).map((steps) => steps.toSorted((a, b) => a.at - b.at));
const anyHealth = fc.array(
  fc
    .tuple(
      fc.nat(5),
      fc.constantFrom("healthy", "degraded", "progressing", "unknown"),
      fc.integer({ min: -2000, max: 20 }),
    )
    .map(([step, health, at]) => report(step, health, at)),
  { maxLength: 5 },
);

/** What the fields said after the first `count` steps. */
function stateAfter(steps: readonly Step[], count: number): Values {
  let now = first;
  for (const { set } of steps.slice(0, count)) now = { ...now, ...set };
  return now;
}

describe("rollback", () => {
  test("it restores what the fields said together at one moment, and touches no other byte", () => {
    fc.assert(
      fc.property(anySteps, anyHealth, (steps, health) => {
        const result = rollback(input(history(steps), { health }));
        if (result.outcome === "refused") {
          expect(result.reasons.length).toBeGreaterThan(0);
          return;
        }
        const names = ["tag", "copy", "replicas"] as const;
        const now = stateAfter(steps, steps.length);
        const { effects } = result.candidate;
        const restored = effects.map((effect) => {
          const name = names.find((one) => fieldKey(fieldOf(one, now)) === fieldKey(effect));
          return [name ?? "tag", effect.after] as const;
        });
        const some = steps.findIndex((_, count) =>
          restored.every(([name, value]) => stateAfter(steps, count)[name] === value),
        );
        expect(some).toBeGreaterThanOrEqual(0);
        const expected = texts({ ...now, ...Object.fromEntries(restored) });
        for (const [path, text] of newTexts(result)) expect(text).toBe(expected.get(path));
        expect(effects.every((effect) => effect.before !== effect.after)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("it never goes back to a state whose last report was degraded", () => {
    fc.assert(
      fc.property(anySteps, anyHealth, (steps, health) => {
        const result = rollback(input(history(steps), { health }));
        if (result.outcome === "refused") return;
        const told = result.candidate.reasons.map(({ code }) => code);
        expect(told.some((code) => ["healthy-recorded", "stood-long-enough", "stood-too-briefly"].includes(code))).toBe(
          true,
        );
      }),
    );
    const past = history([{ at: -500, set: { tag: "v1.4.9" } }, bad]);
    const health = [report(0, "healthy", -490), report(0, "degraded", -100)];
    expect(candidateOf(rollback(input(past, { health }))).effects[0]?.after).toBe("v1.4.2");
  });

  test("its confidence is never above the diagnosis's", () => {
    fc.assert(
      fc.property(anySteps, anyHealth, (steps, health) => {
        const given = input(history(steps), { health });
        const result = rollback(given);
        if (result.outcome === "candidate") {
          expect(result.candidate.confidence).toBeLessThanOrEqual(given.diagnosis.confidence);
        }
      }),
    );
  });

  test("the same input gives the same candidate, and another base text another digest", () => {
    const one = candidateOf(rollback(input(history([bad]))));
    expect(candidateOf(rollback(input(history([bad]))))).toEqual(one);
    const files = new Map([...history([bad]).files].map(([path, text]) => [path, `${text}# later\n`]));
    expect(candidateOf(rollback(input(history([bad]), { files }))).digest).not.toBe(one.digest);
  });

  test("the newest change goes back to the value before it, as a person would", () => {
    const result = rollback(input(history([bad])));
    expect(newTexts(result)).toEqual(new Map([[kustomization, texts({}).get(kustomization)]]));
    expect(candidateOf(result)).toMatchObject({
      action: "rollback",
      target,
      title: "roll back checkout in production to v1.4.2",
      suspect: id(0),
      risks: [],
      effects: [
        {
          file: kustomization,
          document: 0,
          path: ["images", 0, "newTag"],
          line: 4,
          role: "image-tag",
          before: "v1.5.0",
          after: "v1.4.2",
        },
      ],
    });
    expect(candidateOf(result).reasons.map(({ code }) => code)).toEqual(["suspect-found", "stood-long-enough"]);
  });

  test("every field that changed in step goes back in step (part 8; note 25)", () => {
    const past = history([{ at: -10, set: { tag: "v1.5.0", digest: `sha256:${"b".repeat(64)}`, copy: "v1.5.0" } }]);
    const result = rollback(input(past));
    expect(newTexts(result)).toEqual(texts({}));
    expect(candidateOf(result).effects).toHaveLength(3);
    expect(candidateOf(result).title).toBe("roll back checkout in production to v1.4.2");
    expect(candidateOf(result).reasons.map(({ code }) => code)).toContain("change-in-step");
  });

  test("later edits of other fields stay (note 9)", () => {
    const past = history([bad, { at: 3, set: { replicas: "6" } }]);
    expect(newTexts(rollback(input(past))).get(kustomization)).toBe(texts({ replicas: "6" }).get(kustomization));
  });

  describe("what the same commit changed for others", () => {
    const split = (also: readonly string[], mixed = false) => {
      const past = history([{ ...bad, also }]);
      const { diagnosis, ...given } = input(past);
      const [commit] = past.commits;
      if (commit === undefined) throw new Error("no commit");
      const change = { before: texts({}).get(kustomization), after: past.files.get(kustomization) };
      const shares = [{ commit, files: new Map([[kustomization, change]]), mixed }];
      const { reasons, confidence } = candidateOf(
        rollback({ ...given, shares, diagnosis: { ...diagnosis, confidence: 0.95 } }),
      );
      return { confidence, told: reasons.filter(({ code }) => code === "change-split").map(({ message }) => message) };
    };

    test("in other files lowers the confidence, for it stays as it is", () => {
      expect(split(["a/values.yaml"])).toEqual({
        confidence: 0.85,
        told: ["the same change touched 1 other file, which stays as it is"],
      });
      expect(split(["a/values.yaml", "b/values.yaml"]).told).toEqual([
        "the same change touched 2 other files, which stay as they are",
      ]);
    });

    test("in other lines of the same files does, too", () => {
      expect(split([], true)).toEqual({
        confidence: 0.85,
        told: ["the same change touched other lines of the same files, which stay as they are"],
      });
    });

    test("in prose alone doesn't, nor does a commit that stays", () => {
      expect(split(["README.md", "b/notes.txt"])).toEqual({ confidence: 0.95, told: [] });
      const past = history([{ at: -20, set: { replicas: "4" } }, bad]);
      const shares = past.commits.map((commit, index) => ({ commit, files: new Map(), mixed: index === 1 }));
      const [newest] = past.commits;
      if (newest === undefined) throw new Error("no commit");
      const change = { before: texts({ replicas: "4" }).get(kustomization), after: past.files.get(kustomization) };
      shares[0] = { commit: newest, files: new Map([[kustomization, change]]), mixed: false };
      expect(candidateOf(rollback(input(past, { shares }))).reasons.map(({ code }) => code)).not.toContain(
        "change-split",
      );
    });
  });

  test("no suspect, no rollback", () => {
    expect(codes(rollback(input(history([]))))).toEqual(["no-recent-change"]);
  });

  test("a value that looks like a number keeps its type and its zero", () => {
    const past = history([
      { at: -100, set: { copy: "1.10" } },
      { at: -10, set: { copy: "1.9" } },
    ]);
    const result = rollback(input(past));
    expect(newTexts(result).get(values)).toBe("image: {tag: '1.10'} # same version\n");
  });
});
