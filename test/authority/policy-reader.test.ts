import { describe, expect, test } from "vitest";
import type { Node } from "yaml";
import { PolicyReader } from "../../src/authority/policy-reader.ts";

function opened(text: string): { readonly reader: PolicyReader; readonly root: Node } {
  const reader = new PolicyReader("policy.yaml");
  const root = reader.open(text);
  if (root === undefined) throw new Error(JSON.stringify(reader.mistakes));
  return { reader, root };
}

/** What one method reads of a text, and the mistakes that it notes. */
function read<T>(text: string, ask: (reader: PolicyReader, root: Node) => T) {
  const { reader, root } = opened(text);
  return { value: ask(reader, root), mistakes: reader.mistakes.map(({ message }) => message) };
}

const refused = (text: string) => {
  const reader = new PolicyReader("policy.yaml");
  expect(reader.open(text)).toBeUndefined();
  return reader.mistakes;
};

describe("a text", () => {
  test("of exactly 64 KiB is read, and a longer one isn't", () => {
    const long = (length: number) => `x: ${"y".repeat(length - 3)}`;
    expect(opened(long(64 * 1024)).reader.mistakes).toEqual([]);
    expect(refused(long(64 * 1024 + 1))).toMatchObject([
      { file: "policy.yaml", line: 1, column: 1, message: "the file is longer than 64 KiB" },
    ]);
  });

  test.each([
    ["", "the file is empty", 1],
    ["%YAML 1.2\n", "Missing directives-end indicator line", 2],
    ["a: 1\na: 2\n", "Map keys must be unique", 2],
    ["a: !word 1\n", "Unresolved tag: !word", 1],
    ["a: &x 1\nb: *x\n", "aliases aren't allowed in a policy", 2],
  ])("%j has one mistake: %s", (text, message, line) => {
    expect(refused(text)).toMatchObject([{ message, line }]);
  });

  test.each(["[", "{a: ", "- ", "? "])("that nests %j without end is refused for that", (opening) => {
    expect(refused(opening.repeat(10_000))).toMatchObject([
      { message: "the file is nested too deeply to be read", line: 1, column: 1 },
    ]);
  });

  test("a place is that of the value, counted from one", () => {
    const { reader, root } = opened("a:\n  b: 1\n");
    reader.mistake(undefined, "no place");
    reader.mistake(reader.mapping(root, "it", { required: ["a"], optional: [] })?.get("a"), "a place", "x", "y");
    expect(reader.mistakes).toEqual([
      { file: "policy.yaml", line: 1, column: 1, message: "no place", expected: undefined, nearest: undefined },
      { file: "policy.yaml", line: 2, column: 3, message: "a place", expected: "x", nearest: "y" },
    ]);
  });
});

describe("a mapping", () => {
  const keys = { required: ["name"], optional: ["tier"] };
  const mapping = (text: string) => {
    const { value, mistakes } = read(text, (reader, root) => reader.mapping(root, "it", keys));
    return { keys: value && [...value.keys()], mistakes };
  };

  test.each([
    ["name: a\ntier: b\n", ["name", "tier"], []],
    ["{name: null}", ["name"], []],
    ["name: a", ["name"], []],
    ["tier: b", ["tier"], ["it lacks name"]],
    ["{name}", [], ["name has no value"]],
    ["{name: a, tier}", ["name"], ["tier has no value"]],
    ["{name: a, other: 1}", ["name"], ['it has no key "other"']],
    ["{name: a, 1: 1}", ["name"], ['it has no key "1"']],
    ["{name: a, [x]: 1}", ["name"], ['it has no key ""']],
    ["{[name]: a}", [], ['it has no key ""', "it lacks name"]],
    ["[name]", undefined, ["it isn't a mapping"]],
    ["name", undefined, ["it isn't a mapping"]],
  ])("%j", (text, found, mistakes) => {
    expect(mapping(text)).toEqual({ keys: found, mistakes });
  });

  test("an unknown key is told with what is known and what is nearest, and cut short", () => {
    const { reader, root } = opened(`{name: a, teir: 1, ${"x".repeat(61)}: 1, ${"y".repeat(60)}: 1}`);
    reader.mapping(root, "it", keys);
    expect(reader.mistakes).toMatchObject([
      { message: 'it has no key "teir"', expected: "one of name, tier", nearest: "tier", column: 11 },
      { message: `it has no key "${"x".repeat(59)}…"` },
      { message: `it has no key "${"y".repeat(60)}"` },
    ]);
  });
});

describe("a list", () => {
  const list = (text: string, least: number) => {
    const { value, mistakes } = read(text, (reader, root) => reader.list(root, "it", least));
    return { length: value?.length, mistakes };
  };

  test.each([
    ["[]", 0, 0, []],
    ["[]", 1, undefined, ["it is empty, and empty never means all"]],
    ["[a]", 1, 1, []],
    ["[a, null, {b: 1}]", 1, 3, []],
    ["- a\n-\n", 1, 2, []],
    ["a", 0, undefined, ["it isn't a list"]],
    ["{a: 1}", 0, undefined, ["it isn't a list"]],
  ])("%j of at least %i", (text, least, length, mistakes) => {
    expect(list(text, least)).toEqual({ length, mistakes });
  });
});

describe("a value", () => {
  test.each([
    ["abc", "abc", []],
    ['"1"', "1", []],
    ["1.10", undefined, ["it isn't in quotes"]],
    ["true", undefined, ["it isn't in quotes"]],
    ["ABC", undefined, ['it can\'t be "ABC"']],
    ["null", undefined, ["it isn't a plain value"]],
    ["[abc]", undefined, ["it isn't a plain value"]],
  ])("as a text: %s", (text, value, mistakes) => {
    expect(read(text, (reader, root) => reader.text(root, "it", /^[a-z0-9]+$/, "x"))).toEqual({ value, mistakes });
  });

  test.each([
    ["deny", "deny", [], undefined],
    ["dney", undefined, ['it can\'t be "dney"'], "deny"],
    ["1", undefined, ['it can\'t be "1"'], undefined],
    ["false", undefined, ['it can\'t be "false"'], undefined],
    ["[deny]", undefined, ["it isn't a plain value"], undefined],
  ])("as a word: %s", (text, value, mistakes, nearest) => {
    const { reader, root } = opened(text);
    expect(reader.word(root, "it", ["allow", "deny"])).toBe(value);
    expect(reader.mistakes.map(({ message }) => message)).toEqual(mistakes);
    expect(reader.mistakes[0]?.nearest).toBe(nearest);
  });

  test.each([
    ["2", 2, []],
    ["4", 4, []],
    ["1", undefined, ['it can\'t be "1"']],
    ["5", undefined, ['it can\'t be "5"']],
    ["2.5", undefined, ['it can\'t be "2.5"']],
    ['"3"', undefined, ['it can\'t be "3"']],
    [".nan", undefined, ['it can\'t be "NaN"']],
    [".inf", undefined, ['it can\'t be "Infinity"']],
    ["{a: 1}", undefined, ["it isn't a plain value"]],
  ])("as a whole number from two to four: %s", (text, value, mistakes) => {
    expect(read(text, (reader, root) => reader.integer(root, "it", 2, 4))).toEqual({ value, mistakes });
  });

  test.each([
    ["abc", 3, []],
    ['""', 0, []],
    ["long", undefined, ['it can\'t be "long"']],
    ["12", undefined, ['it can\'t be "12"']],
    ["[a]", undefined, ["it isn't a plain value"]],
  ])("as whatever a parser makes of it: %s", (text, value, mistakes) => {
    const parse = (found: string) => (found.length > 3 ? undefined : found.length);
    expect(read(text, (reader, root) => reader.parsed(root, "it", parse, "x"))).toEqual({ value, mistakes });
  });
});
