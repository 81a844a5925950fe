import { expect, it } from "vitest";
import { answerLine } from "../../../src/remediation/prose/answer-line.ts";
import type { Comparison } from "../../../src/remediation/shadow/shadow.ts";

const commit = "abc1234567890".padEnd(40, "0");
const said = (outcome: Comparison["outcome"], at: number, by: "person" | "program" = "person") =>
  answerLine({ shadow: { plannedAt: 0 }, comparison: { outcome, change: { commit, at, by } } });

it.each([
  ["same", 720_000, "A person merged the same change 12 min after Remit planned it: abc123456789"],
  ["same", -60_000, "A person merged the same change 1 min before Remit planned it: abc123456789"],
  ["same-and-more", 0, "A person merged the same change and more 0 s after Remit planned it: abc123456789"],
  ["partly", 5_000, "A person merged a part of the change 5 s after Remit planned it: abc123456789"],
  ["other", 5_000, "A person merged another change of this target 5 s after Remit planned it: abc123456789"],
] as const)("of %s, %i ms later", (outcome, at, text) => {
  expect(said(outcome, at)).toBe(text);
});

it("where no person merged anything nothing is said", () => {
  expect(said("none", 5_000, "program")).toBeUndefined();
  expect(answerLine({ shadow: { plannedAt: 0 }, comparison: { outcome: "none" } })).toBeUndefined();
});
