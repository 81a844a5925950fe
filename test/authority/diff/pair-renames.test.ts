import { expect, test } from "vitest";
import { classifyFile } from "../../../src/authority/diff/classify-file.ts";
import { pairRenames } from "../../../src/authority/diff/pair-renames.ts";

const absent = { mode: "000000", text: undefined };
const side = (text: string | undefined) => ({ mode: "100644", text });
const gone = (path: string, text: string | undefined) => classifyFile({ path, before: side(text), after: absent });
const come = (path: string, text: string | undefined) => classifyFile({ path, before: absent, after: side(text) });
const changed = (path: string, before: string, after: string) =>
  classifyFile({ path, before: side(before), after: side(after) });
const pairs = (...files: Parameters<typeof pairRenames>[0]) =>
  [...pairRenames(files)].map(([path, { from, to }]) => `${path}: ${from} -> ${to}`);

test("a file that goes and one that comes with the same text are one, by both names", () => {
  const expected = ["a.yaml: a.yaml -> b.yaml", "b.yaml: a.yaml -> b.yaml"];
  expect(pairs(gone("a.yaml", "x: 1\n"), come("b.yaml", "x: 1\n"))).toEqual(expected);
  expect(pairs(come("b.yaml", "x: 1\n"), gone("a.yaml", "x: 1\n"))).toEqual(expected);
});

test.each([
  ["another text", [gone("a.yaml", "x: 1\n"), come("b.yaml", "x: 2\n")]],
  ["no text at all", [gone("a.yaml", ""), come("b.yaml", "")]],
  ["a text that can't be read", [gone("a.yaml", undefined), come("b.yaml", undefined)]],
  ["a file that changes into it", [gone("a.yaml", "x: 1\n"), changed("b.yaml", "x: 2\n", "x: 1\n")]],
  ["a file that changes from it", [changed("a.yaml", "x: 1\n", "x: 2\n"), come("b.yaml", "x: 1\n")]],
  ["two that come", [come("a.yaml", "x: 1\n"), come("b.yaml", "x: 1\n")]],
])("%s makes no pair", (_, files) => {
  expect(pairs(...files)).toEqual([]);
});

test("a file is paired once", () => {
  const text = "x: 1\n";
  expect(pairs(gone("a.yaml", text), come("b.yaml", text), come("c.yaml", text))).toEqual([
    "a.yaml: a.yaml -> b.yaml",
    "b.yaml: a.yaml -> b.yaml",
  ]);
  expect(pairs(gone("a.yaml", text), gone("b.yaml", text), come("c.yaml", text))).toHaveLength(2);
});

test("several are paired each by its own text", () => {
  expect(
    pairs(gone("a.yaml", "x: 1\n"), gone("b.yaml", "x: 2\n"), come("c.yaml", "x: 2\n"), come("d.yaml", "x: 1\n")),
  ).toEqual([
    "b.yaml: b.yaml -> c.yaml",
    "c.yaml: b.yaml -> c.yaml",
    "a.yaml: a.yaml -> d.yaml",
    "d.yaml: a.yaml -> d.yaml",
  ]);
});
