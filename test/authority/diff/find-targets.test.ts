import { expect, test } from "vitest";
import { findTargets } from "../../../src/authority/diff/find-targets.ts";
import type { Catalogue, FieldPath } from "../../../src/gitops/catalogue/catalogue.ts";

const target = (service: string) => ({ service, environment: "production", namespace: undefined });
const scope = (path: FieldPath, document = 0) => ({ file: "a.yaml", document, path });
const catalogue: Catalogue = {
  targets: [],
  controllers: [],
  diagnostics: [],
  holders: (file) =>
    file === "a.yaml"
      ? [
          { target: target("cart"), scopes: [scope(["cart"]), scope(["shared", "image"])] },
          { target: target("checkout"), scopes: [scope(["checkout"], 1), scope(["shared"])] },
          { target: target("cart"), scopes: [scope(["cart", "more"])] },
          { target: target("nothing"), scopes: [] },
        ]
      : [],
};
const found = (path: FieldPath | undefined, document = 0, file = "a.yaml") =>
  findTargets(catalogue, { file, document, path }).map(({ service }) => service);

test.each([
  ["the place that a target holds", ["cart"], 0, ["cart"]],
  ["a place below", ["cart", "more", "tag"], 0, ["cart"]],
  ["a place above", [], 0, ["cart", "checkout"]],
  ["what several hold", ["shared", "image", "tag"], 0, ["cart", "checkout"]],
  ["what one of several holds", ["shared", "count"], 0, ["checkout"]],
  ["the same place of another document", ["cart"], 1, []],
  ["another document", ["checkout", "tag"], 1, ["checkout"]],
  ["a place beside", ["other"], 0, []],
] as const)("%s determines whoever holds it", (_, path, document, expected) => {
  expect(found(path, document)).toEqual(expected);
});

test("without a place everybody counts who holds a part of the file, each once", () => {
  expect(found(undefined)).toEqual(["cart", "checkout"]);
  expect(found(undefined, 7)).toEqual(["cart", "checkout"]);
});

test("a file that nobody holds determines nobody, nor does one of a catalogue that knows no holders", () => {
  expect(found(undefined, 0, "b.yaml")).toEqual([]);
  const { holders: _, ...unknown } = catalogue;
  expect(findTargets(unknown, { file: "a.yaml", document: 0, path: undefined })).toEqual([]);
});
