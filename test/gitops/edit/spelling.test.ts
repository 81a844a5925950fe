import { expect, test } from "vitest";
import { inQuotes, plainSafe, unsafeText } from "../../../src/gitops/edit/spelling.ts";

const needQuotes = ["", " a", "a ", "a: b", "a:", "a #b", "-", "- a", "?", "? a", ":", ": a", "---", "--- a", "..."];

test.each([...needQuotes, ...[...",[]{}#&*!|>'\"%@`"].map((sign) => `${sign}a`)])(
  "%j doesn't stand without quotes",
  (value) => {
    expect(plainSafe(value, false)).toBe(false);
    expect(plainSafe(value, true)).toBe(false);
  },
);

test.each(["a", "-a", "?a", ":a", "a:b", "a#b", "a---", "a...", "a b", "a-b", "a? b", "a- b"])(
  "%j stands without quotes",
  (value) => {
    expect(plainSafe(value, false)).toBe(true);
    expect(plainSafe(value, true)).toBe(true);
  },
);

test.each([...",[]{}"])("%j stands without quotes in a line of its own, and not inside brackets", (sign) => {
  expect(plainSafe(`a${sign}`, false)).toBe(true);
  expect(plainSafe(`a${sign}`, true)).toBe(false);
});

test("quotes are doubled in single ones and escaped in double ones", () => {
  expect(inQuotes("'", "it's")).toBe("'it''s'");
  expect(inQuotes('"', 'say "x"')).toBe('"say \\"x\\""');
});

test("what is too long, invisible, or a template isn't written", () => {
  expect(unsafeText("a".repeat(4096))).toBeUndefined();
  expect(unsafeText("a".repeat(4097))).toMatchObject({ reason: { code: "edit-unsupported" } });
  for (const sign of ["\n", "\u00ad", "\u200b", "\u202e", "\ufeff"])
    for (const value of [sign, `a${sign}`, `${sign}a`])
      expect(unsafeText(value)).toMatchObject({ reason: { code: "edit-unsupported" } });
  expect(unsafeText("a {{ b")).toMatchObject({ reason: { code: "edit-template" } });
  expect(unsafeText("gr\u00fcn { b")).toBeUndefined();
});
