import { expect, test } from "vitest";
import type { ScalarEdit } from "../../../src/gitops/edit/edit.ts";
import { proveEdit } from "../../../src/gitops/edit/prove-edit.ts";

const edit = (path: ScalarEdit["path"], before: string, after: string, document = 0): ScalarEdit => ({
  document,
  path,
  before,
  after,
});
const anything = "a: &x !t {b: , c: ~, ? d, ? [e] : .nan}\n*x : [*x, -0]\n";
const code = (before: string, after: string, ...edits: readonly ScalarEdit[]) =>
  proveEdit(before, after, edits)?.reason.code;

test.each<[string, string, string, ...ScalarEdit[]]>([
  ["text", "a: v1\nb: 1\n", "a: v2\nb: 1\n", edit(["a"], "v1", "v2")],
  ["text in quotes that looks like a number", 'a: "1.9"\n', 'a: "1.10"\n', edit(["a"], "1.9", "1.10")],
  ["a number", "a: 1\n", "a: 2\n", edit(["a"], "1", "2")],
  ["a number with another spelling of the same", "a: 1.0\n", "a: 1.00\n", edit(["a"], "1.0", "1.00")],
  ["a commit id that overflows as a number", "a: 6e59911\n", "a: abc1234\n", edit(["a"], "6e59911", "abc1234")],
  ["an item of a list", "a: [x, {b: y}]\n", "a: [x, {b: z}]\n", edit(["a", 1, "b"], "y", "z")],
  ["a value under a key that is a number", "1: x\n", "1: y\n", edit(["1"], "x", "y")],
  ["a second document", "a: x\n---\na: x\n", "a: x\n---\na: y\n", edit(["a"], "x", "y", 1)],
  ["two values", "a: x\nb: y\n", "a: y\nb: x\n", edit(["b"], "y", "x"), edit(["a"], "x", "y")],
  ["nothing in an empty file", "", ""],
  ["nothing in a document without content", "---\n---\na: x\n", "---\n---\na: x\n"],
  ["nothing beside nulls, aliases, labels and no number", anything, anything],
])("%s is proved", (_, before, after, ...edits) => {
  expect(code(before, after, ...edits)).toBeUndefined();
});

test.each<[string, string, string, ...ScalarEdit[]]>([
  ["something that no edit names", "a: x\n", "a: y\n"],
  ["another place than the edit's", "a: x\nb: x\n", "a: x\nb: y\n", edit(["a"], "x", "y")],
  ["another document than the edit's", "a: x\n---\na: x\n", "a: y\n---\na: x\n", edit(["a"], "x", "y", 1)],
  ["one thing more", "a: x\nb: x\n", "a: y\nb: y\n", edit(["a"], "x", "y")],
  ["one thing less", "a: x\nb: x\n", "a: y\nb: x\n", edit(["a"], "x", "y"), edit(["b"], "x", "y")],
  ["from another value than the edit's", "a: x\n", "a: y\n", edit(["a"], "z", "y")],
  ["to another value than the edit's", "a: x\n", "a: y\n", edit(["a"], "x", "z")],
  ["from text to a number", 'a: "1"\n', "a: 2\n", edit(["a"], "1", "2")],
  ["from a number to text", "a: 1\n", 'a: "2"\n', edit(["a"], "1", "2")],
  ["from a mapping to text", "a: {b: x}\n", "a: y\n", edit(["a"], "x", "y")],
  ["from text to a mapping", "a: x\n", "a: {b: y}\n", edit(["a"], "x", "y")],
  ["to what isn't YAML", "a: x\n", "a: [y\n", edit(["a"], "x", "y")],
  ["to what isn't YAML but looks as planned", "{a: x}\n", "{a: y\n", edit(["a"], "x", "y")],
  ["from one alias to another one", "[&x v, &y v, *x]\n", "[&x v, &y v, *y]\n", edit([2], "x", "y")],
  ["to a key that is written twice", "a: x\n", "a: y\na: y\n", edit(["a"], "x", "y")],
  ["with a document that comes", "a: x\n", "a: y\n---\nb: z\n", edit(["a"], "x", "y")],
  ["with a document that goes", "a: x\n---\nb: z\n", "a: y\n", edit(["a"], "x", "y")],
  ["with a key of another name", "a: x\nb: z\n", "a: y\nc: z\n", edit(["a"], "x", "y")],
  ["a key, and the edit names it by its place", "a: x\n", "b: x\n", edit([1], "a", "b")],
  ["under a key that is a list, and the edit names it by a place", "? [a]\n: x\n", "? [a]\n: y\n", edit([1], "x", "y")],
])("a change of %s isn't proved", (_, before, after, ...edits) => {
  expect(code(before, after, ...edits)).toBe("edit-not-proved");
});

test.each([
  ["a type tag", "!x v", "!y v"],
  ["the type tag of a mapping", "!x {b: v}", "!y {b: v}"],
  ["the type tag of a list", "!x [v]", "!y [v]"],
  ["an anchor", "&x v", "&y v"],
  ["the anchor of a mapping", "&x {b: v}", "&y {b: v}"],
  ["the anchor of a list", "&x [v]", "&y [v]"],
  ["the anchor of a key", "{&x b: v}", "{&y b: v}"],
  ["what an alias names", "[&x v, &y v, *x]", "[&x v, &y v, *y]"],
  ["an alias to what it names", "[&x v, *x]", "[&x v, v]"],
  ["text to an alias of the same", "[&x v, v]", "[&x v, *x]"],
  ["an alias to its own name", "[&x v, *x]", "[&x v, x]"],
  ["text to an alias of that name", "[&x v, x]", "[&x v, *x]"],
  ["the spelling of a number", "1.0", "1.00"],
  ["the spelling of nothing", "~", "null"],
  ["zero to what is less", "0", "-0"],
  ["an entry that comes", "{b: v}", "{b: v, c: v}"],
  ["an entry that goes", "{b: v, c: v}", "{b: v}"],
  ["the order of entries", "{b: v, c: v}", "{c: v, b: v}"],
  ["a value that comes", "{b}", "{b: v}"],
  ["a value that goes", "{b: v}", "{b}"],
  ["an item that comes", "[v]", "[v, v]"],
  ["an item that goes", "[v, v]", "[v]"],
  ["a mapping to a list", "{}", "[]"],
  ["a list to a mapping", "[]", "{}"],
])("%s may not change beside an edit", (_, before, after) => {
  const text = (value: string, tag: string) => `tag: ${tag}\nother: ${value}\n`;
  expect(code(text(before, "v1"), text(before, "v2"), edit(["tag"], "v1", "v2"))).toBeUndefined();
  expect(code(text(before, "v1"), text(after, "v2"), edit(["tag"], "v1", "v2"))).toBe("edit-not-proved");
});

test("a file that was broken before says so", () => {
  expect(code("a: v1\nb: {c: 1, c: 2}\n", "a: v2\nb: {c: 1, c: 2}\n", edit(["a"], "v1", "v2"))).toBe(
    "edit-duplicate-key",
  );
  expect(code("a: v1\n--- }\n", "a: v2\n--- }\n", edit(["a"], "v1", "v2"))).toBe("edit-parse-error");
});
