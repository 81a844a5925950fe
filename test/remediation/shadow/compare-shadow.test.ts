import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  better,
  compareShadow,
  type MergedChange,
  type Wanted,
} from "../../../src/remediation/shadow/compare-shadow.ts";
import type { Comparison } from "../../../src/remediation/shadow/shadow.ts";

const names = ["image", "replicas", "memory", "flag"] as const;
const values = ["old", "wanted", "newer"] as const;
const noFile = new Map<string, { before: string; after: string }>();

const field = fc.constantFrom(...names);
const wantedFields = fc.uniqueArray(field, { minLength: 1 });
const fields = fc.dictionary(field, fc.option(fc.constantFrom(...values), { nil: undefined }), {
  noNullPrototype: true,
});

function wanted(of: readonly string[]): Wanted {
  return { fields: new Map(of.map((name) => [name, "wanted"])), anew: new Set(), files: [] };
}

const change = fc.record({ fields, by: fc.constantFrom("person", "program") });
const history = fc.array(change, { maxLength: 6 }).map((all) =>
  all.map((each, index): MergedChange => {
    const values = new Map(Object.entries(each.fields));
    return { commit: `c${index}`, at: index, by: each.by, fields: values, texts: noFile };
  }),
);

const byPerson = (of: Readonly<Record<string, string>>, commit = "theirs"): MergedChange => ({
  commit,
  at: 100,
  by: "person",
  fields: new Map(Object.entries(of)),
  texts: noFile,
});
const ranks: readonly Comparison["outcome"][] = ["none", "other", "partly", "same-and-more", "same"];

describe("what people merged", () => {
  it("is the same exactly where one commit gives all of the fields, and no other, the values that Remit would have", () => {
    fc.assert(
      fc.property(wantedFields, fields, (names, written) => {
        const { outcome } = compareShadow(wanted(names), [byPerson(written as Record<string, string>)]);
        const keys = Object.keys(written);
        const right = names.filter((name) => written[name] === "wanted").length;
        const all = right === names.length;
        const expected =
          keys.length === 0
            ? "none"
            : all
              ? keys.length > names.length
                ? "same-and-more"
                : "same"
              : right > 0
                ? "partly"
                : "other";
        expect(outcome).toBe(expected);
      }),
    );
  });

  it("only ever comes nearer with what is merged later, and the first commit that came so near is the one", () => {
    fc.assert(
      fc.property(wantedFields, history, history, (names, first, later) => {
        const renamed = later.map((each) => ({ ...each, commit: `later ${each.commit}` }));
        const before = compareShadow(wanted(names), first);
        const after = compareShadow(wanted(names), [...first, ...renamed]);
        expect(ranks.indexOf(after.outcome)).toBeGreaterThanOrEqual(ranks.indexOf(before.outcome));
        if (after.outcome === before.outcome && before.change !== undefined)
          expect(after.change).toEqual(before.change);
      }),
    );
  });

  it("may come in several commits, in any order", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...names], { minLength: 2 }), (order) => {
        const each = order.map((name) => byPerson({ [name]: "wanted" }, name));
        const { outcome, change } = compareShadow(wanted(order), each);
        expect({ outcome, commit: change?.commit }).toEqual({ outcome: "same", commit: order.at(-1) });
      }),
    );
  });

  it("doesn't depend on commits that leave the target as it is", () => {
    fc.assert(
      fc.property(wantedFields, history, fc.nat({ max: 6 }), (names, merged, at) => {
        const aside: MergedChange = { ...byPerson({}), commit: "aside" };
        expect(compareShadow(wanted(names), merged.toSpliced(at, 0, aside))).toEqual(
          compareShadow(wanted(names), merged),
        );
      }),
    );
  });

  it("is never a program's: without a person's commit there is no answer", () => {
    fc.assert(
      fc.property(wantedFields, history, (names, merged) => {
        const programs = merged.map((each) => ({ ...each, by: "program" as const }));
        expect(compareShadow(wanted(names), programs).outcome).toBe("none");
      }),
    );
    const bump = { ...byPerson({ image: "newer" }), by: "program" as const, commit: "bump" };
    expect(compareShadow(wanted(["image"]), [bump]).change).toMatchObject({ commit: "bump", by: "program" });
    expect(compareShadow(wanted(["image"]), [bump, byPerson({ image: "wanted" })])).toMatchObject({
      outcome: "same",
      change: { commit: "theirs" },
    });
  });

  it("is a part where a program has taken the other part back meanwhile", () => {
    const merged = [
      byPerson({ image: "wanted" }, "first"),
      { ...byPerson({ image: "newer" }), by: "program" as const },
      byPerson({ replicas: "wanted" }, "second"),
    ];
    expect(compareShadow(wanted(["image", "replicas"]), merged)).toMatchObject({
      outcome: "partly",
      change: { commit: "first" },
    });
  });

  it("is a restart whatever moment it names", () => {
    const restart: Wanted = { ...wanted(["restartedAt"]), anew: new Set(["restartedAt"]) };
    expect(compareShadow(restart, [byPerson({ restartedAt: "10:02" })]).outcome).toBe("same");
    expect(compareShadow(restart, [byPerson({ image: "old" })]).outcome).toBe("other");
  });

  it("is the same by its bytes where no field tells, beside what others changed in the file", () => {
    const template = (tag: string, other = "1") => `{{ range }}\ntag: ${tag}\nmiddle: 0\nanother: 0\nother: ${other}\n`;
    const files = [{ path: "t.tpl", before: template("v2"), after: template("v1") }];
    const of = (before: string, after: string): MergedChange => ({
      ...byPerson({ text: `digest of ${after}` }),
      texts: new Map([["t.tpl", { before, after }]]),
    });
    const would: Wanted = { fields: new Map([["text", "digest"]]), anew: new Set(), files };
    expect(compareShadow(would, [of(template("v2", "7"), template("v1", "7"))]).outcome).toBe("same");
    expect(compareShadow(would, [of(template("v2"), template("v0"))]).outcome).toBe("other");
    const more = new Map([...of(template("v2"), template("v1")).texts, ["u.tpl", { before: "a", after: "b" }]]);
    expect(compareShadow(would, [{ ...of(template("v2"), template("v1")), texts: more }]).outcome).toBe("other");
  });

  it("that is found again is no better, and nothing is nearer than the same", () => {
    const all: Comparison[] = ranks.flatMap((outcome) => [
      { outcome, change: { commit: "a", at: 1, by: "person" } },
      { outcome, change: { commit: "b", at: 2, by: "person" } },
    ]);
    for (const first of all) {
      for (const second of all) {
        const nearer = ranks.indexOf(second.outcome) > ranks.indexOf(first.outcome);
        expect(better(first, second)).toBe(nearer ? second : first);
      }
    }
  });
});
