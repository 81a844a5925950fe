import { expect, test } from "vitest";
import type { FieldPath } from "../../../src/gitops/catalogue/catalogue.ts";
import type { EntryValue } from "../../../src/gitops/edit/edit.ts";
import { proveEntries } from "../../../src/gitops/edit/entries/prove-entries.ts";

type Row = readonly [name: string, before: string, after: string, path: FieldPath, value: EntryValue];

test.each<Row>([
  ["an entry", "a: 1\n", "a: 1\nb: 2\n", ["b"], 2],
  ["an entry with its parents", "a: 1\n", "a: 1\nb: {c: [x]}\n", ["b", "c", 0], "x"],
  ["an item", "- a\n", "- a\n- b\n", [1], "b"],
  ["what fills an empty parent", "a:\n", "a: {b: 1}\n", ["a", "b"], 1],
])("%s that came is proved", (_, before, after, path, value) => {
  expect(proveEntries(before, after, { kind: "insert", document: 0, path, value })).toBeUndefined();
});

test.each<Row>([
  ["nothing", "a: 1\n", "a: 1\n", ["b"], 2],
  ["another value", "a: 1\n", "a: 1\nb: 3\n", ["b"], 2],
  ["another type", "a: 1\n", 'a: 1\nb: "2"\n', ["b"], 2],
  ["text that some read as a boolean", "a: 1\n", "a: 1\nb: yes\n", ["b"], "yes"],
  ["a key that some read as a boolean", "a: 1\n", "a: 1\non: 2\n", ["on"], 2],
  ["a key within that some read as a boolean", "a: 1\n", "a: 1\nb: {on: 2}\n", ["b"], { on: 2 }],
  ["a made key that some read as a boolean", "a: 1\n", "a: 1\nb: {on: 2}\n", ["b", "on"], 2],
  ["another key", "a: 1\n", "a: 1\nc: 2\n", ["b"], 2],
  ["another key within", "a: 1\n", "a: 1\nb: {d: 1}\n", ["b"], { c: 1 }],
  ["more within", "a: 1\n", "a: 1\nb: {c: 1, d: 1}\n", ["b"], { c: 1 }],
  ["more beside what its made parent holds", "a: 1\n", "a: 1\nb: {c: 1, d: 1}\n", ["b", "c"], 1],
  ["more beside its item in a made list", "a: 1\n", "a: 1\nb: [x, z]\n", ["b", 0], "x"],
  ["another item", "a: 1\n", "a: 1\nb: [x, z]\n", ["b"], ["x", "w"]],
  ["a mapping for a list", "a: 1\n", "a: 1\nb: {}\n", ["b"], []],
  ["a list for a mapping", "a: 1\n", "a: 1\nb: []\n", ["b"], {}],
  ["an anchor", "a: 1\n", "a: 1\nb: &x 2\n", ["b"], 2],
  ["a tag", "a: 1\n", "a: 1\nb: !!str x\n", ["b"], "x"],
  ["another entry too", "a: 1\n", "a: 1\nb: 2\nc: 3\n", ["b"], 2],
  ["a change beside it", "a: 1\n", "a: 2\nb: 2\n", ["b"], 2],
  ["a change of order", "a: 1\nc: 1\n", "c: 1\na: 1\nb: 2\n", ["b"], 2],
  ["a change beside its parent", "a: {x: 1}\nc: 1\n", "a: {x: 1, b: 2}\nc: 2\n", ["a", "b"], 2],
  ["a change of a key on the way", "1: {x: 1}\n", '"1": {x: 1, b: 2}\n', ["1", "b"], 2],
  ["a change of a type on the way", "a: {x: 1}\n", "a: !!omap\n  - x: 1\n  - b: 2\n", ["a", "b"], 2],
  ["a tag on the way", "a: {x: 1}\n", "a: !other {x: 1, b: 2}\n", ["a", "b"], 2],
  ["what breaks off", "a: 1\n", "a: 1\nb: 2\n%", ["b"], 2],
  ["an item fewer", "a: 1\n", "a: 1\nb: [x]\n", ["b"], ["x", null]],
  ["an entry fewer", "a: 1\n", "a: 1\nb: {}\n", ["b"], { c: null }],
  ["an anchor on the way", "a: {x: 1}\n", "a: &y {x: 1, b: 2}\n", ["a", "b"], 2],
  ["an anchor on a list on the way", "a: [x]\n", "a: &y [x, z]\n", ["a", 1], "z"],
  ["a change beside its list", "- [a]\n- b\n", "- [a, c]\n- d\n", [0, 1], "c"],
  ["a change of another item", "- a\n", "- c\n- b\n", [1], "b"],
  ["an item in another place", "- a\n", "- b\n- a\n", [1], "b"],
  ["a change in another document", "a: 1\n---\nb: 1\n", "a: 1\nc: 2\n---\nb: 2\n", ["c"], 2],
  ["a document more", "a: 1\n", "a: 1\nb: 2\n---\nc: 1\n", ["b"], 2],
  ["a value on the way that went", "a: 1\n", "a: {b: 2}\n", ["a", "b"], 2],
  ["what can't be read", "a: 1\n", "a: 1\nb: 2\nb: 3\n", ["b"], 2],
])("%s isn't what was meant", (_, before, after, path, value) => {
  expect(proveEntries(before, after, { kind: "insert", document: 0, path, value })).toMatchObject({
    reason: { code: "edit-not-proved" },
  });
});

test.each([
  ["another value", "a: 1\nb: 2\n", "a: 1\n", ["b"], "3"],
  ["another entry", "a: 1\nb: 2\n", "b: 2\n", ["b"], "2"],
  ["its parent too", "a: {b: 2}\nc: 1\n", "c: 1\n", ["a", "b"], "2"],
  ["its parent's other entries", "a: {b: 2}\nc: 1\n", "a:\nc: 1\n", ["a", "b"], "2"],
  ["nothing", "a: 1\nb: 2\n", "a: 1\nb: 2\n", ["b"], "2"],
  ["a collection for a value", "a: 1\nb: [2]\n", "a: 1\n", ["b"], "2"],
])("%s that went isn't what was meant", (_, before, after, path, value) => {
  expect(proveEntries(before, after, { kind: "remove", document: 0, path, before: value })).toMatchObject({
    reason: { code: "edit-not-proved" },
  });
});

test("what goes may be named and typed as only some read it", () => {
  const gone = { kind: "remove", document: 0, path: ["on"], before: "yes" } as const;
  expect(proveEntries("on: yes\na: 1\n", "a: 1\n", gone)).toBeUndefined();
});

test("a file that the second parser can't read is refused as it is", () => {
  const edit = { kind: "insert", document: 0, path: ["b"], value: 2 } as const;
  expect(proveEntries("a: 1\na: 2\n", "a: 1\nb: 2\n", edit)).toMatchObject({ reason: { code: "edit-duplicate-key" } });
  expect(proveEntries("a: [\n", "a: 1\nb: 2\n", edit)).toMatchObject({ reason: { code: "edit-parse-error" } });
});
