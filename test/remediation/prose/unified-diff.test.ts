import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unifiedDiff } from "../../../src/remediation/prose/unified-diff.ts";

const line = fc.constantFrom("a", "b", "c", "- d", "+ e", "@@", "", "\\", "ø");
const text = fc
  .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
  .map(([lines, ends]) => lines.join("\n") + (ends && lines.length > 0 ? "\n" : ""));

/** A text, and the same with a few lines changed. */
const pairs = fc.oneof(
  fc.tuple(text, text),
  fc
    .tuple(fc.array(line, { minLength: 1, maxLength: 60 }), fc.array(fc.tuple(fc.nat(59), line), { maxLength: 3 }))
    .map(([lines, edits]) => {
      const after = [...lines];
      for (const [at, value] of edits) if (at < after.length) after[at] = value;
      return [`${lines.join("\n")}\n`, `${after.join("\n")}\n`] as const;
    }),
);

describe("a diff", () => {
  it("is one that git applies, and it leads from before to after", () => {
    const directory = mkdtempSync(join(tmpdir(), "remit-diff-"));
    const file = join(directory, "f.yaml");
    const git = (args: string[], input: string) =>
      execFileSync("git", args, { cwd: directory, input, stdio: ["pipe", "pipe", "pipe"] });
    try {
      fc.assert(
        fc.property(
          pairs.filter(([before, after]) => before !== after && before !== "" && after !== ""),
          ([before, after]) => {
            writeFileSync(file, before);
            git(
              ["apply", "--unidiff-zero", "--whitespace=nowarn", "-"],
              `${unifiedDiff({ path: "f.yaml", before, after })}\n`,
            );
            expect(readFileSync(file, "utf8")).toBe(after);
          },
        ),
        { numRuns: 60 },
      );
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it("of equal texts is empty", () => {
    fc.assert(
      fc.property(text, (same) => {
        expect(unifiedDiff({ path: "f", before: same, after: same })).toBe("");
      }),
    );
  });

  it("of a big file with distant changes shows only their surroundings, soon", () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `key${index}: ${index}`);
    const after = lines.with(5, "key5: x").with(19_990, "key19990: y");
    const diff = unifiedDiff({ path: "f", before: lines.join("\n"), after: after.join("\n") });
    expect(diff.split("\n").filter((text) => text.startsWith("@@"))).toEqual([
      "@@ -3,7 +3,7 @@",
      "@@ -19988,7 +19988,7 @@",
    ]);
    expect(diff.split("\n")).toHaveLength(2 + 2 * 9);
  });
});
