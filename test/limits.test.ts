import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** By number, what docs/limits.md says of each field note. */
const rows = [...readFileSync("docs/limits.md", "utf8").matchAll(/^\| ([\d, ]+) \| (.+?) \| (.+) \|$/gm)].flatMap(
  ([, numbers = "", , today = ""]) => numbers.split(", ").map((number) => ({ number: Number(number), today })),
);

/** `field notes 3 and 6: …`, `… (note 9)`, or the number alone where a whole file is about them. */
const named = new Set(
  globSync("test/**/*.ts")
    .flatMap((path) => readFileSync(path, "utf8").split("\n"))
    .flatMap((line) => [/\bnotes? ([\d, and]+)/i.exec(line)?.[1], /\btest\("(\d+): /.exec(line)?.[1]])
    .flatMap((numbers) => numbers?.match(/\d+/g) ?? [])
    .map(Number),
);

test("each field note is told of once", () => {
  expect(rows.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 35 }, (_, index) => index + 1),
  );
});

test.each(rows)("field note $number is handled with a test of its name, or it is said why not", ({ number, today }) => {
  if (/^open\b/.test(today)) expect(today).toMatch(/^open(?: for [^:]+)?: .{30}/);
  else expect([...named]).toContain(number);
});
