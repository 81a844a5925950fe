import fc from "fast-check";
import { expect, test } from "vitest";
import { parseAllDocuments, stringify } from "yaml";
import type { FieldPath } from "../../../src/gitops/catalogue/catalogue.ts";
import { applySplices } from "../../../src/gitops/edit/apply-splices.ts";
import type { EntryValue, InsertEntry, RemoveEntry } from "../../../src/gitops/edit/edit.ts";
import { editEntries } from "../../../src/gitops/edit/edit-entries.ts";
import { parseYamlTree, type YamlNode } from "../../../src/gitops/yaml-tree.ts";

const text = fc.constantFrom(
  "a",
  "v1.2.3",
  "1.10",
  "yes",
  "0777",
  "null",
  "",
  "~",
  "a b",
  "#x",
  "x: y",
  "it's",
  "12:30:45",
  "é",
  "a,b",
);
const scalar = fc.oneof(text, fc.integer({ min: -9, max: 9999 }), fc.boolean(), fc.constant(null));
const key = fc.constantFrom("image", "tag", "a", "b", "c", "on", "1", "replicas", "A_B_C", "A_B_D", "x/y", "suspend");
const tree = fc.letrec<{ node: EntryValue; map: EntryValue }>((tie) => ({
  node: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie("node"), { maxLength: 3 }), tie("map")),
  map: fc.dictionary(key, tie("node"), { minKeys: 1, maxKeys: 6 }),
}));

interface Sample {
  readonly file: string;
  readonly text: string;
}

/** Documents in many spellings: indentation, quotes, braces, comments, empty lines, line ends, a mark at the start. */
const samples: fc.Arbitrary<Sample> = fc
  .record({
    trees: fc.array(tree.map, { minLength: 1, maxLength: 2 }),
    options: fc.record({
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
      collectionStyle: fc.constantFrom("any" as const, "any" as const, "flow" as const),
      defaultStringType: fc.constantFrom("PLAIN" as const, "QUOTE_SINGLE" as const, "QUOTE_DOUBLE" as const),
      version: fc.constant("1.1" as const),
    }),
    json: fc.constantFrom(undefined, undefined, undefined, 0, 2),
    noise: fc.array(fc.constantFrom("", "", "", " # why", "\n# between", "\n"), { minLength: 8, maxLength: 8 }),
    lineEnd: fc.constantFrom("\n", "\r\n"),
    mark: fc.constantFrom("", "\ufeff"),
    finalNewline: fc.boolean(),
  })
  .map(({ trees, options, json, noise, lineEnd, mark, finalNewline }) => {
    if (json !== undefined)
      return { file: "x.json", text: JSON.stringify(trees[0], undefined, json).replaceAll("\n", lineEnd) };
    const flow = options.collectionStyle === "flow";
    const documents = trees.map((each) => stringify(each, options)).join("---\n");
    const lines = documents.replace(/\n$/, "").split("\n");
    const noisy = flow ? lines : lines.map((line, index) => line + (line === "---" ? "" : noise[index % noise.length]));
    return { file: "x.yaml", text: mark + noisy.join("\n").replaceAll("\n", lineEnd) + (finalNewline ? lineEnd : "") };
  });

interface Place {
  readonly document: number;
  readonly path: FieldPath;
  readonly node: YamlNode;
}

function collections(all: string): Place[] {
  const parsed = parseYamlTree(all);
  if (!parsed.ok) return [];
  const walk = (document: number, path: FieldPath, node: YamlNode): Place[] => {
    if (node.kind === "mapping")
      return [
        { document, path, node },
        ...node.entries.flatMap((entry) => walk(document, [...path, entry.key ?? ""], entry.value)),
      ];
    if (node.kind === "sequence")
      return [{ document, path, node }, ...node.items.flatMap((item, index) => walk(document, [...path, index], item))];
    return [];
  };
  return parsed.documents.flatMap((root, document) => walk(document, [], root));
}

interface Wish {
  readonly pick: number;
  readonly name: string;
  readonly value: EntryValue;
  /** Below a mapping and a list that aren't there. */
  readonly made: boolean;
}

const wish: fc.Arbitrary<Wish> = fc.record({
  pick: fc.nat(),
  name: key,
  value: fc.oneof(scalar, tree.node),
  made: fc.boolean(),
});

function insertionInto(all: string, { pick, name, value, made }: Wish): InsertEntry | undefined {
  const places = collections(all);
  const place = places[pick % Math.max(1, places.length)];
  if (place === undefined) return undefined;
  const step = place.node.kind === "sequence" ? place.node.items.length : name;
  const below = made ? ["made", 0] : [];
  return { kind: "insert", document: place.document, path: [...place.path, step, ...below], value };
}

/** What takes the whole insertion back: of made parents the first one. */
function takingBack({ document, path, value }: InsertEntry, made: boolean): RemoveEntry {
  const whole: EntryValue = made ? { made: [value] } : value;
  const before = typeof whole === "object" && whole !== null ? whole : String(whole);
  return { kind: "remove", document, path: made ? path.slice(0, -2) : path, before };
}

test("an insertion adds bytes in one place and takes none, and removing it gives back the bytes; or it is refused", () => {
  let [edited, undone] = [0, 0];
  fc.assert(
    fc.property(samples, wish, ({ file, text: all }, wanted) => {
      const edit = insertionInto(all, wanted);
      if (edit === undefined) return;
      const result = editEntries(file, all, [edit]);
      if (result.outcome === "refused") {
        expect(result.reason.code).not.toBe("edit-not-proved");
        return;
      }
      edited++;
      expect(applySplices(all, result.splices)).toBe(result.text);
      const [splice] = result.splices;
      const empty = /[{[]\s*[}\]]/.test(all.slice(splice?.start, splice?.end));
      if (!empty) expect(splice?.start).toBe(splice?.end);
      const back = editEntries(file, result.text, [takingBack(edit, wanted.made)]);
      if (back.outcome === "refused") return;
      undone++;
      expect(back.text).toBe(all);
    }),
    { numRuns: 1500 },
  );
  expect(edited).toBeGreaterThan(500);
  expect(undone).toBeGreaterThan(400);
});

test("both parsers read the value that was meant, as YAML 1.1 and as 1.2, and everything else as before", () => {
  let edited = 0;
  fc.assert(
    fc.property(samples, wish, ({ file, text: all }, wanted) => {
      const edit = insertionInto(all, wanted);
      const result = edit === undefined ? undefined : editEntries(file, all, [edit]);
      if (edit === undefined || result?.outcome !== "edited") return;
      edited++;
      for (const version of ["1.1", "1.2"] as const) {
        const [old, fresh] = [read(all, version), read(result.text, version)];
        expect(fresh[edit.document]).toEqual(withEntry(old[edit.document], edit.path, edit.value));
        expect(fresh.toSpliced(edit.document, 1)).toEqual(old.toSpliced(edit.document, 1));
      }
      expect(collections(result.text).length).toBeGreaterThanOrEqual(collections(all).length);
    }),
    { numRuns: 600 },
  );
  expect(edited).toBeGreaterThan(200);
});

function read(all: string, version: "1.1" | "1.2"): unknown[] {
  const documents = parseAllDocuments(all, { version, merge: false, logLevel: "silent" });
  return Array.isArray(documents) ? documents.map((document): unknown => document.toJS({ mapAsMap: true })) : [];
}

/** Maps as the reader makes them, with the keys that it takes them for. */
function withEntry(node: unknown, [step, ...rest]: FieldPath, value: EntryValue): unknown {
  if (step === undefined) return asRead(value);
  if (typeof step === "number") {
    const items = Array.isArray(node) ? [...node] : [];
    return items.toSpliced(step, 1, withEntry(items[step], rest, value));
  }
  const map = new Map<unknown, unknown>(node instanceof Map ? node : []);
  const known = [...map.keys()].find((each) => String(each) === step || (each === true && step === "on"));
  return map.set(known ?? step, withEntry(map.get(known ?? step), rest, value));
}

function asRead(value: EntryValue): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(asRead);
  return new Map(Object.entries(value).map(([name, child]) => [name, asRead(child)]));
}

test("a removal takes bytes away and adds none, and leaves everything else as it was read", () => {
  let edited = 0;
  fc.assert(
    fc.property(samples, fc.nat(), fc.nat(), ({ file, text: all }, pick, which) => {
      const places = collections(all);
      const place = places[pick % Math.max(1, places.length)];
      if (place === undefined || place.node.kind === "alias" || place.node.kind === "scalar") return;
      const parts = place.node.kind === "mapping" ? place.node.entries : place.node.items;
      const index = which % Math.max(1, parts.length);
      const entry = place.node.kind === "mapping" ? place.node.entries[index] : undefined;
      const node = place.node.kind === "mapping" ? entry?.value : place.node.items[index];
      if (node?.kind !== "scalar") return;
      const path = [...place.path, entry?.key ?? index];
      const result = editEntries(file, all, [{ kind: "remove", document: place.document, path, before: node.value }]);
      if (result.outcome === "refused") return;
      edited++;
      expect(result.splices.map(({ replacement }) => replacement)).toEqual([""]);
      const [old, fresh] = [read(all, "1.2"), read(result.text, "1.2")];
      expect(fresh.toSpliced(place.document, 1)).toEqual(old.toSpliced(place.document, 1));
      expect(JSON.stringify(plain(fresh)).length).toBeLessThan(JSON.stringify(plain(old)).length);
      expect(result.text.match(/# between/g)).toEqual(all.match(/# between/g));
    }),
    { numRuns: 800 },
  );
  expect(edited).toBeGreaterThan(150);
});

function plain(value: unknown): unknown {
  if (value instanceof Map) return [...value].map(([name, child]) => [name, plain(child)]);
  return Array.isArray(value) ? value.map(plain) : value;
}

test("arbitrary text never throws, in any kind of file", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 80 }),
    fc
      .array(
        fc.constantFrom(
          "a",
          ":",
          " ",
          "\n",
          "-",
          "- ",
          "? ",
          "{",
          "}",
          "[",
          "]",
          ",",
          "#",
          "&x ",
          "*x",
          "|\n",
          "'",
          '"',
          "<<",
          "!!t ",
          "\t",
          "\r",
        ),
        { maxLength: 24 },
      )
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(
      hostile,
      fc.constantFrom("a.yaml", "a.json", ".env", "a.properties"),
      wish,
      fc.string(),
      (all, file, wanted, before) => {
        for (const edit of [
          insertionInto(all, wanted),
          { kind: "insert", document: 0, path: ["a", "b"], value: wanted.value } as const,
        ]) {
          if (edit === undefined) continue;
          editEntries(file, all, [edit]);
          editEntries(file, all, [{ kind: "remove", document: 0, path: edit.path, before }]);
        }
        for (const { document, path, node } of collections(all))
          if (node.kind === "mapping" || node.kind === "sequence")
            for (const index of (node.kind === "mapping" ? node.entries : node.items).keys())
              editEntries(file, all, [
                {
                  kind: "remove",
                  document,
                  path: [...path, node.kind === "mapping" ? (node.entries[index]?.key ?? "") : index],
                  before,
                },
              ]);
      },
    ),
    { numRuns: 1500 },
  );
});
