import { describe, expect, test } from "vitest";
import type { FieldPath } from "../../../src/gitops/catalogue/catalogue.ts";
import type { EditResult } from "../../../src/gitops/edit/edit.ts";
import { editScalars } from "../../../src/gitops/edit/edit-scalars.ts";

function edit(text: string, path: FieldPath, before: string, after: string, document = 0): EditResult {
  return editScalars(text, [{ document, path, before, after }]);
}

const accepted: readonly (readonly [
  name: string,
  text: string,
  path: FieldPath,
  before: string,
  after: string,
  result: string,
])[] = [
  ["a plain value", "tag: v1\n", ["tag"], "v1", "v2", "tag: v2\n"],
  ["comments and odd spaces", "a:   v1   # keep: v1\nb: v1\n", ["a"], "v1", "v2", "a:   v2   # keep: v1\nb: v1\n"],
  ["CRLF", "a: v1\r\nb: 2\r\n", ["a"], "v1", "v2", "a: v2\r\nb: 2\r\n"],
  ["a byte order mark", "\ufeffa: v1\n", ["a"], "v1", "v2", "\ufeffa: v2\n"],
  ["no final newline", "a: v1", ["a"], "v1", "v2", "a: v2"],
  ["single quotes", "a: 'v1'\n", ["a"], "v1", "it's", "a: 'it''s'\n"],
  ["double quotes", 'a: "v1"\n', ["a"], "v1", 'say "x"', 'a: "say \\"x\\""\n'],
  ["an escape in the old value", 'a: "v\\x31"\n', ["a"], "v1", "v2", 'a: "v2"\n'],
  ["flow style", "a: {b: [x, q], c: z}\n", ["a", "b", 1], "q", "w", "a: {b: [x, w], c: z}\n"],
  ["flow style that needs quotes", "a: [x, y]\n", ["a", 0], "x", "p, q", 'a: ["p, q", y]\n'],
  ["a flow mapping that needs quotes", "a: {b: x}\n", ["a", "b"], "x", "p, q", 'a: {b: "p, q"}\n'],
  ["a document that is one value", "v1\n", [], "v1", "v2", "v2\n"],
  [
    "sequences of mappings",
    "i:\n- n: a\n  t: v1\n- n: b\n  t: v1\n",
    ["i", 1, "t"],
    "v1",
    "v2",
    "i:\n- n: a\n  t: v1\n- n: b\n  t: v2\n",
  ],
  ["an anchor that nobody uses", "a: &x v1\n", ["a"], "v1", "v2", "a: &x v2\n"],
  ["a quoted version", 'v: "1.9"\n', ["v"], "1.9", "1.10", 'v: "1.10"\n'],
  ["text that becomes number-like", "v: v1\n", ["v"], "v1", "1.10", 'v: "1.10"\n'],
  ["text that becomes octal-like", "v: abc\n", ["v"], "abc", "0777", 'v: "0777"\n'],
  ["text that becomes null-like", "v: abc\n", ["v"], "abc", "null", 'v: "null"\n'],
  ["text that becomes a YAML 1.1 boolean", "v: abc\n", ["v"], "abc", "yes", 'v: "yes"\n'],
  ["text that becomes a date", "v: abc\n", ["v"], "abc", "2026-07-22", 'v: "2026-07-22"\n'],
  ["text that becomes an exponent", "v: abc1234\n", ["v"], "abc1234", "12e4567", "v: 12e4567\n"],
  ["text that becomes empty", "v: abc\n", ["v"], "abc", "", 'v: ""\n'],
  ["text that looks like a comment", "v: abc\n", ["v"], "abc", "a #b", 'v: "a #b"\n'],
  ["text that looks like a mapping", "v: abc\n", ["v"], "abc", "a: b", 'v: "a: b"\n'],
  ["a commit id that overflows as a number", "v: 6e59911\n", ["v"], "6e59911", "abc1234", "v: abc1234\n"],
  ["a number", "replicas: 2\n", ["replicas"], "2", "10", "replicas: 10\n"],
  ["a negative number", "n: 2\n", ["n"], "2", "-3", "n: -3\n"],
  ["a boolean", "on: true\n", ["on"], "true", "false", "on: false\n"],
  ["JSON", '{\n  "tag": "v1",\n  "n": 1\n}', ["tag"], "v1", "1.10", '{\n  "tag": "1.10",\n  "n": 1\n}'],
  [
    "an image with a digest",
    `i: r.io:5000/a:v1@sha256:${"a".repeat(64)}\n`,
    ["i"],
    `r.io:5000/a:v1@sha256:${"a".repeat(64)}`,
    "r.io:5000/a:v0",
    "i: r.io:5000/a:v0\n",
  ],
];

describe("accepted", () => {
  test.each(accepted)("%s", (_, text, path, before, after, result) => {
    const done = edit(text, path, before, after);
    expect(done).toMatchObject({ outcome: "edited", text: result });
  });

  test("the document that was named, and no other", () => {
    const text = "a: v1\n---\n# second\na: v1\n---\na: v1\n";
    expect(edit(text, ["a"], "v1", "v2", 1)).toMatchObject({ text: "a: v1\n---\n# second\na: v2\n---\na: v1\n" });
  });

  test("several values at once, in any order", () => {
    const edits = [
      { document: 0, path: ["b"], before: "z", after: "longer" },
      { document: 0, path: ["a"], before: "x", after: "" },
    ];
    expect(editScalars("a: 'x'\nb: z\n", edits)).toMatchObject({
      text: "a: ''\nb: longer\n",
      splices: [
        { start: 3, end: 6, replacement: "''" },
        { start: 10, end: 11, replacement: "longer" },
      ],
    });
  });

  test("nothing to change changes nothing", () => {
    expect(edit("a: 0777\n", ["a"], "0777", "0777")).toMatchObject({ outcome: "edited", text: "a: 0777\n" });
    expect(editScalars("a: 1\n", [])).toMatchObject({ outcome: "edited", text: "a: 1\n", splices: [] });
  });

  test("a templated neighbour in quotes is no hindrance", () => {
    const text = 'a: v1\nmessage: "{{ $labels.pod }} is down"\n';
    expect(edit(text, ["a"], "v1", "v2")).toMatchObject({ text: text.replace("v1", "v2") });
  });
});

const refused: readonly (readonly [
  code: string,
  name: string,
  text: string,
  path: FieldPath,
  before: string,
  after: string,
])[] = [
  ["edit-alias", "an alias", "a: &x v1\nb: *x\n", ["b"], "v1", "v2"],
  ["edit-alias", "a value that an alias repeats", "a: &x v1\nb: *x\n", ["a"], "v1", "v2"],
  [
    "edit-alias",
    "a value inside a mapping that is merged elsewhere",
    "a: &x {t: v1}\nb:\n  <<: *x\n",
    ["a", "t"],
    "v1",
    "v2",
  ],
  ["edit-alias", "a path through an alias", "a: &x {t: v1}\nb: *x\n", ["b", "t"], "v1", "v2"],
  ["edit-block-scalar", "a literal block", "a: |\n  v1\n", ["a"], "v1\n", "v2\n"],
  ["edit-block-scalar", "a folded block", "a: >-\n  v1\n", ["a"], "v1", "v2"],
  ["edit-block-scalar", "a path into a block of text", "a: |\n  b: v1\n", ["a", "b"], "v1", "v2"],
  ["edit-not-found", "a path into a value", "a: v1\n", ["a", "b"], "v1", "v2"],
  ["edit-template", "a templated value", 'a: "{{ .Values.tag }}"\n', ["a"], "{{ .Values.tag }}", "v2"],
  ["edit-template", "a template file", "{{- if .x }}\na: v1\n{{- end }}\n", ["a"], "v1", "v2"],
  ["edit-template", "a new value that is a template", "a: v1\n", ["a"], "v1", "{{ evil }}"],
  ["edit-duplicate-key", "a key written twice on the path", "a: v1\na: v1\n", ["a"], "v1", "v2"],
  ["edit-duplicate-key", "a key written twice elsewhere", "a: v1\nb: {c: 1, c: 2}\n", ["a"], "v1", "v2"],
  ["edit-not-found", "a missing key", "a: v1\n", ["b"], "v1", "v2"],
  ["edit-not-found", "a missing item", "a: [x]\n", ["a", 1], "x", "y"],
  ["edit-not-found", "an index into a mapping", "a: {b: x}\n", ["a", 0], "x", "y"],
  ["edit-not-scalar", "a mapping", "a: {b: x}\n", ["a"], "x", "y"],
  ["edit-parse-error", "broken YAML", "a: 'v1\nb: [\n", ["a"], "v1", "v2"],
  ["edit-unsupported", "an absent value", "a:\nb: 1\n", ["a"], "", "x"],
  ["edit-unsupported", "a tagged value", "a: !!str v1\n", ["a"], "v1", "v2"],
  ["edit-unsupported", "a value over several lines", "a: v1\n  more\n", ["a"], "v1 more", "v2"],
  ["edit-unsupported", "a line break in the new value", "a: v1\n", ["a"], "v1", "v2\nevil: true"],
  ["edit-unsupported", "an invisible character in the new value", 'a: "v1"\n', ["a"], "v1", "v\u202e2"],
  ["edit-unsupported", "a lone surrogate in the new value", 'a: "v1"\n', ["a"], "v1", "v\ud8002"],
  ["edit-type-changed", "a number that becomes text", "a: 1\n", ["a"], "1", "v2"],
  ["edit-type-changed", "an unquoted version that would lose a digit", "a: 1.9\n", ["a"], "1.9", "1.10"],
  ["edit-type-changed", "an unquoted number too long to be one", "a: 1\n", ["a"], "1", "12345678901234567890"],
  ["edit-type-changed", "a boolean of YAML 1.1 that becomes text", "a: yes\n", ["a"], "yes", "maybe"],
  ["edit-type-changed", "null", "a: null\n", ["a"], "null", "x"],
  ["edit-type-changed", "a number in JSON that becomes text", '{"a": 1}', ["a"], "1", "x"],
  ["value-drifted", "another value than expected", "a: v3\n", ["a"], "v1", "v2"],
];

describe("refused", () => {
  test.each(refused)("%s: %s", (code, _, text, path, before, after) => {
    expect(edit(text, path, before, after)).toMatchObject({ outcome: "refused", reason: { code } });
  });

  test("edit-not-found: a missing document", () => {
    expect(edit("a: v1\n", ["a"], "v1", "v2", 1)).toMatchObject({ reason: { code: "edit-not-found" } });
  });

  test("all edits, when one of them can't be made", () => {
    const edits = [
      { document: 0, path: ["a"], before: "1", after: "2" },
      { document: 0, path: ["b"], before: "1", after: "2" },
    ];
    expect(editScalars("a: 1\n", edits)).toMatchObject({ outcome: "refused", reason: { code: "edit-not-found" } });
  });

  test("two edits of one value", () => {
    const one = { document: 0, path: ["a"], before: "1", after: "2" };
    expect(editScalars("a: 1\n", [one, one])).toMatchObject({ reason: { code: "edit-unsupported" } });
  });

  test("file-too-large", () => {
    const text = `a: v1\n#${"x".repeat(1024 * 1024)}`;
    expect(edit(text, ["a"], "v1", "v2")).toMatchObject({ reason: { code: "file-too-large" } });
  });

  // S7: the nesting shapes and alias bombs that kill parsers.
  test.each(["[", "{a: ", "- ", "? "])("edit-parse-error: %j nested without end", (shape) => {
    for (const times of [1_000, 10_000, 100_000])
      expect(edit(shape.repeat(times), ["a"], "x", "y")).toMatchObject({ reason: { code: "edit-parse-error" } });
  });

  test("an alias bomb is edited around without going off", () => {
    const levels = Array.from(
      { length: 40 },
      (_, n) => `l${n}: &l${n} [${Array(9).fill(n === 0 ? "x" : `*l${n - 1}`)}]`,
    );
    const text = `a: v1\n${levels.join("\n")}\n`;
    expect(edit(text, ["a"], "v1", "v2")).toMatchObject({ outcome: "edited", text: text.replace("v1", "v2") });
  });

  test("field note S9: keys of prototypes are only keys", () => {
    const text = "__proto__:\n  polluted: v1\nconstructor: {prototype: {x: v1}}\n";
    expect(edit(text, ["__proto__", "polluted"], "v1", "v2")).toMatchObject({ outcome: "edited" });
    expect(edit(text, ["constructor", "prototype", "x"], "v1", "v2")).toMatchObject({ outcome: "edited" });
    expect(edit("a: 1\n", ["toString"], "", "x")).toMatchObject({ reason: { code: "edit-not-found" } });
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});
