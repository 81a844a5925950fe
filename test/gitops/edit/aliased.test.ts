import { expect, test } from "vitest";
import { aliased } from "../../../src/gitops/edit/aliased.ts";
import { parseYamlTree } from "../../../src/gitops/yaml-tree.ts";

test.each([
  ["as an entry", "x: &a 1\ny: *a\nz: 1\n", true],
  ["as an item", "- &a 1\n- *a\n- 1\n", true],
  ["deep down", "x: &a 1\ny:\n  - 1\n  - z: {w: *a}\n", true],
  ["as a merged mapping", "x: &a {y: 1}\nz: {<<: *a}\n", true],
  ["by another anchor only", "x: &a 1\ny: &b 2\nz: *b\n", false],
  ["nowhere", "x: &a 1\ny: [1, 2]\nz: {}\nw: []\n", false],
])("an anchor that is repeated %s", (_, text, expected) => {
  const parsed = parseYamlTree(text);
  const [root] = parsed.ok ? parsed.documents : [];
  if (root === undefined) throw new Error("the text can't be read");
  expect(aliased(root, new Set(["a", undefined]))).toBe(expected);
});
