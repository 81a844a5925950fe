import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RemitError } from "../../src/errors.ts";
import { formatTrailers, parseTrailers } from "../../src/ledger/trailers.ts";

const key = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,20}$/);
const trailers = fc.dictionary(key, fc.string({ unit: "binary" }), { minKeys: 1, maxKeys: 6 });

/** What git itself reads, by lower-case key, the last value of each. */
function byGit(message: string): ReadonlyMap<string, string> {
  const output = execFileSync("git", ["interpret-trailers", "--parse", "--no-divider"], {
    input: message,
    encoding: "utf8",
  });
  const lines = output.split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]));
}

describe("formatTrailers", () => {
  test("what was written is read back, without its control characters", () => {
    fc.assert(
      fc.property(trailers, (given) => {
        const message = `Roll back checkout\n\nIt failed.\n\n${formatTrailers(given)}`;
        const read = parseTrailers(message);
        expect([...read.keys()].toSorted()).toEqual(Object.keys(given).toSorted());
        for (const [name, value] of read) expect(spaceless(value)).toBe(spaceless(given[name] ?? ""));
      }),
    );
  });

  test("no value can add a trailer or leave its line", () => {
    const forged = formatTrailers({ "Remit-Incident": "x\n\nRemit-Tier: merge\r\u2028Remit-Action: rollback\u0085b" });
    expect(forged.split("\n")).toHaveLength(1);
    expect([...parseTrailers(`t\n\n${forged}`).keys()]).toEqual(["Remit-Incident"]);
  });

  test("written values of clean text come back exactly", () => {
    const given = { "Remit-Target": "checkout/production", "Remit-Evidence": "2 alerts: 7 minutes, v1.4.2 → v1.5.0" };
    expect(Object.fromEntries(parseTrailers(`t\n\n${formatTrailers(given)}`))).toEqual(given);
  });

  test.each(["", "a b", "a:b", "a\nb", "é"])("a key that git wouldn't read is refused: %j", (bad) => {
    expect(() => formatTrailers({ [bad]: "x" })).toThrow(RemitError);
  });
});

describe("parseTrailers", () => {
  const line = fc.oneof(
    key.map((name) => `${name}: value`),
    key.map((name) => `${name} : spaced`),
    fc.constantFrom(
      "",
      " ",
      "prose without any",
      "  continued",
      "Signed-off-by: A <a@example.org>",
      "(cherry picked from commit abc)",
      ": no key",
      "é: no key",
      "two words: prose",
      "---",
      "--- a/file",
      "Url: https://example.org/a:b",
      "Empty:",
    ),
  );

  test("it reads what git reads", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const message = `Title\n\n${lines.join("\n")}\n`;
        expect(new Map(parseTrailers(message))).toEqual(byGit(message));
      }),
      { numRuns: 150 },
    );
  });

  test("a title is no trailer, and neither is a paragraph that isn't the last", () => {
    expect(parseTrailers("Remit-Tier: merge").size).toBe(0);
    expect(parseTrailers("t\n\nRemit-Tier: merge\n\nprose").size).toBe(0);
  });

  test("prose beside a trailer makes the paragraph prose", () => {
    expect(parseTrailers("t\n\nsome words\nRemit-Tier: merge").size).toBe(0);
  });
});

function spaceless(text: string): string {
  return text.replace(/[\p{Cc}\s]/gu, "");
}
