import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const page = readFileSync("docs/errors.md", "utf8");
const lintPage = readFileSync("docs/lint.md", "utf8");
const [errorsPart = "", reasonsPart = ""] = page.split("\n## Reasons\n");

/** The members of a union or list of strings, as the source spells them. */
function codesIn(file: string): readonly string[] {
  return [...readFileSync(file, "utf8").matchAll(/^ {2}(?:\| )?"([a-z-]+)"/gm)].map(([, code = ""]) => code);
}

/** Rows of the tables: code, meaning, advice. */
function rowsIn(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/^\| `([a-z-]+)` \| (.*) \| (.*) \|$/gm)].map(([, ...cells]) => cells);
}

describe.each([
  ["docs/errors.md", "error", "src/errors.ts", rowsIn(errorsPart)],
  ["docs/errors.md", "reason", "src/reason.ts", rowsIn(reasonsPart)],
  ["docs/lint.md", "finding", "src/authority/lint/finding.ts", rowsIn(lintPage)],
] as const)("%s", (_page, kind, file, rows) => {
  test(`has every ${kind} code once, and none that doesn't exist`, () => {
    expect(codesIn(file)).not.toEqual([]);
    expect(rows.map(([code]) => code).sort()).toEqual([...codesIn(file)].sort());
  });

  test.each(rows)(`says what the ${kind} %s means and what to do`, (_code, meaning, advice) => {
    expect(meaning?.trim()).not.toBe("");
    expect(advice?.trim()).not.toBe("");
  });
});
