import fc from "fast-check";
import { expect, test } from "vitest";
import { readProperties } from "../../../src/gitops/catalogue/read-properties.ts";
import { catalogueOf, select } from "./catalogue-of.ts";

const read = (path: string, text: string): readonly (readonly [string | undefined, string, string])[] =>
  readProperties(path, text).entries.map(({ key, value }) =>
    value.kind === "scalar" ? [key, value.value, text.slice(value.start, value.end)] : [key, "", ""],
  );

const key = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/);
const value = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9:/@. -]{0,12}[A-Za-z0-9]$/);

test("every line of either syntax is found where it stands, whatever is around it", () => {
  const noise = fc.constantFrom("", "# note", "  ", "#KEY=old");
  const line = fc.record({ key, value, noise, end: fc.constantFrom("\n", "\r\n") });
  fc.assert(
    fc.property(
      fc.constantFrom("app.properties", ".env", "prod.env"),
      fc.uniqueArray(line, { selector: (each) => each.key }),
      (path, lines) => {
        const text = lines.map((each) => `${each.noise}${each.end}${each.key}=${each.value}${each.end}`).join("");
        expect(read(path, text)).toEqual(lines.map((each) => [each.key, each.value, each.value]));
      },
    ),
  );
});

test("any text is read, and every range holds its value", () => {
  fc.assert(
    fc.property(fc.constantFrom("a.properties", "a.env"), fc.string({ unit: "binary" }), (path, text) => {
      for (const [, told, stands] of read(path, text)) expect(stands.replace(/^(['"])(.*)\1$/, "$2")).toBe(told);
    }),
  );
});

test.each([
  [".env", "export TAG=v1 # why", [["TAG", "v1", "v1"]]],
  [
    ".env",
    "TAG='v 1'\nX=\"a#b\"",
    [
      ["TAG", "v 1", "'v 1'"],
      ["X", "a#b", '"a#b"'],
    ],
  ],
  [".env", 'KEY="goes\non"\nB=2', [["B", "2", "2"]]],
  [".env", "A=1\nA=2", [["A", "2", "2"]]],
  [".env", "A=\nnot a line\n=x", [["A", "", ""]]],
  ["a.properties", "query.max-length = 10 # no comment", [["query.max-length", "10 # no comment", "10 # no comment"]]],
  [
    "a.properties",
    "a:1\nb 2\n! c=3",
    [
      ["a", "1", "1"],
      ["b", "2", "2"],
    ],
  ],
  ["a.properties", "list=a,\\\n  b=c\nnext=1", [["next", "1", "1"]]],
  [
    "a.properties",
    "path=C:\\\\\nnext=1",
    [
      ["path", "C:\\\\", "C:\\\\"],
      ["next", "1", "1"],
    ],
  ],
])("%s: %j", (path, text, expected) => {
  expect(read(path, text)).toEqual(expected);
});

test("their lines are fields of the service whose directory they are in", () => {
  const catalogue = catalogueOf({
    "apps/search/prod/config.properties": "# limits\nquery.max=10\n",
    "apps/search/prod/.env": "IMAGE_TAG=v1\n",
  });
  const entry = select(catalogue, { service: "search", environment: "production" });
  expect(entry.fields.map(({ file, path, value, role, line }) => [file, path, value, role, line])).toEqual([
    ["apps/search/prod/.env", ["IMAGE_TAG"], "v1", "image-tag", 1],
    ["apps/search/prod/config.properties", ["query.max"], "10", "other", 2],
  ]);
});

test.each([
  ['# limits\nIMAGE_TAG: "v1"\nREPLICAS: 2\n', ["IMAGE_TAG=v1", "REPLICAS=2"]],
  ["URL: https://shop.example:8080/a # why\nEMPTY_NO: 'a b'\n", ["URL=https://shop.example:8080/a", "EMPTY_NO=a b"]],
  // Anything else in the file, and nothing is told of such lines.
  ["A=1\nIMAGE_TAG: v1\n", ["A=1"]],
  ["IMAGE_TAG: v1\nnot a line\n", []],
  ["IMAGE_TAG: two words\n", []],
  ['IMAGE_TAG: "v1\n', []],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the file.
  ['IMAGE_TAG: "${BASE}-1"\n', []],
])("lines of YAML in a file called .env are fields, where there is nothing else: %j", (text, expected) => {
  const catalogue = catalogueOf({ "apps/search/prod/.env": text });
  const entry = select(catalogue, { service: "search", environment: "production" });
  expect(entry.fields.map(({ path, value }) => `${path.join(".")}=${value}`)).toEqual(expected);
});
