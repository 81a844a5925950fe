import fc from "fast-check";
import { expect, it } from "vitest";
import { textEdits, withTextEdits } from "../../../src/gitops/edit/text-edits.ts";

const line = fc.constantFrom("a: 1\n", "b: 2\r\n", "\n", "c: ü\n", "---\n");
const text = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom("", "last: without an end"))
  .map(([lines, end]) => lines.join("") + end);
const file = fc.option(text, { nil: undefined });

it("the edits of a text give the other one back to the byte, also where a file comes or goes", () => {
  fc.assert(
    fc.property(file, file, (before, after) => {
      const edits = textEdits({ before, after });
      const stored: unknown = JSON.parse(JSON.stringify(edits));
      expect(stored).toEqual(edits);
      expect(withTextEdits(before, edits)).toBe(after);
    }),
  );
});

it("one line of a long text is one small edit", () => {
  const before = Array.from({ length: 5_000 }, (_, index) => `key${index}: value\n`).join("");
  const edits = textEdits({ before, after: before.replace("key70: value", "key70: other") });
  expect(edits).toEqual({ edits: [{ line: 70, removed: 1, added: "key70: other\n" }] });
});
