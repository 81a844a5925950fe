import { describe, expect, test } from "vitest";
import type { FieldPath } from "../../../src/gitops/catalogue/catalogue.ts";
import type { EditResult, EntryValue, RemoveEntry } from "../../../src/gitops/edit/edit.ts";
import { editEntries } from "../../../src/gitops/edit/edit-entries.ts";

function insert(text: string, path: FieldPath, value: EntryValue | undefined = 1): EditResult {
  return editEntries("a.yaml", text, [{ kind: "insert", document: 0, path, value }]);
}

function remove(text: string, path: FieldPath, before: RemoveEntry["before"]): EditResult {
  return editEntries("a.yaml", text, [{ kind: "remove", document: 0, path, before }]);
}

type Insertion = readonly [code: string, name: string, text: string, path: FieldPath, value?: EntryValue];

const insertions: readonly Insertion[] = [
  ["edit-duplicate-key", "a key that is there", "a: 1\n", ["a"]],
  ["edit-duplicate-key", "an item that is there", "a: [x]\n", ["a", 0]],
  ["edit-duplicate-key", "a parent that is written twice", "a: {x: 1}\na: {y: 1}\n", ["a", "z"]],
  ["edit-duplicate-key", "a key written twice elsewhere", "a: 1\nb: {c: 1, c: 2}\n", ["d"]],
  ["edit-duplicate-key", "a parent whose key another one reads like", '1: {x: 1}\n"1": {y: 1}\n', ["1", "z"]],
  ["edit-not-found", "an item beyond the next one", "a: [x]\n", ["a", 2]],
  ["edit-not-found", "a later item of a list that is empty", "a:\nb: 1\n", ["a", 1]],
  ["edit-not-found", "a later item of a list that is made", "b: 1\n", ["a", 1]],
  ["edit-not-found", "a key of a list", "a: [x]\n", ["a", "b"]],
  ["edit-not-found", "a key of an empty list", "a: []\n", ["a", "b"]],
  ["edit-not-found", "an item of a mapping", "a: {x: 1}\n", ["a", 1]],
  ["edit-not-found", "an item before all", "a: [x]\n", ["a", -1]],
  ["edit-not-found", "a file of comments", "# nothing\n", ["a"]],
  ["edit-duplicate-key", "no path at all", "a: 1\n", []],
  ["edit-alias", "a parent that is an alias", "a: &x {b: 1}\nc: *x\n", ["c", "d"]],
  ["edit-alias", "a parent that an alias repeats", "a: &x {b: 1}\nc: *x\n", ["a", "d"]],
  ["edit-alias", "a parent whose parent an alias repeats", "a: &x {b: {e: 1}}\nc: *x\n", ["a", "b", "d"]],
  ["edit-alias", "a parent that merges another mapping", "a: &x {b: 1}\nc:\n  <<: *x\n  e: 1\n", ["c", "d"]],
  ["edit-alias", "a merge key", "a: {b: 1}\n", ["a", "<<"]],
  ["edit-block-scalar", "a parent that is a block of text", "a: |\n  b: 1\n", ["a", "c"]],
  ["edit-template", "a parent that is a template", 'a: "{{ .Values }}"\n', ["a", "c"]],
  ["edit-template", "a parent in which templates stand", "a:\n  b: {{ .Values.b }}\n", ["a", "c"]],
  ["edit-template", "a file that is a template", "{{- if .x }}\na: v1\n{{- end }}\n", ["b"]],
  ["edit-template", "a value that is a template", "a: 1\n", ["b"], "{{ evil }}"],
  ["edit-template", "a key that is a template", "a: 1\n", ["{{ evil }}"]],
  ["edit-template", "a key within the value that is a template", "a: 1\n", ["b"], { "{{ evil }}": 1 }],
  ["edit-parse-error", "a file that can't be read", "a: 'v1\nb: [\n", ["c"]],
  ["edit-unsupported", "a parent that is a value", "a: 1\n", ["a", "b"]],
  ["edit-unsupported", "a parent that says null", "a: null\n", ["a", "b"]],
  ["edit-unsupported", "an empty parent with an anchor", "a: &x\nb: 1\n", ["a", "b"]],
  ["edit-unsupported", "a parent with a tag", "a: !!omap\n  b: 1\n", ["a", "c"]],
  ["edit-unsupported", "an empty parent with a tag", "a: !!map {}\n", ["a", "c"]],
  ["edit-unsupported", "comments between braces", "a: [\n  x, # one\n  z\n  ]\n", ["a", 2]],
  ["edit-unsupported", "a comment behind the last between braces", "a: [\n  x # one\n  ]\n", ["a", 1]],
  ["edit-unsupported", "a comment in empty braces", "a: [ # none\n  ]\n", ["a", 0]],
  ["edit-unsupported", "a pair that is no mapping of its own", "a: [b: 1]\n", ["a", 0, "c"]],
  ["edit-unsupported", "line endings of old", "a: 1\rb: 2\r", ["c"]],
  ["edit-unsupported", "a line break in the value", "a: 1\n", ["b"], "x\nevil: true"],
  ["edit-unsupported", "a line break in the key", "a: 1\n", ["b\nevil"]],
  ["edit-unsupported", "an invisible character", "a: 1\n", ["b"], ["v\u202e2"]],
  ["edit-unsupported", "a key too long", "a: 1\n", ["b".repeat(1001)]],
  ["edit-unsupported", "a number that is none", "a: 1\n", ["b"], Number.NaN],
  ["edit-unsupported", "a number without end", "a: 1\n", ["b"], Number.POSITIVE_INFINITY],
  ["edit-unsupported", "a number that loses digits", "a: 1\n", ["b"], 2 ** 53],
  ["edit-unsupported", "a number below nothing", "a: 1\n", ["b"], -0],
  ["edit-unsupported", "a number that some readers take for text", "a: 1\n", ["b"], 1e-7],
  ["edit-unsupported", "a value too deep", "a: 1\n", ["b"], deep(17)],
  ["edit-unsupported", "a value too large", "a: 1\n", ["b"], Array.from({ length: 501 }, () => 1)],
];

function named([code, name, text, path, value]: Insertion) {
  return { code, name, text, path, value };
}

function deep(levels: number): EntryValue {
  return levels === 0 ? 1 : [deep(levels - 1)];
}

type Removal = readonly [code: string, name: string, text: string, path: FieldPath, before: RemoveEntry["before"]];

const removals: readonly Removal[] = [
  ["edit-not-found", "a key that isn't there", "a: 1\n", ["b"], "1"],
  ["edit-not-found", "the document itself", "a: 1\n", [], { a: 1 }],
  ["edit-duplicate-key", "a key that is written twice", "a: 1\na: 1\nb: 1\n", ["a"], "1"],
  ["edit-duplicate-key", "a key written twice elsewhere", "a: 1\nb: {c: 1, c: 2}\n", ["a"], "1"],
  ["value-drifted", "another value", "a: 1\nb: 2\n", ["a"], "2"],
  ["value-drifted", "a collection where a value is meant", "a: {x: 1}\nb: 2\n", ["a"], "1"],
  ["value-drifted", "a collection with more in it", "a: {x: 1, z: 2}\nb: 2\n", ["a"], { x: 1 }],
  ["value-drifted", "a collection with another key", "a: {x: 1}\nb: 2\n", ["a"], { z: 1 }],
  ["value-drifted", "a list with another item", "a: [1, 2]\nb: 2\n", ["a"], [1, 3]],
  ["edit-not-proved", "a collection with another type", 'a: {x: "1"}\nb: 2\n', ["a"], { x: 1 }],
  ["edit-alias", "an alias", "a: &x 1\nb: *x\n", ["b"], "1"],
  ["edit-alias", "what an alias may repeat", "a: &x 1\nb: 1\n", ["a"], "1"],
  ["edit-alias", "a collection that holds an anchor", "a: {x: &x 1}\nb: 1\n", ["a"], { x: 1 }],
  ["edit-alias", "a part of what an alias repeats", "a: &x {c: 1, d: 1}\nb: *x\n", ["a", "c"], "1"],
  ["edit-alias", "what covers something merged", "a: &x {c: 1}\nb:\n  <<: *x\n  c: 2\n", ["b", "c"], "2"],
  ["edit-block-scalar", "a block of text", "a: |\n  x\nb: 1\n", ["a"], "x\n"],
  ["edit-template", "a template", 'a: "{{ x }}"\nb: 1\n', ["a"], "{{ x }}"],
  ["edit-unsupported", "the last entry of a parent", "a:\n  b: 1\n", ["a", "b"], "1"],
  ["edit-unsupported", "the last item of a parent", "a: [1]\n", ["a", 0], "1"],
  ["edit-unsupported", "an entry with comments in lines of their own", "a:\n  # why\n  x: 1\nb: 2\n", ["a"], { x: 1 }],
  [
    "edit-unsupported",
    "an entry with a comment below that is a part of it",
    "a:\n  x: 1\n  # z: 2\nb: 2\n",
    ["a"],
    { x: 1 },
  ],
  ["edit-unsupported", "a first entry above a comment behind its dash", "- a: 1\n  # about b\n  b: 1\n", [0, "a"], "1"],
  ["edit-unsupported", "comments between braces", "a: [\n  x, # one\n  z\n  ]\n", ["a", 1], "z"],
  ["edit-not-proved", "an entry with a mark before its key", "? a\n: 1\nb: 2\n", ["a"], "1"],
];

describe("refused", () => {
  test.each(insertions.map(named))("$code: inserting $name", ({ code, text, path, value }) => {
    expect(insert(text, path, value)).toMatchObject({ outcome: "refused", reason: { code } });
  });

  test.each(removals)("%s: removing %s", (code, _, text, path, before) => {
    expect(remove(text, path, before)).toMatchObject({ outcome: "refused", reason: { code } });
  });

  test("all edits, when one of them can't be made", () => {
    const edits = [
      { kind: "insert", document: 0, path: ["b"], value: 1 },
      { kind: "remove", document: 0, path: ["a"], before: "2" },
    ] as const;
    expect(editEntries("a.yaml", "a: 1\n", edits)).toMatchObject({ reason: { code: "value-drifted" } });
  });

  test("a parent that is a value, and says so", () => {
    expect(insert("a: 1\n", ["a", "b"])).toMatchObject({
      reason: { message: "the path leads through a single value" },
    });
  });

  test("a document that isn't there", () => {
    const edit = { kind: "insert", document: 1, path: ["b"], value: 1 } as const;
    expect(editEntries("a.yaml", "a: 1\n", [edit])).toMatchObject({ reason: { code: "edit-not-found" } });
  });

  test("a file that is too large, and too many edits", () => {
    const edit = { kind: "insert", document: 0, path: ["b"], value: 1 } as const;
    const large = `a: 1\n#${"x".repeat(1024 * 1024)}`;
    expect(editEntries("a.yaml", large, [edit])).toMatchObject({ reason: { code: "file-too-large" } });
    expect(editEntries(".env", large.replace(": ", "="), [edit])).toMatchObject({ reason: { code: "file-too-large" } });
    const many = Array.from({ length: 201 }, () => edit);
    expect(editEntries("a.yaml", "a: 1\n", many)).toMatchObject({ reason: { code: "edit-unsupported" } });
  });

  test("field note S9: keys of prototypes are only keys", () => {
    const value: EntryValue = JSON.parse('{"__proto__": {"polluted": true}}');
    expect(insert("a: 1\n", ["b"], value)).toMatchObject({ text: "a: 1\nb:\n  __proto__:\n    polluted: true\n" });
    expect(insert("a: 1\n", ["__proto__", "polluted"], true)).toMatchObject({
      text: "a: 1\n__proto__:\n  polluted: true\n",
    });
    expect(insert("a: 1\n", ["toString"])).toMatchObject({ text: "a: 1\ntoString: 1\n" });
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  // S7: the nesting shapes that kill parsers.
  test.each(["[", "{a: ", "- ", "? "])("%j nested without end", (shape) => {
    for (const times of [1_000, 100_000])
      expect(insert(shape.repeat(times), ["a"])).toMatchObject({ reason: { code: "edit-parse-error" } });
  });
});
