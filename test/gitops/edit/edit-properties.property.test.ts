import fc from "fast-check";
import { expect, test } from "vitest";
import { collectFields } from "../../../src/gitops/catalogue/collect-fields.ts";
import { readTree } from "../../../src/gitops/catalogue/read-tree.ts";
import { editFile } from "../../../src/gitops/edit/edit-file.ts";
import { readPairs } from "../../../src/gitops/edit/read-pairs.ts";

const path = fc.constantFrom("prod.env", ".env", ".env.production", "app.properties");
const line = fc.oneof(
  fc.stringMatching(/^(?:export )?[A-Za-z_][A-Za-z0-9_.]{0,6} ?= ?['"]?[A-Za-z0-9:/@. -]{0,10}['"]?(?: # \w+)?$/),
  fc.constantFrom(
    "",
    "# TAG=old",
    "! a=b",
    "list=a,\\",
    "  b",
    "\\",
    "A=\\u0041",
    'B="goes',
    'on"',
    "a b",
    "=x",
    "TAG",
  ),
  fc.string({ maxLength: 12 }),
);
const text = fc
  .record({
    lines: fc.array(line, { maxLength: 8 }),
    end: fc.constantFrom("\n", "\r\n"),
    mark: fc.constantFrom("", "\ufeff"),
  })
  .map(({ lines, end, mark }) => mark + lines.join(end));
const value = fc.oneof(fc.stringMatching(/^[A-Za-z0-9._:/-]{1,12}$/), fc.string({ maxLength: 12 }));

test("whatever is edited, only this value changes, and the way back gives every byte again", () => {
  let edited = 0;
  fc.assert(
    fc.property(path, text, fc.nat(), value, (file, before, index, after) => {
      const fields = fieldsOf(file, before);
      const field = fields[index % Math.max(1, fields.length)];
      if (field === undefined) return;
      const { document, path: key, range, value: old } = field;
      const result = editFile(file, before, [{ document, path: key, before: old, after }]);
      if (result.outcome === "refused") return;
      edited++;
      const [start, end] = range;
      expect(result.text.startsWith(before.slice(0, start))).toBe(true);
      expect(result.text.endsWith(before.slice(end))).toBe(true);
      expect(fieldsOf(file, result.text).map(pairOf)).toEqual(
        fields.map((each) => (each === field ? [each.path[0], after] : pairOf(each))),
      );
      const back = editFile(file, result.text, [{ document, path: key, before: after, after: old }]);
      expect(back).toMatchObject({ outcome: "edited", text: before });
    }),
    { numRuns: 2000 },
  );
  expect(edited).toBeGreaterThan(100);
});

test("both readers agree about what is edited at all", () => {
  fc.assert(
    fc.property(path, text, (file, all) => {
      const pairs = readPairs(file, all);
      for (const { path: key, value: told } of fieldsOf(file, all)) {
        const same = editFile(file, all, [{ document: 0, path: key, before: told, after: told }]);
        if (same.outcome === "edited") expect(pairs).toContainEqual([key[0], told]);
      }
    }),
  );
});

function fieldsOf(file: string, all: string) {
  const parsed = readTree(file, all);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.documents.flatMap((root, document) =>
    collectFields({ file, document, kind: undefined, lineAt: () => 1 }, root, []),
  );
}

function pairOf(field: { readonly path: readonly (string | number)[]; readonly value: string }) {
  return [field.path[0], field.value];
}
