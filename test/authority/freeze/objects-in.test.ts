import { describe, expect, test } from "vitest";
import { at, objectsIn, textAt } from "../../../src/authority/freeze/objects-in.ts";

const named = (text: string) => objectsIn(text).map(({ kind, name }) => `${kind}/${name}`);
const [a, b] = ["{kind: A, metadata: {name: a}}", "{kind: B, metadata: {name: b}}"];

describe("objectsIn", () => {
  test("tells an object by its kind, its name and its namespace, with all that it says", () => {
    expect(objectsIn("kind: A\nmetadata: {name: a, namespace: n}\nx: 1\n")).toEqual([
      { kind: "A", name: "a", namespace: "n", value: { kind: "A", metadata: { name: "a", namespace: "n" }, x: 1 } },
    ]);
    expect(objectsIn("kind: A\nmetadata: {name: a, namespace: 1}\n")[0]?.namespace).toBeUndefined();
    expect(objectsIn(a)[0]?.namespace).toBeUndefined();
  });

  test.each([
    ["nothing", "", []],
    ["an object that can't be read to its end", `${a.slice(0, -1)}, x: [\n`, []],
    ["no kind", "metadata: {name: a}\n", []],
    ["a kind that is no text", "kind: 1\nmetadata: {name: a}\n", []],
    ["an empty kind", "kind: ''\nmetadata: {name: a}\n", []],
    ["no name", "kind: A\n", []],
    ["an empty name", "kind: A\nmetadata: {name: ''}\n", []],
    ["a name that is no text", "kind: A\nmetadata: {name: 1}\n", []],
    ["a value", "1\n", []],
    ["a list", `- ${a}\n`, []],
    ["several documents", `${a}\n---\n${b}\n`, ["A/a", "B/b"]],
    ["a document that can't be read among others", `${a}\n---\nx: [\n---\n${b}\n`, ["A/a", "B/b"]],
    ["a key that is written twice", `kind: B\nkind: A\nmetadata: {name: a}\n`, ["A/a"]],
    ["an alias", "x: &n a\nkind: A\nmetadata: {name: *n}\n", ["A/a"]],
    ["an alias of nothing", "kind: A\nmetadata: {name: *n}\n", []],
    ["a list of objects", `kind: List\nitems: [${a}, ${b}]\n`, ["A/a", "B/b"]],
    ["a list of one kind", `kind: AList\nmetadata: {name: l}\nitems: [${a}]\n`, ["A/a"]],
    ["a list in a list", `kind: List\nitems: [{kind: List, items: [${a}]}]\n`, ["A/a"]],
    ["a list as a key", `${b}\n---\n[a]: 1\nkind: A\nmetadata: {name: a}\n`, ["B/b"]],
    ["an object beside what nests without end", `${a}\n---\n${"[".repeat(200)}\n`, []],
    ["an object with items that is no list", `kind: Lists\nmetadata: {name: l}\nitems: [${a}]\n`, ["Lists/l"]],
    ["an object that is called a list", "kind: AllowList\nmetadata: {name: l}\nitems: {x: 1}\n", ["AllowList/l"]],
  ])("in %s", (_, text, expected) => {
    expect(named(text)).toEqual(expected);
  });

  test("gives up where aliases would make a small text large", () => {
    const lines = Array.from(
      { length: 12 },
      (_, level) => `x${level + 1}: &x${level + 1} [*x${level}, *x${level}, *x${level}]\n`,
    );
    expect(objectsIn(`kind: A\nmetadata: {name: a}\nx0: &x0 [1]\n${lines.join("")}`)).toEqual([]);
  });
});

describe("at", () => {
  const value = { a: { b: 1, none: null }, list: ["x"] };
  test.each([
    [["a", "b"], 1],
    [["a", "c"], undefined],
    [["c", "b"], undefined],
    [["a", "b", "c"], undefined],
    [["a", "none"], null],
    [["a", "none", "b"], undefined],
    [["list", "0"], "x"],
    [["toString"], undefined],
    [["list", "0", "length"], undefined],
    [[], value],
  ])("%j", (path, expected) => {
    expect(at(value, path)).toEqual(expected);
  });
});

test("textAt tells a text, and an empty one where there is none", () => {
  expect(textAt({ a: { b: "x" } }, ["a", "b"])).toBe("x");
  expect(textAt({ a: 1 }, ["a"])).toBe("");
  expect(textAt({ a: ["x"] }, ["a"])).toBe("");
  expect(textAt(undefined, ["a"])).toBe("");
});
