import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { guards } from "./guards.ts";

test.each(guards.map(({ file, tests }) => [file, tests] as const))("%s and its tests are there", (file, tests) => {
  for (const path of [file, ...tests]) expect(existsSync(path), path).toBe(true);
});

test("each guard whose mutants may survive is told of in docs/mutation.md", () => {
  const text = readFileSync("docs/mutation.md", "utf8");
  for (const { file } of guards.filter(({ justified = 0 }) => justified > 0)) expect(text).toContain(`| \`${file}\` |`);
});
