import { describe, expect, test } from "vitest";
import { compareDocuments } from "../../../src/authority/diff/compare-documents.ts";
import { DifferenceReader } from "../../../src/authority/diff/difference-reader.ts";
import { setScalars } from "../../../src/authority/diff/set-scalars.ts";
import { documentsOf } from "../../../src/gitops/catalogue/read-tree.ts";
import { applySplices } from "../../../src/gitops/edit/apply-splices.ts";

const differences = (before: string, after: string) =>
  compareDocuments("a.yaml", documentsOf("a.yaml", before), documentsOf("a.yaml", after));
const changes = (before: string, after: string) => {
  const reader = new DifferenceReader({ before, after });
  return differences(before, after).map((difference) => reader.change(difference));
};

describe("a change", () => {
  test("tells its object, its line, and what it is about", () => {
    const text = (tag: string) =>
      `x: 1\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - image: r.io/a:${tag}\n`;
    expect(changes(text("v1"), `# y\n${text('"v2"')}`)).toEqual([
      {
        kind: "value-set",
        document: 1,
        path: ["spec", "containers", 0, "image"],
        inObject: ["spec", "containers", 0, "image"],
        line: 9,
        objectKind: "Pod",
        object: "Pod/a",
        role: "image",
        from: "r.io/a:v1",
        to: 'r.io/a:"v2"',
      },
    ]);
  });

  test.each([
    ["a value", "a: 1\n", "a: 2\n", "value-set"],
    ["a value in a list's place", "a: [1]\n", "a: 2\n", "value-set"],
    ["a key that comes", "a: 1\n", "a: 1\nb: 2\n", "key-added"],
    ["a key that goes", "a: 1\nb: 2\n", "a: 1\n", "key-removed"],
    ["an object that comes", "a: 1\n", "a: 1\n---\nb: 2\n", "object-added"],
    ["an object that goes", "a: 1\n---\nb: 2\n", "a: 1\n", "object-removed"],
    ["a whole document of a value", "1\n", "2\n", "value-set"],
    [
      "an item of a list of objects",
      "kind: List\nitems: [{kind: A}, {kind: B}]\n",
      "kind: List\nitems: [{kind: A}]\n",
      "object-removed",
    ],
  ])("is of a kind: %s", (_, before, after, kind) => {
    expect(changes(before, after).map((change) => change.kind)).toEqual([kind]);
  });

  test("stands in the line of the text after, and of the one before where it goes", () => {
    expect(changes("a: 1\nb: 2\n", "# x\n\na: 1\nb: 3\n")[0]?.line).toBe(4);
    expect(changes("a: 1\n", "# x\n\na: 1\nb: 3\n")[0]?.line).toBe(4);
    expect(changes("a: 1\nb: 2\n", "# x\n\na: 1\n")[0]?.line).toBe(2);
  });

  test.each([
    ["kind: A\napiVersion: v1\nmetadata: {name: a}\n", "A/a"],
    ["kind: A\napiVersion: v1\n", "A"],
    ["metadata: {name: a}\n", "a"],
    ["{}\n", undefined],
  ])("names its object: %s", (text, object) => {
    expect(changes(text, `${text.replace("{}\n", "")}x: 1\n`)[0]?.object).toBe(object);
    expect(changes("", text)[0]).toMatchObject({ from: undefined, to: object });
    expect(changes(text, "")[0]).toMatchObject({ from: object, to: undefined });
  });
});

describe("what stands there", () => {
  const written = (value: string) => changes("x: 1\n", `x: 1\nv: ${value}\n`)[0]?.to;
  test.each([
    ["v1", "v1"],
    ['"v\\u0031"', '"v\\u0031"'],
    ["'it''s'", "'it''s'"],
    ["", ""],
    ["|\n  a\n  b", "a\nb\n"],
    [">-\n  a\n  b", "a b"],
    ["{b: 1, 'c': 2}", "{b, c}"],
    ["{}", "{}"],
    ["{? [x] : 1, b: 2}", "{?, b}"],
    ["[1, 2, 3]", "a list of 3"],
    ["[]", "a list of 0"],
  ])("is told as it is written, or by what it holds: %s", (value, expected) => {
    expect(written(value)).toBe(expected);
  });

  test("is told of both sides", () => {
    expect(changes("a: &x 'v1'\nb: *x\n", "a: &x 'v1'\nb: \"v2\"\n")[0]).toMatchObject({ from: "*x", to: '"v2"' });
    expect(changes("a: [1]\n", "a: *x\n")[0]).toMatchObject({ from: "a list of 1", to: "*x" });
  });
});

describe("a role", () => {
  test("is that of the value before, of the one after where there was none, and of the name beside it", () => {
    expect(changes("version: 1.2.3\n", "version: x\n")[0]?.role).toBe("revision");
    expect(changes("version: x\n", "version: 1.2.3\n")[0]?.role).toBe("other");
    expect(changes("a: 1\n", "a: 1\nversion: 1.2.3\n")[0]?.role).toBe("revision");
    expect(changes("version: [1]\n", "version: 1.2.3\n")[0]?.role).toBe("revision");
    expect(changes("version: 1.2.3\n", "version: [1]\n")[0]?.role).toBe("revision");
    expect(changes("- {name: image.tag, value: a}\n", "- {name: image.tag, value: b}\n")[0]?.role).toBe("image-tag");
    expect(changes("- {name: other, value: a}\n", "- {name: other, value: b}\n")[0]?.role).toBe("other");
  });

  test("is that in its object, wherever the object stands", () => {
    const release = (version: string) =>
      `kind: List\nitems:\n  - {apiVersion: v2, kind: HelmRelease, spec: {chart: {spec: {version: ${version}}}}}\n`;
    expect(changes(release("1.0.0"), release("2.0.0"))[0]?.role).toBe("chart-version");
  });
});

describe("splices", () => {
  const spliced = (before: string, after: string) => {
    const splices = new DifferenceReader({ before, after }).splices(setScalars(differences(before, after)));
    return applySplices(before, splices);
  };

  test.each([
    ["a value", "a: 1 # x\nb: 2\n", "a: 'y' # x\nb: 2\n"],
    ["everything", "1\n", "2\n"],
    ["several", "a: 1\nb: 2\nc: 3\n", "a: 10\nb: 2\nc: 30\n"],
    ["in several documents", "a: 1\n---\nb: 1\n", "a: 2\n---\nb: 2\n"],
    ["a block", "a: |\n  x\nb: 1\n", "a: |\n  y\nb: 1\n"],
  ])("put %s where the one before stood", (_, before, after) => {
    expect(spliced(before, after)).toBe(after);
  });

  test("of documents in another order are in the order of the text before", () => {
    const [a, b] = ["apiVersion: v1\nkind: A\nx: 1\n", "apiVersion: v1\nkind: B\nx: 1\n"];
    const changed = (text: string) => text.replace("x: 1", "x: 20");
    expect(spliced("b: 1\na: 1\n", "a: 2\nb: 3\n")).toBe("b: 3\na: 2\n");
    expect(spliced(`${a}---\n${b}`, `${changed(b)}---\n${changed(a)}`)).toBe(`${changed(a)}---\n${changed(b)}`);
  });

  test.each([
    ["nothing written before", "a:\nb: 1\n", "a: 1\nb: 1\n"],
    ["nothing written after", "a: 1\nb: 1\n", "a:\nb: 1\n"],
    ["a list before", "a: [1]\n", "a: 1\n"],
    ["a list after", "a: 1\n", "a: [1]\n"],
    ["a key that comes", "a: 1\n", "a: 1\nb: 1\n"],
    ["a key that goes", "a: 1\nb: 1\n", "a: 1\n"],
  ])("leave alone what has no place: %s", (_, before, after) => {
    expect(spliced(before, after)).toBe(before);
  });
});
