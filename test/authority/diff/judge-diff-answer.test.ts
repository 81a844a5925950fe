import { describe, expect, test } from "vitest";
import { grant, policy } from "../decision.ts";
import { everything, judged, operand, reasonsOf } from "./judged.ts";

describe("a policy", () => {
  test.each([
    ["missing", { kind: "missing", revision: "b" }, "suggest"],
    ["unreadable", { kind: "invalid", revision: "b", mistakes: [] }, "suggest"],
    ["missing where it has to be signed", { kind: "missing", revision: "b", mustBeSigned: true }, "observe"],
  ] as const)("that is %s grants nothing and requires nothing", (_, authority, tier) => {
    expect(judged({}, authority)).toMatchObject({
      tier,
      conclusion: "failure",
      check: "neutral",
      policy: { digest: authority.kind, revision: "b", version: undefined },
    });
  });

  test.each([
    ["required", "observe", "failure"],
    ["required", "suggest", "failure"],
    ["required", "propose", "success"],
    ["informative", "suggest", "neutral"],
    ["informative", "merge", "success"],
    [undefined, "suggest", "neutral"],
  ] as const)("whose gate is %s answers %s with %s", (gate, tier, check) => {
    const verdict = judged({}, policy([grant({ ...everything, tier })], gate && { gate }));
    expect(verdict).toMatchObject({ tier, check, conclusion: check === "success" ? "success" : "failure" });
  });
});

describe("the title", () => {
  test.each([
    ["observe", "denied: grant"],
    ["suggest", "not granted: grant"],
    ["propose", "needs a review: grant"],
    ["delay", "granted after a veto window"],
    ["merge", "granted"],
  ] as const)("for %s is: %s", (tier, title) => {
    expect(judged({}, policy([grant({ ...everything, tier })])).title).toBe(title);
  });

  test("names the first reason of the lowest tier", () => {
    const unclear = reasonsOf("layout-changed", 1);
    expect(judged({ unclear, denied: reasonsOf("path-denied", 1) }).title).toBe("denied: path-denied");
    expect(judged({ unclear, hazards: reasonsOf("crd-changed", 1) }).title).toBe("needs a review: layout-changed");
    expect(judged({ unclear }, policy([])).title).toBe("not granted: no-grant");
  });
});

describe("what speaks against a change", () => {
  test.each([
    ["denied", "path", "observe"],
    ["unclear", "diff", "propose"],
    ["hazards", "rollback", "propose"],
  ] as const)("and is %s is told up to eight times, and counted beyond", (kind, name, tier) => {
    for (const count of [1, 8, 9, 11]) {
      const verdict = judged({ [kind]: reasonsOf("crd-changed", count) });
      expect(verdict.tier).toBe(tier);
      const told = operand(verdict, name);
      expect(told.map((each) => each.tier)).toEqual(Array.from({ length: Math.min(count, 9) }, () => tier));
      expect(told.slice(0, 8).map(({ reason }) => reason)).toEqual(reasonsOf("crd-changed", Math.min(count, 8)));
      if (count > 8)
        expect(told[8]?.reason).toEqual({ code: "crd-changed", message: `${count - 8} more of this kind` });
    }
  });

  const [hazard, doubt, denial] = [
    reasonsOf("crd-changed", 1),
    reasonsOf("layout-changed", 1),
    reasonsOf("path-denied", 1),
  ];
  test.each([
    ["nothing", {}, [], "yes", []],
    ["a hazard", { hazards: hazard }, [], "no", hazard],
    ["a hazard among what isn't clear", { hazards: hazard, unclear: doubt, denied: denial }, [], "no", hazard],
    ["what isn't clear", { unclear: doubt }, [], "unknown", doubt],
    ["what is denied", { denied: denial }, [], "unknown", denial],
    ["what the history leaves open", {}, doubt, "unknown", doubt],
  ] as const)("tells whether taking it back helps: %s", (_, change, doubts, safe, reasons) => {
    expect(judged(change, undefined, doubts).rollback).toEqual({ safe, reasons });
  });

  test("may be in the history, and asks for a person, too", () => {
    const verdict = judged({ unclear: reasonsOf("layout-changed", 1) }, undefined, reasonsOf("base-moved", 1));
    expect(verdict.tier).toBe("propose");
    expect(operand(verdict, "diff").map(({ reason }) => reason.code)).toEqual(["base-moved", "layout-changed"]);
  });
});
