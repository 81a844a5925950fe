import { expect, test } from "vitest";
import type { FieldPath } from "../../../src/gitops/catalogue/catalogue.ts";
import type { EntryValue, RemoveEntry } from "../../../src/gitops/edit/edit.ts";
import { proveEntries } from "../../../src/gitops/edit/entries/prove-entries.ts";

type Row = readonly [name: string, before: string, after: string, path: FieldPath, value: EntryValue];

test.each<Row>([
  ["an entry", "a: 1\n", "a: 1\nb: 2\n", ["b"], 2],
  ["an entry with its parents", "a: 1\n", "a: 1\nb: {c: [x]}\n", ["b", "c", 0], "x"],
  ["an item", "- a\n", "- a\n- b\n", [1], "b"],
  ["what fills an empty parent", "a:\n", "a: {b: 1}\n", ["a", "b"], 1],
  ["an entry of a document that was empty", "---\n", "---\nb: 2\n", ["b"], 2],
  ["an entry between others", "a: 1\nc: 3\n", "a: 1\nb: 2\nc: 3\n", ["b"], 2],
  ["an item between others", "- a\n- c\n", "- a\n- b\n- c\n", [1], "b"],
  ["an item of a list in a list", "- [a]\n- b\n", "- [a, c]\n- b\n", [0, 1], "c"],
  ["an item of a list below a key", "a: [x]\n", "a: [x, z]\n", ["a", 1], "z"],
  ["an entry of a mapping in a list", "- {a: 1}\n", "- {a: 1, b: 2}\n", [0, "b"], 2],
  ["nothing, written out", "a: 1\n", "a: 1\nb: null\n", ["b"], null],
  ["nothing, left out", "a: 1\n", "a: 1\nb:\n", ["b"], null],
  ["a key between braces alone", "{a: 1}\n", "{a: 1, b}\n", ["b"], null],
  ["a quoted text that some would read as a boolean", "a: 1\n", 'a: 1\nb: "yes"\n', ["b"], "yes"],
  ["a quoted key that some would read as a boolean", "a: 1\n", 'a: 1\n"on": 2\n', ["on"], 2],
  [
    "a collection",
    "a: 1\n",
    "a: 1\nb: {c: [1, null, x, {}], d: true, e: [], f:}\n",
    ["b"],
    { c: [1, null, "x", {}], d: true, e: [], f: null },
  ],
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
  ["a whole document more", "a: 1\n", "a: 1\n---\nb: 2\n", ["b"], 2],
  ["a collection that doesn't end", "a: 1\n", "a: 1\nb: {c: 1\n", ["b"], { c: 1 }],
  ["a document", "---\n", "---\nb\n", [], "b"],
  ["a second item of a made list", "a: 1\n", "a: 1\nb: [x]\n", ["b", 1], "x"],
  ["a value for a made list", "a: 1\n", "a: 1\nb: x\n", ["b", 0], "x"],
  ["a mapping for a made list", "a: 1\n", "a: 1\nb: {0: x}\n", ["b", 0], "x"],
  ["a list for a made mapping", "a: 1\n", "a: 1\nb: [x]\n", ["b", "c"], "x"],
  ["a made mapping without its entry", "a: 1\n", "a: 1\nb: {}\n", ["b", "c"], null],
  ["a made mapping with an anchor", "a: 1\n", "a: 1\nb: &x {c: 1}\n", ["b", "c"], 1],
  ["a made mapping with a tag", "a: 1\n", "a: 1\nb: !other {c: 1}\n", ["b", "c"], 1],
  ["a made list with an anchor", "a: 1\n", "a: 1\nb: &x [c]\n", ["b", 0], "c"],
  ["a made list with a tag", "a: 1\n", "a: 1\nb: !other [c]\n", ["b", 0], "c"],
  ["a mapping with an anchor", "a: 1\n", "a: 1\nb: &x {c: 1}\n", ["b"], { c: 1 }],
  ["a mapping with a tag", "a: 1\n", "a: 1\nb: !other {c: 1}\n", ["b"], { c: 1 }],
  ["a list with an anchor", "a: 1\n", "a: 1\nb: &x [c]\n", ["b"], ["c"]],
  ["a list with a tag", "a: 1\n", "a: 1\nb: !other [c]\n", ["b"], ["c"]],
  ["nothing with an anchor", "a: 1\n", "a: 1\nb: &x\n", ["b"], null],
  ["a key with an anchor", "a: 1\n", "a: 1\n&x b: 2\n", ["b"], 2],
  ["a key with a tag", "a: 1\n", "a: 1\n!!str b: 2\n", ["b"], 2],
  ["a key within with an anchor", "a: 1\n", "a: 1\nb: {&x c: 1}\n", ["b"], { c: 1 }],
  ["what fills a parent with an anchor", "a: &x\n", "a: {b: 1}\n", ["a", "b"], 1],
  ["an item for an entry", "- y\n", "- y\n- x\n", ["b"], "x"],
  ["an item for a value", "a: x\n", "a: [x]\n", ["a", 0], "x"],
  ["an item for a mapping", "a: {b: 1}\n", "a: [x]\n", ["a", 0], "x"],
  ["an entry for a list", "a: [b]\n", "a: {b: 1}\n", ["a", "b"], 1],
  ["a tag on a list on the way", "a: [x]\n", "a: !other [x, z]\n", ["a", 1], "z"],
  ["nothing where an item was to come", "- a\n", "- a\n", [1], null],
  ["more items than one", "- a\n", "- a\n- b\n- c\n", [1], "b"],
  ["a change of one of the other items", "- a\n- b\n", "- a\n- d\n- c\n", [2], "c"],
  ["nothing for an empty text", "a: 1\n", "a: 1\nb:\n", ["b"], ""],
  ["an empty text for nothing", "a: 1\n", 'a: 1\nb: ""\n', ["b"], null],
  ["an empty text on the way that went", 'a: ""\n', "a: {b: 1}\n", ["a", "b"], 1],
  ["a null on the way that went", "a: ~\n", "a: {b: 1}\n", ["a", "b"], 1],
  ["one of two entries within", "a: 1\n", "a: 1\nb: {c: 1, e: 2}\n", ["b"], { c: 1, d: 2 }],
  ["another value of one of two entries within", "a: 1\n", "a: 1\nb: {c: 1, d: 3}\n", ["b"], { c: 1, d: 2 }],
  ["a value for a list", "a: 1\n", "a: 1\nb: x\n", ["b"], ["x"]],
  ["a value for a mapping", "a: 1\n", "a: 1\nb: x\n", ["b"], { x: null }],
  ["a list for a value", "a: 1\n", "a: 1\nb: [x]\n", ["b"], "x"],
  ["what can't be read", "a: 1\n", "a: 1\nb: 2\nb: 3\n", ["b"], 2],
])("%s isn't what was meant", (_, before, after, path, value) => {
  expect(proveEntries(before, after, { kind: "insert", document: 0, path, value })).toMatchObject({
    reason: { code: "edit-not-proved" },
  });
});

test("a document is told from another one", () => {
  const edit = (document: number) => ({ kind: "insert", document, path: ["c"], value: 2 }) as const;
  const [before, after] = ["a: 1\n---\nb: 1\n", "a: 1\n---\nb: 1\nc: 2\n"];
  expect(proveEntries(before, after, edit(1))).toBeUndefined();
  const notProved = { reason: { code: "edit-not-proved" } };
  expect(proveEntries(before, after, edit(0))).toMatchObject(notProved);
  expect(proveEntries(before, before, edit(2))).toMatchObject(notProved);
  // A document of its own is no entry of one.
  const fresh = { kind: "insert", document: 1, path: ["b"], value: 2 } as const;
  expect(proveEntries("a: 1\n", "a: 1\n---\nb: 2\n", fresh)).toMatchObject(notProved);
  const broken = "a: 1\n---\nb: 1\nc: {d: 1\n";
  expect(proveEntries(before, broken, { ...edit(1), value: { d: 1 } })).toMatchObject(notProved);
});

type Gone = readonly [name: string, before: string, after: string, path: FieldPath, value: RemoveEntry["before"]];

test.each<Gone>([
  ["an entry", "a: 1\nb: 2\n", "a: 1\n", ["b"], "2"],
  ["an empty entry", "a: 1\nb:\n", "a: 1\n", ["b"], ""],
  ["a text in quotes", "a: 1\nb: '2'\n", "a: 1\n", ["b"], "2"],
  ["an item", "- a\n- b\n- c\n", "- a\n- c\n", [1], "b"],
  ["an item deep down", "a: [{b: [c, d]}]\n", "a: [{b: [d]}]\n", ["a", 0, "b", 0], "c"],
  ["a collection", "a: 1\nb: {on: [yes, 2, '3'], d: {}}\n", "a: 1\n", ["b"], { on: ["yes", 2, "3"], d: {} }],
])("%s that went is proved", (_, before, after, path, value) => {
  expect(proveEntries(before, after, { kind: "remove", document: 0, path, before: value })).toBeUndefined();
});

test.each<Gone>([
  ["another value", "a: 1\nb: 2\n", "a: 1\n", ["b"], "3"],
  ["another entry", "a: 1\nb: 2\n", "b: 2\n", ["b"], "2"],
  ["its parent too", "a: {b: 2}\nc: 1\n", "c: 1\n", ["a", "b"], "2"],
  ["its parent's other entries", "a: {b: 2}\nc: 1\n", "a:\nc: 1\n", ["a", "b"], "2"],
  ["nothing", "a: 1\nb: 2\n", "a: 1\nb: 2\n", ["b"], "2"],
  ["a collection for a value", "a: 1\nb: [2]\n", "a: 1\n", ["b"], "2"],
  ["a value for an empty one", "a: 1\nb: 2\n", "a: 1\n", ["b"], ""],
  ["an empty one for a value", "a: 1\nb:\n", "a: 1\n", ["b"], "2"],
  ["the value of its parent", "a: 2\nc: 1\n", "a:\nc: 1\n", ["a", "b"], "2"],
  ["a collection of other types", "a: 1\nb: ['2']\n", "a: 1\n", ["b"], [2]],
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
