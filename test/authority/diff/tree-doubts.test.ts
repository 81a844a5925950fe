import { expect, test } from "vitest";
import { treeDoubts } from "../../../src/authority/diff/tree-doubts.ts";
import { parseYamlTree } from "../../../src/gitops/yaml-tree.ts";

function doubts(text: string): readonly string[] {
  const parsed = parseYamlTree(text);
  if (!parsed.ok) throw new Error("not YAML");
  return [...treeDoubts(parsed.documents)].sort();
}

test.each([
  ["scalars, lists and mappings", "a: 1\nb: [x, {c: 2}]\n", []],
  ["an anchor alone, which may be meant for a line that comes later", "a: &x 1\n", ["edit-alias"]],
  ["an alias", "a: &x 1\nb: *x\n", ["edit-alias"]],
  ["a merge key", "a:\n  <<: {b: 1}\n", ["edit-alias"]],
  ["a tag", "a: !!str 1\n", ["edit-unsupported"]],
  ["a tag of a mapping", "a: !x {b: 1}\n", ["edit-unsupported"]],
  ["a tag of a list", "a: !!set [b]\n", ["edit-unsupported"]],
  ["a tag of everything", "!x\na: 1\n", ["edit-unsupported"]],
  ["a key that is a list", "? [a]\n: 1\n", ["edit-unsupported"]],
  ["a key twice", "a: 1\na: 2\n", ["edit-duplicate-key"]],
  ["the same key in two mappings", "a: {x: 1}\nb: {x: 2}\n", []],
  ["deep within a list", "a:\n  - b:\n      - c: 1\n        c: 2\n", ["edit-duplicate-key"]],
  ["in a second document", "a: 1\n---\nb: &x 1\n", ["edit-alias"]],
  ["several", "a: &x 1\nb: !!int 2\nc: 1\nc: 2\n", ["edit-alias", "edit-duplicate-key", "edit-unsupported"]],
  ["nothing at all", "", []],
])("treeDoubts of %s", (_, text, expected) => {
  expect(doubts(text)).toEqual(expected);
});
