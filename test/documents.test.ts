import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

const documents = globSync(["*.md", "docs/**/*.md", "policies/*.md"]).sort();

/** Files that only exist where Remit is used, or once it is built. */
const elsewhere = /^(?:\.github\/remit\/|dist\/)/;

describe.each(documents)("%s", (file) => {
  const text = readFileSync(file, "utf8");

  test("links to nothing that isn't there", () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = ""]) => join(dirname(file), link));
    expect(links.filter((link) => !existsSync(link))).toEqual([]);
  });

  test("names no file of this repository that isn't there", () => {
    const named = [...text.matchAll(/`((?:src|test|docs|scripts|policies|lint|bin|\.ci|\.github)\/[\w./-]+)`/g)];
    const paths = named.map(([, path = ""]) => path).filter((path) => !elsewhere.test(path));
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  test("speaks of nobody's machine", () => {
    expect(text).not.toMatch(/\/work\/|\/root\/|\/home\/|\/tmp\//);
  });
});

test("each abuse case names a test that proves it", () => {
  const rows = readFileSync("SECURITY.md", "utf8").matchAll(/^\| .* \| (`test\/.*) \|$/gm);
  const proofs = [...rows].flatMap(([, cell = ""]) => cell.split(", "));
  expect(proofs.length).toBeGreaterThan(30);
  for (const proof of proofs) expect(proof).toMatch(/^`test\/[\w./-]+\.ts`$/);
});
