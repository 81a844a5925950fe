import { describe, expect, test } from "vitest";
import { compareDocuments, type Difference } from "../../../src/authority/diff/compare-documents.ts";
import { parseYamlTree, type YamlNode } from "../../../src/gitops/yaml-tree.ts";

function parsed(text: string): readonly YamlNode[] {
  const tree = parseYamlTree(text);
  if (!tree.ok) throw new Error(tree.message);
  return tree.documents;
}

const differences = (before: string, after: string, file = "a.yaml"): readonly Difference[] =>
  compareDocuments(file, parsed(before), parsed(after));

const written = (node: YamlNode | undefined): string | undefined =>
  node?.kind === "scalar" ? node.value : node?.kind === "alias" ? `*${node.name}` : node?.kind;

/** `path: before -> after`, with nothing where nothing stands. */
const told = (before: string, after: string) =>
  differences(before, after).map(
    ({ path, before: old, after: fresh }) => `${path.join(".")}: ${written(old) ?? ""} -> ${written(fresh) ?? ""}`,
  );

describe("nothing differs", () => {
  test.each([
    ["the same", "a: 1\n", "a: 1\n"],
    ["comments and white space", "a: 1\n", "# x\na:   1 # y\n"],
    ["another order of keys", "a: 1\nb: 2\n", "b: 2\na: 1\n"],
    [
      "another order of named items",
      "- {name: a, x: 1}\n- {name: b, x: 2}\n",
      "- {name: b, x: 2}\n- {name: a, x: 1}\n",
    ],
    ["another order of documents", "kind: A\napiVersion: x\n---\nb: 1\n", "b: 1\n---\nkind: A\napiVersion: x\n"],
    ["braces instead of indentation", "a:\n  b: 1\nc:\n  - 1\n", "a: {b: 1}\nc: [1]\n"],
    ["other quotes of a text", 'a: "x"\n', "a: 'x'\n"],
    ["a text in a block", 'a: "x\\n"\n', "a: |\n  x\n"],
    ["the same alias", "a: &x 1\nb: *x\n", "a: &x 1\nb: *x\n"],
    ["nothing that stays nothing", "a:\nb: 1\n", "a:\nb: 1\n"],
    ["no documents", "", ""],
  ])("%s", (_, before, after) => {
    expect(told(before, after)).toEqual([]);
  });
});

describe("a difference", () => {
  test.each([
    ["a value", "a: 1\nb: 2\n", "a: 1\nb: 3\n", ["b: 2 -> 3"]],
    ["a value deep down", "a:\n  b:\n    - c: 1\n", "a:\n  b:\n    - c: 2\n", ["a.b.0.c: 1 -> 2"]],
    ["a number that becomes a text", "a: 1\n", 'a: "1"\n', ["a: 1 -> 1"]],
    ["a text that becomes a number", "a: '1'\n", "a: 1\n", ["a: 1 -> 1"]],
    ["nothing that becomes an empty text", "a:\n", 'a: ""\n', ["a:  -> "]],
    ["an empty text that becomes nothing", "a: ''\n", "a:\n", ["a:  -> "]],
    ["a tag that comes", "a: 1\n", "a: !!str 1\n", ["a: 1 -> 1"]],
    ["a tag that goes", "a: !!str 1\n", "a: 1\n", ["a: 1 -> 1"]],
    ["another alias", "x: &x 1\ny: &y 1\nb: *x\n", "x: &x 1\ny: &y 1\nb: *y\n", ["b: *x -> *y"]],
    ["an alias in a value's place", "a: &x 1\nb: 1\n", "a: &x 1\nb: *x\n", ["b: 1 -> *x"]],
    ["a value in an alias's place", "a: &x 1\nb: *x\n", "a: &x 1\nb: 1\n", ["b: *x -> 1"]],
    ["a mapping in a value's place", "a: 1\n", "a: {b: 1}\n", ["a: 1 -> mapping"]],
    ["a list in a mapping's place", "a: {b: 1}\n", "a: [1]\n", ["a: mapping -> sequence"]],
    ["a mapping in a list's place", "a: [1]\n", "a: {b: 1}\n", ["a: sequence -> mapping"]],
    ["a value in a list's place", "a: [1]\n", "a: 1\n", ["a: sequence -> 1"]],
    ["a key that comes", "a: 1\n", "a: 1\nb: 2\n", ["b:  -> 2"]],
    ["a key that goes", "a: 1\nb: 2\n", "a: 1\n", ["b: 2 -> "]],
    ["a key with another name", "a: 1\n", "b: 1\n", ["a: 1 -> ", "b:  -> 1"]],
    ["a key in quotes is the same key", "a: 1\n", '"a": 2\n', ["a: 1 -> 2"]],
    ["an item that comes at the end", "- 1\n", "- 1\n- 2\n", ["1:  -> 2"]],
    ["an item that goes", "- 1\n- 2\n", "- 2\n", ["0: 1 -> 2", "1: 2 -> "]],
    ["an item that comes before others", "- 1\n", "- 0\n- 1\n", ["0: 1 -> 0", "1:  -> 1"]],
    [
      "a named item, wherever it stands",
      "- {name: a, x: 1}\n- {name: b, x: 2}\n",
      "- {name: b, x: 3}\n- {name: a, x: 1}\n",
      ["1.x: 2 -> 3"],
    ],
    ["a named item that goes", "- {name: a}\n- {name: b}\n", "- {name: b}\n", ["0: mapping -> "]],
    [
      "items of one name by their places",
      "- {name: a, x: 1}\n- {name: a, x: 2}\n",
      "- {name: a, x: 1}\n- {name: a, x: 3}\n",
      ["1.x: 2 -> 3"],
    ],
    [
      "several, in the order of the text before",
      "a: 1\nb: 2\nc: 3\n",
      "d: 4\nb: 5\na: 6\n",
      ["a: 1 -> 6", "b: 2 -> 5", "c: 3 -> ", "d:  -> 4"],
    ],
    ["a key that isn't a text is passed over", "? [a]\n: 1\nb: 1\n", "? [c]\n: 2\nb: 2\n", ["b: 1 -> 2"]],
    ["a whole document of a value", "1\n", "2\n", [": 1 -> 2"]],
    ["a document that comes", "a: 1\n", "a: 1\n---\nb: 1\n", [":  -> mapping"]],
    ["a document that goes", "a: 1\n---\nb: 1\n", "a: 1\n", [": mapping -> "]],
    ["everything that comes", "", "a: 1\n", [":  -> mapping"]],
  ])("%s", (_, before, after, expected) => {
    expect(told(before, after)).toEqual(expected);
  });
});

const object = (kind: string, name: string, rest = "") =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}}\n${rest}`;

describe("a document", () => {
  test("is the one of the same kind and name, and counted where it stood before", () => {
    const [a, b] = [object("Service", "a", "x: 1\n"), object("Service", "b", "x: 1\n")];
    const found = differences(`${a}---\n${b}`, `${b.replace("x: 1", "x: 2")}---\n${a}`);
    expect(found).toMatchObject([{ document: 1, path: ["x"], kind: "Service" }]);
  });

  test("with another name goes, and one comes, counted where it stands", () => {
    const [a, b, c] = [object("Service", "a"), object("Service", "b"), object("Job", "c")];
    const found = differences(`${a}---\n${c}`, `${c}---\n${b}`);
    expect(
      found.map(({ document, kind, before, after, path, parent }) => [
        document,
        kind,
        written(before),
        written(after),
        path,
        parent,
      ]),
    ).toEqual([
      [0, "Service", "mapping", undefined, [], undefined],
      [1, "Service", undefined, "mapping", [], undefined],
    ]);
  });

  test("is the root of what differs in it, of the text before where there is one", () => {
    const before = parsed(object("Service", "a", "x: 1\n"));
    const after = parsed(object("Service", "a", "x: 2\n"));
    const [found] = compareDocuments("a.yaml", before, after);
    expect(found?.root).toBe(before[0]);
    expect(compareDocuments("a.yaml", [], after)[0]?.root).toBe(after[0]);
  });

  test("has its kind by the file's name, too", () => {
    expect(differences("namespace: a\n", "namespace: b\n", "x/kustomization.yaml")[0]?.kind).toBe("Kustomize");
    expect(differences("namespace: a\n", "namespace: b\n")[0]?.kind).toBeUndefined();
  });
});

describe("an item of a list of objects", () => {
  const list = (...items: readonly string[]) =>
    `apiVersion: v1\nkind: List\nitems:\n${items.map((item) => `  - ${item}\n`).join("")}`;
  const [a, b] = ["{apiVersion: v1, kind: Service, metadata: {name: a}, x: 1}", "{apiVersion: v1, kind: Job, x: 1}"];
  const about = (before: string, after: string) =>
    differences(before, after).map(({ kind, document, path, inObject }) => [kind, document, path, inObject]);

  test("is an object, wherever it stands", () => {
    const found = differences(list(a, b), list(b.replace("1}", "2}"), a));
    expect(found).toMatchObject([{ kind: "Job", document: 0, path: ["items", 1, "x"], inObject: ["x"] }]);
    expect(found[0]?.before).toMatchObject({ value: "1" });
  });

  test("is the same object as a document of its own", () => {
    expect(differences(list(a, b), `${a}\n---\n${b}\n`)).toEqual([]);
  });

  test("comes and goes as an object", () => {
    expect(about(list(a), list(a, b))).toEqual([["Job", 0, ["items", 1], []]]);
    expect(about(`x: 1\n---\n${list(a, b)}`, `x: 1\n---\n${list(b)}`)).toEqual([["Service", 1, ["items", 0], []]]);
  });

  test("may be a list itself", () => {
    const inner = (value: string) => `{kind: ServiceList, items: [${a.replace("1}", `${value}}`)}]}`;
    expect(about(list(inner("1")), list(inner("2")))).toEqual([["Service", 0, ["items", 0, "items", 0, "x"], ["x"]]]);
  });

  test("is a value only, where not all of them are objects or the kind isn't one of lists", () => {
    const mixed = (value: string) => list(a, `{x: ${value}}`);
    expect(about(mixed("1"), mixed("2"))).toEqual([["List", 0, ["items", 1, "x"], ["items", 1, "x"]]]);
    const other = (value: string) => list(a.replace("1}", `${value}}`)).replace("kind: List", "kind: Lists");
    expect(about(other("1"), other("2"))).toEqual([["Lists", 0, ["items", 0, "x"], ["items", 0, "x"]]]);
    const none = (value: string) => `apiVersion: x/v1\nkind: AllowList\nspec: {x: ${value}}\nitems: []\n`;
    expect(about(none("1"), none("2"))).toEqual([["AllowList", 0, ["spec", "x"], ["spec", "x"]]]);
    expect(about("items: [{kind: A}]\n", "items: [{kind: B}]\n")).toEqual([
      [undefined, 0, ["items", 0, "kind"], ["items", 0, "kind"]],
    ]);
  });
});

describe("what stands around a value", () => {
  test("is its mapping before, of a key that comes, too", () => {
    const before = parsed("env: {name: MODE, value: a}\n");
    const [env] = before[0]?.kind === "mapping" ? before[0].entries : [];
    for (const after of [
      "env: {name: MODE, value: b}\n",
      "env: {name: MODE, value: a, more: b}\n",
      "env: {name: MODE}\n",
    ]) {
      const [found] = compareDocuments("a.yaml", before, parsed(after));
      expect(found?.parent).toBe(env?.value);
    }
  });

  test("is none of an item", () => {
    expect(differences("a: [1]\n", "a: [2]\n")[0]?.parent).toBeUndefined();
    expect(differences("a: [1]\n", "a: [1, 2]\n")[0]?.parent).toBeUndefined();
  });
});

describe("the place of a difference", () => {
  const start = (before: string, after: string) => differences(before, after)[0]?.offset;
  test.each([
    ["a value, by its key after", "a: 1\nb: 2\n", "# x\na: 1\nb: 3\n", "# x\na: 1\n".length],
    ["a key that comes, after", "a: 1\n", "a: 1\nb: 2\n", "a: 1\n".length],
    ["a key that goes, before", "a: 1\nb: 2\n", "# x\na: 1\n", "a: 1\n".length],
    ["an item", "- 1\n- 2\n", "# x\n- 1\n- 3\n", "# x\n- 1\n- ".length],
    ["an item that is nothing", "- 1\n- 2\n", "- 1\n-\n", 0],
    ["an item that is an alias", "- &x 1\n- 2\n", "- &x 1\n- *x\n", "- &x 1\n- *x".length],
    ["a mapping that comes", "- {name: a}\n", "- {name: a}\n- {name: b}\n", "- {name: a}\n- ".length],
    ["a document that comes", "a: 1\n", "a: 1\n---\nb: 1\n", "a: 1\n---\n".length],
    ["a document that goes", "a: 1\n---\nb: 1\n", "a: 1\n", "a: 1\n---\n".length],
    ["a document that is another value", "--- 1\n", "--- 2\n", "--- ".length],
  ])("%s", (_, before, after, expected) => {
    expect(start(before, after)).toBe(expected);
  });
});
