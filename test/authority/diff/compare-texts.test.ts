import { describe, expect, test } from "vitest";
import { compareTexts } from "../../../src/authority/diff/compare-texts.ts";

const doubts = (before: string | undefined, after: string | undefined, path = "a.yaml") => [
  ...compareTexts(path, before, after).doubts,
];

test("values that are set are told, with what a second parser has to see", () => {
  const { changes, doubts, edits } = compareTexts("a.yaml", 'a: 1\nb: "x"\nc: 1\n', 'a: 2\nb: "y"\nc: 1\n');
  expect(changes).toMatchObject([
    { kind: "value-set", path: ["a"], from: "1", to: "2" },
    { kind: "value-set", path: ["b"], from: '"x"', to: '"y"' },
  ]);
  expect(doubts).toEqual(new Set());
  expect(edits).toEqual([
    { document: 0, path: ["a"], before: "1", after: "2" },
    { document: 0, path: ["b"], before: "x", after: "y" },
  ]);
});

describe("what can't be told", () => {
  test.each([
    ["another format", "a", "b", "script.sh", ["text-not-understood"]],
    ["no document on either side", "# a\n", "# b\n", "a.yaml", ["text-not-understood"]],
    ["no YAML before", "a: [", "a: 1\n", "a.yaml", ["edit-parse-error"]],
    ["no YAML after", "a: 1\n", "a: [", "a.yaml", ["edit-parse-error"]],
    ["a template before", "a: {{ if }}: x\n", "a: 1\n", "a.yaml", ["edit-template"]],
    ["a template after", "a: 1\n", "a: {{ if }}: x\n", "a.yaml", ["edit-template"]],
  ])("is everything: %s", (_, before, after, path, expected) => {
    expect(compareTexts(path, before, after)).toEqual({ changes: [], doubts: new Set(expected), edits: undefined });
  });

  test.each([
    ["an alias before", "a: &x 1\nb: *x\n", "a: 2\nb: 2\n", "edit-alias"],
    ["an alias after", "a: 1\nb: 1\n", "a: &x 1\nb: *x\n", "edit-alias"],
    ["a key twice before", "a: 1\na: 1\n", "a: 2\n", "edit-duplicate-key"],
    ["a key twice after", "a: 1\n", "a: 2\na: 2\n", "edit-duplicate-key"],
    ["a tag", "a: !!str 1\n", "a: !!str 2\n", "edit-unsupported"],
    ["a block before", "a: |\n  x\n", "a: x\n", "edit-block-scalar"],
    ["a block after", "a: x\n", "a: |\n  x\n", "edit-block-scalar"],
    ["comments", "a: 1\n", "a: 1 # x\n", "layout-changed"],
    ["comments beside a value", "a: 1\n", "a: 2 # x\n", "layout-changed"],
    ["white space", "a: 1\n", "a:  1\n", "layout-changed"],
    ["the order of keys", "a: 1\nb: 2\n", "b: 2\na: 1\n", "layout-changed"],
    ["quotes of one kind for another", "a: 'x'\n", 'a: "x"\n', "layout-changed"],
    ["nothing that becomes a value", "a:\n", "a: 1\n", "layout-changed"],
    [
      "an object in a list that says more than its items",
      "kind: List\nx: 1\nitems: [{kind: A, x: 1}]\n",
      "kind: List\nx: 2\nitems: [{kind: A, x: 2}]\n",
      "layout-changed",
    ],
  ])("is told beside the changes: %s", (_, before, after, doubt) => {
    expect(doubts(before, after)).toContain(doubt);
  });

  test("is a template that happens to be YAML, and no tag or key that is none", () => {
    expect(doubts("a: {{ x }}\n", "a: {{ y }}\n")).toEqual(["edit-unsupported", "edit-template", "layout-changed"]);
    expect(doubts("a: !x 1\n", "a: !x 2\n")).toEqual(["edit-unsupported"]);
    expect(doubts('a: "{{ x }}"\n', 'a: "{{ y }}"\n')).toEqual([]);
  });

  test("is nothing of blocks and layouts that stay", () => {
    expect(doubts("a: 1 # x\nb: |\n  text\n", "a: 2 # x\nb: |\n  text\n")).toEqual([]);
    expect(doubts("a: 1\n---\nb: 1\n", "a: 2\n---\nb: 2\n")).toEqual([]);
  });
});

describe("more than values that are set", () => {
  test.each([
    ["a key that comes", "a: 1\n", "a: 2\nb: 1\n"],
    ["a key that goes", "a: 1\nb: 1\n", "a: 1\n"],
    ["a document that comes", "a: 1\n", "a: 1\n---\nb: 1\n"],
    ["everything that comes", undefined, "a: 1\n"],
    ["everything that goes", "a: 1\n", undefined],
  ])("is no edit, and its layout isn't asked for: %s", (_, before, after) => {
    const compared = compareTexts("a.yaml", before, after);
    expect(compared.edits).toBeUndefined();
    expect(compared.doubts).toEqual(new Set());
    expect(compared.changes).not.toEqual([]);
  });
});

describe("an edit", () => {
  test("is none where something else than a value is set", () => {
    expect(compareTexts("a.yaml", "a: [1]\nb: 1\n", "a: 1\nb: 2\n").edits).toEqual([
      { document: 0, path: ["b"], before: "1", after: "2" },
    ]);
    expect(compareTexts("a.yaml", "a: 1\n", "a: [1]\n").edits).toEqual([]);
  });

  test("may be in JSON and in properties, too", () => {
    expect(compareTexts("a.json", '{"a": 1}', '{"a": 2}').edits).toHaveLength(1);
    expect(compareTexts("app.properties", "a=1\n", "a=2\n").edits).toHaveLength(1);
  });
});
