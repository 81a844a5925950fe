import { describe, expect, test } from "vitest";
import type { FieldPath } from "../../../src/gitops/catalogue/catalogue.ts";
import type { EditResult, EntryValue, RemoveEntry } from "../../../src/gitops/edit/edit.ts";
import { editEntries } from "../../../src/gitops/edit/edit-entries.ts";

function insert(file: string, text: string, path: FieldPath, value: EntryValue, document = 0): EditResult {
  return editEntries(file, text, [{ kind: "insert", document, path, value }]);
}

function remove(file: string, text: string, path: FieldPath, before: RemoveEntry["before"]): EditResult {
  return editEntries(file, text, [{ kind: "remove", document: 0, path, before }]);
}

type Inserted = readonly [name: string, text: string, path: FieldPath, value: EntryValue, result: string];

/** What `remove` takes back to the byte. */
const inserted: readonly Inserted[] = [
  [
    "a single value above the first collection",
    "a: 1\nb: 2\nl:\n  - x\nm: 3\n",
    ["c"],
    4,
    "a: 1\nb: 2\nc: 4\nl:\n  - x\nm: 3\n",
  ],
  [
    "a single value not above a collection with a comment of its own",
    "# about l\nl:\n  - x\n",
    ["c"],
    4,
    "# about l\nl:\n  - x\nc: 4\n",
  ],
  [
    "a switch above all others",
    "spec:\n  interval: 1h\n  values:\n    x: 1\n",
    ["spec", "suspend"],
    true,
    "spec:\n  suspend: true\n  interval: 1h\n  values:\n    x: 1\n",
  ],
  [
    "a switch below the name behind a dash",
    "- name: a\n  cron: b\n  args:\n    - x\n",
    [0, "suspend"],
    true,
    "- name: a\n  suspend: true\n  cron: b\n  args:\n    - x\n",
  ],
  [
    "below the one that is named alike",
    "e:\n  Z_HUB_URL: a\n  PORT: b\n",
    ["e", "Z_HUB_MODE"],
    "c",
    "e:\n  Z_HUB_URL: a\n  Z_HUB_MODE: c\n  PORT: b\n",
  ],
  [
    "below its siblings, above the space and the comment of what follows",
    "spec:\n  interval: 1m\n\n# next\nstatus: x\n",
    ["spec", "suspend"],
    true,
    "spec:\n  interval: 1m\n  suspend: true\n\n# next\nstatus: x\n",
  ],
  ["below a comment beside its sibling", "a: 1 # one\n", ["b"], 2, "a: 1 # one\nb: 2\n"],
  [
    "below a comment that is indented as its sibling's",
    "m:\n  a:\n    x: 1\n    # y: 2\nz: 1\n",
    ["m", "c"],
    [3],
    "m:\n  a:\n    x: 1\n    # y: 2\n  c:\n    - 3\nz: 1\n",
  ],
  ["where no line ends", "spec:\n  interval: 1m", ["spec", "suspend"], true, "spec:\n  interval: 1m\n  suspend: true"],
  [
    "with CRLF",
    "spec:\r\n  interval: 1m\r\n",
    ["spec", "suspend"],
    true,
    "spec:\r\n  interval: 1m\r\n  suspend: true\r\n",
  ],
  ["with CRLF where no line ends", "a: 1\r\nb: 1", ["c"], 1, "a: 1\r\nb: 1\r\nc: 1"],
  ["behind a byte order mark", "\ufeffa: 1\n", ["b"], 2, "\ufeffa: 1\nb: 2\n"],
  ["into the first of two documents", "a: 1\n---\na: 1\n", ["b"], 2, "a: 1\nb: 2\n---\na: 1\n"],
  [
    "below a block of text",
    "a: |\n  text\nb: |-\n  text\n\n\n",
    ["c"],
    { d: 1 },
    "a: |\n  text\nb: |-\n  text\nc:\n  d: 1\n\n\n",
  ],
  [
    "below a block of text that keeps its empty lines",
    "x:\n  a: |+\n    t\n\nb: 1\n",
    ["x", "c"],
    [1],
    "x:\n  a: |+\n    t\n\n  c:\n    - 1\nb: 1\n",
  ],
  ["below a sibling without a value", "x:\n  a:\ny: 1\n", ["x", "b"], 1, "x:\n  a:\n  b: 1\ny: 1\n"],
  ["below a sibling that is an alias", "a: &x 1\nb: *x\n", ["c"], 1, "a: &x 1\nb: *x\nc: 1\n"],
  [
    "below a sibling in braces over several lines",
    "a: {\n  x: 1, # one\n  }\n",
    ["c"],
    [1],
    "a: {\n  x: 1, # one\n  }\nc:\n  - 1\n",
  ],
  [
    "with an empty line, where all entries have one between them",
    "a: 1\n\nb: 2\n\nc: 3\n",
    ["d"],
    4,
    "a: 1\n\nb: 2\n\nc: 3\n\nd: 4\n",
  ],
  [
    "in its place among sorted keys",
    "alpha: 1\nbeta: 2\ndelta: 3\neta: 4\ngamma: 5\n",
    ["charlie"],
    0,
    "alpha: 1\nbeta: 2\ncharlie: 0\ndelta: 3\neta: 4\ngamma: 5\n",
  ],
  [
    "before all sorted keys",
    "x:\n  b: 1\n  c: 2\n  d: 3\n  e: 4\n  f: 5\n",
    ["x", "a"],
    0,
    "x:\n  a: 0\n  b: 1\n  c: 2\n  d: 3\n  e: 4\n  f: 5\n",
  ],
  [
    "behind a dash nothing",
    "- b: 1\n  c: 2\n  d: 3\n  e: 4\n  f: 5\n",
    [0, "a"],
    0,
    "- b: 1\n  c: 2\n  d: 3\n  e: 4\n  f: 5\n  a: 0\n",
  ],
  [
    "between a comment and its key nothing",
    "# about b\nb: 1\nc: 2\nd: 3\ne: 4\nf: 5\n",
    ["a"],
    0,
    "# about b\nb: 1\nc: 2\nd: 3\ne: 4\nf: 5\na: 0\n",
  ],
  [
    "in the quotes of its neighbours",
    'e:\n  A: "x"\n  B: "002"\n',
    ["e", "C"],
    "y",
    'e:\n  A: "x"\n  B: "002"\n  C: "y"\n',
  ],
  ["in single quotes", "e:\n  A: 'x'\n  B: '002'\n", ["e", "C"], "003", "e:\n  A: 'x'\n  B: '002'\n  C: '003'\n"],
  [
    "without quotes where only what needs them has them",
    "e:\n  A: x\n  B: '002'\n",
    ["e", "C"],
    "a,b",
    "e:\n  A: x\n  B: '002'\n  C: a,b\n",
  ],
  [
    "with the quotes around a key",
    "e:\n  'on': x\n  'off': y\n",
    ["e", "yes"],
    "z",
    "e:\n  'on': x\n  'off': y\n  'yes': z\n",
  ],
  ["a number", "a: x\n", ["b"], 1.5, "a: x\nb: 1.5\n"],
  ["nothing", "a: x\n", ["b"], null, "a: x\nb: null\n"],
  ["an empty list and an empty mapping", "a: x\n", ["b"], { l: [], m: {} }, "a: x\nb:\n  l: []\n  m: {}\n"],
  [
    "an item among flush ones",
    'env:\n- name: A\n  value: "1"\nz: 1\n',
    ["env", 1],
    { name: "X", value: "1" },
    'env:\n- name: A\n  value: "1"\n- name: X\n  value: "1"\nz: 1\n',
  ],
  [
    "an item among indented ones",
    "tags:\n    - a\n    - b\n\nz: 1\n",
    ["tags", 2],
    "c",
    "tags:\n    - a\n    - b\n    - c\n\nz: 1\n",
  ],
  [
    "an item with the space behind its dash",
    "l:\n-   a: 1\n    b: 2\n",
    ["l", 1],
    { a: 1, b: 2 },
    "l:\n-   a: 1\n    b: 2\n-   a: 1\n    b: 2\n",
  ],
  [
    "an item in braces among such items",
    'l:\n  - { name: A, value: "1" }\n',
    ["l", 1],
    { name: "B", value: "2" },
    'l:\n  - { name: A, value: "1" }\n  - { name: B, value: "2" }\n',
  ],
  ["an item behind an empty one", "l:\n- a\n-\nz: 1\n", ["l", 2], "b", "l:\n- a\n-\n- b\nz: 1\n"],
  ["a list in a list", "l:\n- - a\n  - b\n", ["l", 1], ["c", "d"], "l:\n- - a\n  - b\n- - c\n  - d\n"],
  [
    "with the parents that are missing, and the file's steps",
    "spec:\n    template:\n        labels: {app: x}\n",
    ["spec", "template", "annotations"],
    { "example.org/at": "2026-01-01T00:00:00Z" },
    'spec:\n    template:\n        labels: {app: x}\n        annotations: {example.org/at: "2026-01-01T00:00:00Z"}\n',
  ],
  ["a list as flush as the others", "a:\n- x\nb: 1\n", ["c"], ["z"], "a:\n- x\nb: 1\nc:\n- z\n"],
  ["between braces", "a: {x: 1, y: 2}\n", ["a", "z"], 3, "a: {x: 1, y: 2, z: 3}\n"],
  ["between braces with a comma at the end", "a: [\n  x,\n  w,\n  ]\n", ["a", 2], "z", "a: [\n  x,\n  w,\n  z,\n  ]\n"],
  ["with quotes where braces need them", "a: {x: p}\n", ["a", "b"], "p,q", 'a: {x: p, b: "p,q"}\n'],
];

/** What `remove` can't take back without leaving nothing. */
const filled: readonly Inserted[] = [
  ["below an empty key", "env:\nz: 1\n", ["env", "A"], "1", 'env:\n  A: "1"\nz: 1\n'],
  ["an item below an empty key", "env:\nz:\n- 1\n", ["env", 0], "x", "env:\n- x\nz:\n- 1\n"],
  ["instead of empty braces", "env: {} # none\nz: 1\n", ["env", "A"], "x", "env: # none\n  A: x\nz: 1\n"],
  ["instead of empty brackets", "env: []", ["env", 0], "x", "env:\n  - x"],
  ["within empty brackets within braces", "{a: {b: []}}\n", ["a", "b", 0], "x", "{a: {b: [x]}}\n"],
  ["within braces that are the document", "{}\n", ["a"], "x", "{a: x}\n"],
  ["with missing parents below an empty key", "m:\n", ["m", "a", "l", 0, "b"], 1, "m:\n  a:\n    l:\n      - b: 1\n"],
];

const json: readonly Inserted[] = [
  [
    "over several lines",
    '{\n    "a": {\n        "b": 1\n    }\n}\n',
    ["a", "c"],
    { d: ["x"], e: {} },
    '{\n    "a": {\n        "b": 1,\n        "c": {\n            "d": [\n                "x"\n            ],\n            "e": {}\n        }\n    }\n}\n',
  ],
  ["with CRLF", '{\r\n  "a": 1\r\n}', ["b"], ["x"], '{\r\n  "a": 1,\r\n  "b": [\r\n    "x"\r\n  ]\r\n}'],
  ["on one line", '{"a": 1}', ["b"], { c: "x" }, '{"a": 1, "b": {"c": "x"}}'],
  ["without a space", '{"a":1,"b":2}', ["c"], { d: 1, e: 2 }, '{"a":1,"b":2,"c":{"d":1,"e":2}}'],
  ["an item", '["a", "b"]', [2], "c", '["a", "b", "c"]'],
  [
    "an item over several lines",
    '{\n  "l": [\n    "a"\n  ]\n}\n',
    ["l", 1],
    { x: "b" },
    '{\n  "l": [\n    "a",\n    {\n      "x": "b"\n    }\n  ]\n}\n',
  ],
];

describe("inserted", () => {
  test.each(inserted)("%s; and removed again", (_, text, path, value, result) => {
    expect(insert("a.yaml", text, path, value)).toMatchObject({ outcome: "edited", text: result });
    const before = typeof value === "object" && value !== null ? value : String(value);
    expect(remove("a.yaml", result, path, before)).toMatchObject({ outcome: "edited", text });
  });

  test.each(filled)("%s", (_, text, path, value, result) => {
    expect(insert("a.yaml", text, path, value)).toMatchObject({ outcome: "edited", text: result });
  });

  test.each(json)("in JSON: %s; and removed again", (_, text, path, value, result) => {
    expect(insert("a.json", text, path, value)).toMatchObject({ outcome: "edited", text: result });
    expect(
      remove("a.json", result, path, typeof value === "object" && value !== null ? value : String(value)),
    ).toMatchObject({
      outcome: "edited",
      text,
    });
  });

  test.each([
    "yes",
    "0123",
    "1.10",
    "1e3",
    "null",
    "12:30:45",
    "~",
    "",
    "12e4567",
    "0x1f",
    "1_000",
    "2026-07-22",
    "y",
    "off",
    "=",
    "<<",
    "- x",
    "a: b",
    "a #b",
    "{x",
    " x",
  ])("%j stays text for every reader, by its quotes", (value) => {
    expect(insert("a.yaml", "a: x\n", ["b"], value)).toMatchObject({ text: `a: x\nb: ${JSON.stringify(value)}\n` });
    if (!["", "12e4567", "<<", "{x"].includes(value) && value === value.trim())
      expect(insert("a.yaml", "a: x\n", [value], 1)).toMatchObject({ text: `a: x\n${JSON.stringify(value)}: 1\n` });
  });

  test("into the document that was named, and no other", () => {
    expect(insert("a.yaml", "a: 1\n---\na: 1\n---\na: 1\n", ["b"], 2, 1)).toMatchObject({
      text: "a: 1\n---\na: 1\nb: 2\n---\na: 1\n",
    });
  });
});
