import fc from "fast-check";
import { dump } from "js-yaml";
import { expect, test } from "vitest";
import { fieldReader } from "../../../src/gitops/history/field-reader.ts";
import { stableFields } from "../../../src/gitops/history/stable-fields.ts";

const name = fc.constantFrom("a", "b", "c/d", "[name=a]");
const { node } = fc.letrec((tie) => ({
  node: fc.oneof({ maxDepth: 4 }, fc.constant("x"), tie("list"), tie("mapping")),
  list: fc.array(fc.oneof(fc.record({ name, tag: fc.constant("v1") }), tie("node")), { maxLength: 4 }),
  mapping: fc.dictionary(fc.constantFrom("a", "b", "name", "key"), tie("node"), { noNullPrototype: true }),
}));

test("a field's name is the same whether it is asked for alone or among all others", () => {
  fc.assert(
    fc.property(fc.dictionary(name, node, { minKeys: 1, noNullPrototype: true }), (content) => {
      const read = stableFields("values.yaml", dump(content));
      const root = read?.scopeName({ document: 0, path: [] }) ?? "";
      const fields = read?.fields(root) ?? new Map();
      for (const [key, field] of fields) expect(read?.scopeName(field)).toBe(key);
    }),
    { numRuns: 300 },
  );
});

test("items are told by a name that only one of them has", () => {
  const read = stableFields(
    "values.yaml",
    "list: [{name: a, x: 1}, {name: b, x: 1}, {name: b, x: 1}, {id: 7, x: 1}]\n",
  );
  const names = [...(read?.fields(read.scopeName({ document: 0, path: [] }) ?? "").keys() ?? [])];
  expect(names.filter((key) => key.endsWith("/x")).map((key) => key.split("/")[2])).toEqual([
    "[name=a]",
    "[1]",
    "[2]",
    "[id=7]",
  ]);
});

test("a text that many commits share is read once", () => {
  const read = fieldReader();
  expect(read("values.yaml", "x: 1\n")).toBe(read("values.yaml", "x: 1\n"));
  expect(read("values.yaml", "x: 2\n")).not.toBe(read("values.yaml", "x: 1\n"));
});
