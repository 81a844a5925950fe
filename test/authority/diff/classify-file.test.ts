import { describe, expect, test } from "vitest";
import { type ClassifiedFile, classifyFile } from "../../../src/authority/diff/classify-file.ts";
import type { DiffSide } from "../../../src/authority/diff/diff-file.ts";

const path = "apps/checkout/values.yaml";
const absent: DiffSide = { mode: "000000", text: undefined };
const side = (text: string | undefined, mode = "100644"): DiffSide => ({ mode, text });
const classified = (before: DiffSide, after: DiffSide, at = path) => classifyFile({ path: at, before, after });
const texts = (before: string, after: string, at = path) => classified(side(before), side(after), at);
const codes = ({ denied }: ClassifiedFile) => denied.map(({ code }) => code);

const secret = "kind: Secret\nmetadata: {name: a}\n";

test("a value that is set is all that happens", () => {
  const file = { path, before: side("tag: v1\nport: 80\n"), after: side("tag: v2\nport: 80\n") };
  expect(classifyFile(file)).toEqual({
    file,
    as: undefined,
    changes: [
      {
        kind: "value-set",
        document: 0,
        path: ["tag"],
        inObject: ["tag"],
        line: 1,
        objectKind: undefined,
        object: undefined,
        role: "image-tag",
        from: "v1",
        to: "v2",
      },
    ],
    lines: 1,
    denied: [],
    unclear: new Set(),
    hazards: new Set(),
    edits: [{ document: 0, path: ["tag"], before: "v1", after: "v2" }],
  });
});

describe("what happens to a file", () => {
  test.each([
    ["it comes", absent, side("a: 1\n"), "file-added", ["file-added"]],
    ["it goes", side("a: 1\n"), absent, "file-removed", ["file-removed"]],
    ["another mode", side("a: 1\n"), side("a: 1\n", "100755"), "mode-changed", []],
    ["another mode and value", side("a: 1\n"), side("a: 2\n", "100755"), "mode-changed", []],
    ["it becomes a link", side("a: 1\n"), side("b", "120000"), "symlink", []],
    ["it was a link", side("b", "120000"), side("a: 1\n"), "symlink", []],
    ["a link comes", absent, side("b", "120000"), "symlink", []],
    ["it becomes a submodule", side("a: 1\n"), side(undefined, "160000"), "submodule", ["file-unreadable"]],
    ["a submodule goes", side(undefined, "160000"), absent, "submodule", ["file-unreadable"]],
    ["only comments", side("a: 1\n"), side("a: 1 # one\n"), "layout", ["layout-changed"]],
    ["no value that a parser reads", side("a: ["), side("a: {"), "unclassified", ["edit-parse-error"]],
    ["a value", side("a: 1\n"), side("a: 2\n"), undefined, []],
    ["a key", side("a: 1\n"), side("a: 1\nb: 2\n"), undefined, []],
  ] as const)("%s", (_, before, after, as, unclear) => {
    const found = classified(before, after);
    expect(found.as).toBe(as);
    expect([...found.unclear]).toEqual(unclear);
  });

  test("is told beside the values that change with it", () => {
    const found = classified(side("a: 1\n"), side("a: 2\n", "100755"));
    expect(found.changes).toMatchObject([{ kind: "value-set", path: ["a"] }]);
    expect(classified(absent, side("a: 1\n")).changes).toMatchObject([{ kind: "object-added" }]);
  });

  test("isn't told by the text of a link or a submodule", () => {
    for (const mode of ["120000", "160000"])
      expect(classified(side("a: 1\n", mode), side("a: 2\n", mode)).changes).toEqual([]);
  });
});

describe("what a second parser has to agree with", () => {
  test.each([
    ["a value that is set", side("a: 1\n"), side("a: 2\n"), true],
    ["a key that comes", side("a: 1\n"), side("a: 1\nb: 2\n"), false],
    ["a value of a file with another mode", side("a: 1\n"), side("a: 2\n", "100755"), false],
    ["a file that comes", absent, side("a: 1\n"), false],
    ["a side that can't be read", side("a: 1\n"), side(undefined), false],
  ] as const)("%s: %s", (_, before, after, given) => {
    expect(classified(before, after).edits !== undefined).toBe(given);
  });
});

describe("what isn't clear", () => {
  test.each([
    ["the text before can't be read", side(undefined), side("a: 1\n"), ["file-unreadable"]],
    ["the text after can't be read", side("a: 1\n"), side(undefined), ["file-unreadable"]],
    ["neither can", side(undefined), side(undefined), ["file-unreadable"]],
    ["a file comes that can't be read", absent, side(undefined), ["file-unreadable", "file-added"]],
    ["a character that nobody sees", side("a: 1\n"), side("a: 1\u200b\n"), ["text-invisible"]],
    ["line ends", side("a: 1\n"), side("a: 2\r\n"), ["encoding-changed", "layout-changed"]],
    ["an alias", side("a: &x 1\n"), side("a: &x 2\n"), ["edit-alias"]],
  ] as const)("%s", (_, before, after, unclear) => {
    expect([...classified(before, after).unclear]).toEqual(unclear);
  });

  test("changes nothing that can be told where a side can't be read", () => {
    expect(classified(side("a: 1\n"), side(undefined))).toMatchObject({ as: "unclassified", changes: [], lines: 1 });
  });
});

test("the lines are counted that a person has to look at", () => {
  expect(texts("a: 1\nb: 2\nc: 3\n", "a: 1\nb: 3\nc: 4\n").lines).toBe(2);
  expect(classified(absent, side("a: 1\nb: 2")).lines).toBe(2);
  expect(classified(side("a: 1\nb: 2\nc: 3"), absent).lines).toBe(3);
});

describe("a file is denied", () => {
  test.each([
    ["by its path", ".github/workflows/ci.yml", side("a: 1\n"), side("a: 2\n"), ["path-denied"]],
    ["by secrets before", path, side(secret), side("a: 1\n"), ["path-denied"]],
    ["by secrets after", path, side("a: 1\n"), side(secret), ["path-denied"]],
    ["by secrets that come with it", path, absent, side(secret), ["path-denied"]],
    ["by its path and by secrets", ".github/a.yaml", side("a: 1\n"), side(secret), ["path-denied", "path-denied"]],
    ["by its mode before", path, side("a: 1\n", "100755"), side("a: 1\n"), ["file-not-regular"]],
    ["by its mode after", path, side("a: 1\n"), side("a: 1\n", "120000"), ["file-not-regular"]],
    ["by path and mode", "CODEOWNERS", absent, side("b", "120000"), ["path-denied", "file-not-regular"]],
    ["never for coming", path, absent, side("a: 1\n"), []],
    ["never for going", path, side("a: 1\n"), absent, []],
  ] as const)("%s", (_, at, before, after, expected) => {
    expect(codes(classified(before, after, at))).toEqual(expected);
  });

  test.each([
    ["120000", "a symbolic link"],
    ["160000", "a submodule"],
    ["100755", "an executable"],
    ["100664", "something else"],
  ])("with mode %s as %s", (mode, what) => {
    const message = `Remit only writes plain files, and this is ${what}`;
    expect(classified(absent, side("x", mode)).denied).toEqual([{ code: "file-not-regular", message }]);
  });

  test("with the reason that people read", () => {
    expect(texts("a: 1\n", "a: 2\n", ".github/a.yaml").denied).toEqual([
      { code: "path-denied", message: "Remit never writes this path: it belongs to git or GitHub" },
    ]);
    expect(texts("a: 1\n", secret).denied).toEqual([
      { code: "path-denied", message: "Remit never writes a file that may hold secrets" },
    ]);
  });
});

describe("going back wouldn't undo", () => {
  test.each([
    ["a secret that is removed", path, secret, "a: 1\n", ["secret-rotated"]],
    ["a secret that comes", path, "a: 1\n", secret, ["secret-rotated"]],
    ["a file whose name says that it holds secrets", "apps/secrets.yaml", "a: 1\n", "a: 2\n", ["secret-rotated"]],
    ["nothing that is denied for another reason", "CODEOWNERS", "a", "b", []],
    ["what its owners mark", path, "rollback-safe: false\na: 1\n", "rollback-safe: false\na: 2\n", ["rollback-unsafe"]],
    ["a mark that comes", path, "a: 1\n", 'acme.io/rollback-safe: "false"\na: 1\n', ["rollback-unsafe"]],
    ["a mark that goes", path, "rollback-safe: 'false'\na: 1\n", "a: 1\n", ["rollback-unsafe"]],
    ["a mark in JSON", path, '{"acme.io/rollback-safe" : "false"}', "{}", ["rollback-unsafe"]],
    ["a mark without space", path, "{'rollback-safe':'false'}", "{}", ["rollback-unsafe"]],
    ["nothing that is marked as safe", path, 'rollback-safe: "true"\na: 1\n', 'rollback-safe: "true"\na: 2\n', []],
    ["nothing that only begins like the mark", path, "rollback-safe: falsework\n", "rollback-safe: falsehood\n", []],
    [
      "a claim of a volume that grows",
      path,
      "apiVersion: v1\nkind: PersistentVolumeClaim\nspec: {resources: {requests: {storage: 1Gi}}}\n",
      "apiVersion: v1\nkind: PersistentVolumeClaim\nspec: {resources: {requests: {storage: 2Gi}}}\n",
      ["volume-resized"],
    ],
    [
      "an item of a list whose service changes",
      path,
      "kind: List\nitems:\n  - {apiVersion: apps/v1, kind: StatefulSet, spec: {serviceName: a}}\n",
      "kind: List\nitems:\n  - {apiVersion: apps/v1, kind: StatefulSet, spec: {serviceName: b}}\n",
      ["field-immutable"],
    ],
  ] as const)("%s", (_, at, before, after, hazards) => {
    expect([...texts(before, after, at).hazards]).toEqual(hazards);
  });
});
