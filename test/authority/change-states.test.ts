import { expect, test } from "vitest";
import type { Change } from "../../src/authority/change.ts";
import { changeStates } from "../../src/authority/change-states.ts";
import { digest } from "../../src/digest.ts";

type Told = Parameters<typeof changeStates>[0];
type Effect = NonNullable<Change["effects"]>[number];
type TextLines = NonNullable<Change["lines"]>[number];

const effect = (change: Partial<Effect> = {}): Effect => ({
  file: "apps/checkout/values.yaml",
  document: 0,
  path: ["image", "tag"],
  line: 4,
  role: "image-tag",
  before: "v2",
  after: "v1",
  ...change,
});
const text: TextLines = { file: "flags.conf", line: 3, removed: ["on"], added: ["off"] };
const whole = [{ path: "a.yaml", before: "tag: v2\n", after: "tag: v1\n" }];
const states = (told: Partial<Told>) => changeStates({ files: whole, ...told });

test("going back gives the same two, swapped", () => {
  const there = states({ effects: [effect()], lines: [text] });
  const back = states({
    effects: [effect({ before: "v1", after: "v2" })],
    lines: [{ ...text, removed: ["off"], added: ["on"] }],
  });
  expect(back).toEqual({ from: there.to, to: there.from });
  expect(there.from).not.toBe(there.to);
});

test("what it finds and leaves is told at its own places only, whatever else stands in the file", () => {
  const elsewhere = [{ path: "a.yaml", before: "x: 1\ntag: v2\n", after: "x: 1\ntag: v1\n" }];
  expect(states({ effects: [effect()] })).toEqual(states({ effects: [effect()], files: elsewhere }));
  expect(states({ lines: [text] })).toEqual(states({ lines: [text], files: elsewhere }));
  expect(states({})).not.toEqual(states({ files: elsewhere }));
  expect(states({})).not.toEqual(states({ files: whole.map((file) => ({ ...file, path: "b.yaml" })) }));
});

test.each([
  [{ file: "apps/cart/values.yaml" }],
  [{ document: 1 }],
  [{ path: ["image", "newTag"] }],
  [{ before: "v3", after: "v3" }],
])("another place or value is another state: %j", (change) => {
  const one = states({ effects: [effect()] });
  const other = states({ effects: [effect(change)] });
  expect(other.from).not.toBe(one.from);
  expect(other.to).not.toBe(one.to);
});

test("fields and lines of text both count", () => {
  const both = states({ effects: [effect()], lines: [text] });
  expect(both).not.toEqual(states({ effects: [effect()] }));
  expect(both).not.toEqual(states({ lines: [text] }));
  expect(states({ lines: [text] })).not.toEqual(states({ lines: [{ ...text, file: "other.conf" }] }));
});

test("a file that comes or goes was, or is, empty, and no change at all has no states of a file", () => {
  const comes = changeStates({ files: [{ path: "a.yaml", before: undefined, after: "x\n" }] });
  expect(comes).toEqual(changeStates({ files: [{ path: "a.yaml", before: "", after: "x\n" }] }));
  expect(changeStates({ files: [{ path: "a.yaml", before: "x\n", after: undefined }] })).toEqual({
    from: comes.to,
    to: comes.from,
  });
  expect(changeStates({ files: [] })).toEqual({ from: digest([]), to: digest([]) });
});
