import { beforeAll, describe, expect, test } from "vitest";
import { lintPlanted, type Violations } from "./lint-planted.ts";

const helper = `export class Box {
  async put(): Promise<void> {
    await Promise.resolve();
  }
}
export async function later(): Promise<number> {
  return await Promise.resolve(1);
}
`;

/** A file that breaks one rule of the house, and the rule. */
const cases: readonly (readonly [name: string, rule: RegExp, text: string])[] = [
  [
    "a promise of a function in another file that nobody awaits",
    /floating/i,
    `import { later } from "./helper.ts";\nlater();\n`,
  ],
  ["a promise of a method that nobody awaits", /floating/i, `import { Box } from "./helper.ts";\nnew Box().put();\n`],
  [
    "a promise of an argument's method that nobody awaits",
    /floating/i,
    `import type { Box } from "./helper.ts";\nexport function use(box: Box): void {\n  box.put();\n}\n`,
  ],
  [
    "a promise of Node's own that nobody awaits",
    /floating/i,
    `import { writeFile } from "node:fs/promises";\nwriteFile("a", "b");\n`,
  ],
  [
    "a promise of a package's that nobody awaits",
    /floating/i,
    `import { simpleGit } from "simple-git";\nsimpleGit().fetch();\n`,
  ],
  [
    "an async function where nobody waits for it",
    /misused/i,
    `import { later } from "./helper.ts";\n[1].forEach(async () => {\n  await later();\n});\n`,
  ],
  ["any", /noExplicitAny/, "export const value: any = 1;\n"],
  [
    "a non-null assertion",
    /noNonNullAssertion/,
    "export const length = (text: string | null): number => text!.length;\n",
  ],
  ["a type imported as a value", /useImportType/, `import { Box } from "./helper.ts";\nexport type Case = Box;\n`],
  [
    "a dependency that the published package doesn't have",
    /noUndeclaredDependencies/,
    `import { test } from "vitest";\nexport const copy = test;\n`,
  ],
  ["an import that isn't used", /noUnusedImports/, `import { later } from "./helper.ts";\n`],
  ["a variable that isn't used", /noUnusedVariables/, "const value = 1;\n"],
  [
    "an import without its extension",
    /useImportExtensions/,
    `import { later } from "./helper";\nexport const copy = later;\n`,
  ],
  ["a default export", /noDefaultExport/, "export default 1;\n"],
  ["a file of more than 300 lines", /noExcessiveLinesPerFile/, 'export type { Box } from "./helper.ts";\n'.repeat(301)],
  [
    "a cast that nothing proves",
    /no-unsafe-type-assertion/,
    "export const narrow = (value: unknown) => value as string;\n",
  ],
  [
    "a switch that forgets a case",
    /switch-exhaustiveness-check/,
    `export function pick(word: "a" | "b"): number {\n  switch (word) {\n    case "a":\n      return 1;\n  }\n  return 0;\n}\n`,
  ],
];

describe("the house style", () => {
  let violations: Violations;
  const path = (index: number) => `src/remediation/case-${index}.ts`;

  beforeAll(() => {
    const planted: Record<string, string> = { "src/remediation/helper.ts": helper };
    for (const [index, [, , text]] of cases.entries()) planted[path(index)] = text;
    planted["src/remediation/badName.ts"] = "export const value = 1;\n";
    planted["test/only.test.ts"] = `import { test } from "vitest";\ntest.only("one", () => {});\n`;
    violations = lintPlanted(planted);
  });

  test.each(cases.map(([name, rule], index) => ({ name, rule, index })))("refuses $name", ({ rule, index }) => {
    expect((violations.get(path(index)) ?? []).filter((found) => rule.test(found))).not.toEqual([]);
  });

  test("refuses a file name that isn't in kebab-case", () => {
    expect(violations.get("src/remediation/badName.ts")).toEqual(["lint/style/useFilenamingConvention"]);
  });

  test("refuses a test that keeps the others from running", () => {
    expect(violations.get("test/only.test.ts")).toContain("lint/suspicious/noFocusedTests");
  });

  test("has nothing against ordinary code", () => {
    expect(violations.get("src/remediation/helper.ts")).toBeUndefined();
  });
});
