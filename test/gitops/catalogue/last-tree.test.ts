import { expect, test } from "vitest";
import { lastTree } from "../../../src/gitops/catalogue/last-tree.ts";

test("copies of a file that come one after the other are parsed once", () => {
  const read = lastTree();
  const first = read("apps/cart/kustomization.yaml", "resources: [a.yaml]\n");
  expect(read("apps/search/kustomization.yaml", "resources: [a.yaml]\n")).toBe(first);
  expect(read("apps/search/kustomization.yaml", "resources: [b.yaml]\n")).not.toBe(first);
});

test("a text is read as its name says, whatever was read before", () => {
  const read = lastTree();
  read("a.yaml", "x: 1\n");
  expect(read("a.txt", "x: 1\n")).toEqual({ ok: true, documents: [] });
});
