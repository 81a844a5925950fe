import fc from "fast-check";
import { expect, test } from "vitest";
import { parseAllDocuments, stringify } from "yaml";
import type { FieldPath } from "../../../src/gitops/catalogue/catalogue.ts";
import { collectFields } from "../../../src/gitops/catalogue/collect-fields.ts";
import { editScalars } from "../../../src/gitops/edit/edit-scalars.ts";
import { parseYamlTree } from "../../../src/gitops/yaml-tree.ts";

const word = fc.constantFrom(
  "image",
  "tag",
  "a",
  "name: x",
  "1.10",
  "yes",
  "0777",
  "null",
  "v1.2.3",
  "",
  " ",
  "#x",
  "é",
  "a b",
);
const scalar = fc.oneof(
  word,
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const key = fc.oneof(word, fc.string({ maxLength: 8 }));
const tree = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie("node"), { maxLength: 4 }),
    fc.dictionary(key, tie("node"), { maxKeys: 4 }),
  ),
})).node;

/** Documents in many spellings: indentation, quotes, flow, comments, line ends, a mark at the start. */
const documents = fc
  .record({
    trees: fc.array(tree, { minLength: 1, maxLength: 3 }),
    options: fc.record({
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
      collectionStyle: fc.constantFrom("any" as const, "block" as const, "flow" as const),
      defaultStringType: fc.constantFrom("PLAIN" as const, "QUOTE_SINGLE" as const, "QUOTE_DOUBLE" as const),
      lineWidth: fc.constantFrom(0, 80),
      minContentWidth: fc.constant(0),
      aliasDuplicateObjects: fc.boolean(),
    }),
    comment: fc.constantFrom("", "# comment\n", "\n\n"),
    lineEnd: fc.constantFrom("\n", "\r\n"),
    mark: fc.constantFrom("", "\ufeff"),
    finalNewline: fc.boolean(),
  })
  .map(({ trees, options, comment, lineEnd, mark, finalNewline }) => {
    const text = trees.map((value) => comment + stringify(value, options)).join("---\n");
    const ended = finalNewline ? text : text.replace(/\n$/, "");
    return mark + ended.replaceAll("\n", lineEnd);
  });

const value = fc.oneof(
  word,
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.integer().map(String),
  fc.stringMatching(/^[0-9a-f]{7}$/),
);

interface Place {
  readonly document: number;
  readonly path: FieldPath;
  readonly value: string;
  readonly range: readonly [number, number];
}

function places(text: string): Place[] {
  const parsed = parseYamlTree(text);
  if (!parsed.ok) return [];
  return parsed.documents.flatMap((root, document) =>
    collectFields({ file: "x.yaml", document, kind: undefined, lineAt: () => 1 }, root, []),
  );
}

test("field note S16: an edit changes one scalar and no other byte, and undoing it gives back the bytes; or it is refused", () => {
  let edited = 0;
  fc.assert(
    fc.property(documents, value, fc.nat(), (text, after, pick) => {
      const all = places(text);
      const place = all[pick % Math.max(1, all.length)];
      if (place === undefined) return;
      const result = editScalars(text, [{ document: place.document, path: place.path, before: place.value, after }]);
      if (result.outcome === "refused") return;
      edited += 1;
      const [start, end] = place.range;
      const tail = text.length - end;
      expect(result.text.slice(0, start)).toBe(text.slice(0, start));
      expect(result.text.slice(result.text.length - tail)).toBe(text.slice(end));
      const written = result.text.slice(start, result.text.length - tail);
      expect(written).not.toMatch(/[\r\n]/);

      const fresh = places(result.text);
      expect(fresh.map((other) => other.path)).toEqual(all.map((other) => other.path));
      for (const [index, other] of fresh.entries())
        expect(other.value).toBe(all[index] === place ? after : all[index]?.value);

      const undone = editScalars(result.text, [
        { document: place.document, path: place.path, before: after, after: place.value },
      ]);
      if (undone.outcome === "edited" && sameQuotes(text.slice(start, end), written)) expect(undone.text).toBe(text);
      const splice = result.splices[0];
      expect(
        result.text.slice(0, start) +
          text.slice(start, end) +
          result.text.slice(start + (splice?.replacement.length ?? 0)),
      ).toBe(text);
    }),
    { numRuns: 600 },
  );
  expect(edited).toBeGreaterThan(50);
});

/** Text that had to gain quotes keeps them when it is edited back, and an escape can be spelled in several ways. */
function sameQuotes(before: string, after: string): boolean {
  return before.charAt(0) === after.charAt(0) && !before.includes("\\")
    ? true
    : !/^["']/.test(after) && !/^["']/.test(before);
}

test("field note S16: whatever the second parser reads, it reads the same types before and after", () => {
  fc.assert(
    fc.property(documents, value, fc.nat(), (text, after, pick) => {
      const all = places(text);
      const place = all[pick % Math.max(1, all.length)];
      if (place === undefined) return;
      const { document, path } = place;
      const result = editScalars(text, [{ document, path, before: place.value, after }]);
      if (result.outcome === "refused") return;
      for (const version of ["1.1", "1.2"] as const) {
        const [old, fresh] = [text, result.text].map((each) =>
          parseAllDocuments(each, { version, logLevel: "silent" }),
        );
        const [was, is] = [old, fresh].map((list) =>
          Array.isArray(list) ? list[document]?.getIn([...path]) : undefined,
        );
        // Overflowing exponents are text for every reader that matters.
        if (Number.isFinite(was ?? 0) || typeof was !== "number")
          if (Number.isFinite(is ?? 0) || typeof is !== "number") expect(typeof is).toBe(typeof was);
      }
    }),
    { numRuns: 300 },
  );
});

test("arbitrary bytes never throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.string(), (text, after) => {
      for (const { document, path, value: before } of places(text).slice(0, 3))
        editScalars(text, [{ document, path, before, after }]);
      editScalars(text, [{ document: 0, path: ["a"], before: "x", after }]);
    }),
    { numRuns: 300 },
  );
});
