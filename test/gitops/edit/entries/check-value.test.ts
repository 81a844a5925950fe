import { describe, expect, test } from "vitest";
import type { EntryValue } from "../../../../src/gitops/edit/edit.ts";
import { checkKey, checkValue } from "../../../../src/gitops/edit/entries/check-value.ts";

const refusal = (code: string, message: string) => ({ outcome: "refused", reason: { code, message } });
const tooLarge = refusal("edit-unsupported", "the new value is too large");
const disputed = refusal("edit-unsupported", "the new value is a number that readers don't agree about");

describe("a new value", () => {
  test.each<[EntryValue]>([
    ...[["text"], [""], [0], [-1], [1.5], [2 ** 53 - 1], [true], [false], [null]].map(
      ([value]) => [value ?? null] as [EntryValue],
    ),
    [[]],
    [{}],
    [{ a: [1, { b: null }], c: "x" }],
  ])("may be %j", (value) => {
    expect(checkValue(value)).toBeUndefined();
  });

  test.each([-0, 2 ** 53, -(2 ** 53), 1e21, 1e-7, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "isn't the number %d, which readers don't agree about",
    (value) => {
      expect(checkValue(value)).toEqual(disputed);
    },
  );

  test("is judged by everything in it, keys too", () => {
    const template = refusal("edit-template", "the new value is a template");
    expect(checkValue("{{ x }}")).toEqual(template);
    expect(checkValue(["x", "{{ x }}"])).toEqual(template);
    expect(checkValue({ a: "x", b: { c: "{{ x }}" } })).toEqual(template);
    expect(checkValue({ "{{ x }}": 1 })).toEqual(template);
    expect(checkValue([{ a: 1 }, { "<<": {} }])).toMatchObject({ reason: { code: "edit-alias" } });
    expect(checkValue({ a: -0 })).toEqual(disputed);
  });

  test("nests fifteen deep, and no deeper", () => {
    const nested = (depth: number): EntryValue => (depth === 0 ? "x" : [nested(depth - 1)]);
    expect(checkValue(nested(15))).toBeUndefined();
    expect(checkValue(nested(16))).toEqual(tooLarge);
  });

  test("has five hundred parts at most, wherever they are", () => {
    const items = (count: number): EntryValue => Array.from({ length: count }, () => null);
    expect(checkValue(items(499))).toBeUndefined();
    expect(checkValue(items(500))).toEqual(tooLarge);
    expect(checkValue({ a: items(249), b: items(248) })).toBeUndefined();
    expect(checkValue({ a: items(249), b: items(249) })).toEqual(tooLarge);
  });
});

describe("a new key", () => {
  test("may be any safe text of a thousand characters", () => {
    for (const key of ["a", "", "on", "k".repeat(1000)]) expect(checkKey(key)).toBeUndefined();
    expect(checkKey("k".repeat(1001))).toEqual(refusal("edit-unsupported", "the new key is too long"));
    expect(checkKey("a\u200bb")).toMatchObject({ reason: { code: "edit-unsupported" } });
  });

  test("merges no other mapping", () => {
    expect(checkKey("<<")).toEqual(refusal("edit-alias", "the new key would merge another mapping"));
  });
});
