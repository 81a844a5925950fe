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

/** Names of every part on the way to some field. */
function parts(names: Iterable<string>): ReadonlySet<string> {
  const all = [...names].flatMap((name) =>
    name.split("/").map((_, index, steps) => steps.slice(0, index + 1).join("/")),
  );
  return new Set(all);
}

function expectSameAlone(text: string, further: readonly string[] = []): void {
  const read = stableFields("manifest.yaml", text);
  const root = read?.scopeName({ document: 0, path: [] }) ?? "";
  const all = read?.fields(root) ?? new Map();
  for (const part of [...parts(all.keys()), ...further.map((path) => `${root}/${path}`)]) {
    const alone = stableFields("manifest.yaml", text)?.fields(part);
    const within = [...all].filter(([name]) => name === part || name.startsWith(`${part}/`));
    expect([...(alone ?? [])]).toEqual(within);
  }
}

test("a part has the same fields whether it is read alone or among all others", () => {
  fc.assert(
    fc.property(fc.dictionary(name, node, { minKeys: 1, noNullPrototype: true }), (content) => {
      expectSameAlone(dump(content));
    }),
    { numRuns: 300 },
  );
});

test.each([
  [
    "of an object",
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a, labels: {x: 1}, annotations: {y: 1}}\nstatus: {z: 1}\nspec: {r: 1}\n",
  ],
  ["beside its name", "env:\n  - {name: TAG, value: v1}\nimage: {repository: r, tag: v1}\n"],
  [
    "within a block of text",
    "kind: ConfigMap\ndata:\n  app.yaml: |\n    image: {tag: v1}\n    list: [{name: a, x: 1}]\n",
  ],
  ["that comes twice", "a: {x: 1}\na: {y: 2}\nb: {x: 1}\n"],
])("so has a part %s", (_, text) => {
  expectSameAlone(text, ["kind", "metadata", "metadata/labels", "status"]);
});

test("a part of one document isn't that of another", () => {
  const read = stableFields("values.yaml", "a: {x: 1}\n---\na: {x: 2}\n");
  const values = [0, 1].map((document) => {
    const part = read?.scopeName({ document, path: ["a"] }) ?? "";
    return [...(read?.fields(part).values() ?? [])].map(({ value }) => value);
  });
  expect(values).toEqual([["1"], ["2"]]);
});

test("a part that isn't there has no fields", () => {
  const read = stableFields("values.yaml", "a: {x: 1}\nlist: [{name: n, x: 1}]\n");
  const root = read?.scopeName({ document: 0, path: [] }) ?? "";
  for (const part of ["b", "a/y", "a/x/z", "list/[name=m]", "list/[7]"])
    expect(read?.fields(`${root}/${part}`).size).toBe(0);
  expect(read?.fields("other#0/a").size).toBe(0);
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
