/**
 * Whatever bytes a head differs by, over a real repository in which everything is granted. What may merge without a person is read
 * once more with js-yaml, which the gate's own comparison doesn't go through: it must be values of one target that change in place.
 */
import fc from "fast-check";
import { loadAll } from "js-yaml";
import { afterAll, beforeAll, expect, test } from "vitest";
import { baseFiles, type Edit, type GateWorld, gateWorld, production } from "./gate-world.ts";

let world: GateWorld;
beforeAll(async () => {
  world = await gateWorld();
});
afterAll(() => world.close());

const paths = Object.keys(baseFiles);
const pieces = [
  "v1.4.2",
  "v1.5.0",
  "0",
  "3",
  "true",
  " ",
  "\n",
  "  ",
  "- ",
  "# ",
  ": ",
  "&a ",
  "*a",
  '"',
  "'",
  "---\n",
];
const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary", maxLength: 3 }));
/** Bytes of one file: some taken out at a place, others put in. Half of the time of the file that is granted most easily. */
const change = fc.record({
  path: fc.oneof(fc.constant(production), fc.constantFrom(...paths)),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  out: fc.nat({ max: 8 }),
  put: piece,
});
/** The same as people do it: one value for another. */
const valueChange = fc
  .record({
    line: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(7, 10) }, { weight: 1, arbitrary: fc.nat({ max: 12 }) }),
    value: fc.constantFrom("v1.4.2", "v9", "2", "5", "yes", "null", "[]", "{}", ""),
  })
  .map(({ line, value }): Edit => {
    const lines = (baseFiles[production] ?? "").split("\n");
    lines[line] = (lines[line] ?? "").replace(/: .*/, `: ${value}`);
    return { [production]: lines.join("\n") };
  });
const edits = fc.oneof(
  valueChange,
  fc.array(change, { minLength: 1, maxLength: 3 }).map((changes): Edit => {
    const edit: Record<string, Buffer> = {};
    for (const { path, at, out, put } of changes) {
      const bytes = edit[path] ?? Buffer.from(baseFiles[path] ?? "");
      const place = Math.floor(at * bytes.length);
      edit[path] = Buffer.concat([bytes.subarray(0, place), Buffer.from(put), bytes.subarray(place + out)]);
    }
    return edit;
  }),
);

test("what may merge without a person is values of one file that change in place, as another parser reads them, too", async () => {
  const seen = { merge: 0, less: 0 };
  await fc.assert(
    fc.asyncProperty(edits, async (edit) => {
      const changed = Object.entries(edit).filter(([path, bytes]) => String(bytes) !== baseFiles[path]);
      const { verdict } = await world.gate(edit);
      const denied = changed.some(([path]) => /^\.github\/|^CODEOWNERS$/.test(path));
      if (denied) expect(verdict.tier).toBe("observe");
      if (verdict.tier !== "merge") {
        seen.less += 1;
        return;
      }
      seen.merge += 1;
      for (const [path, bytes] of changed) {
        expect(path).toMatch(/^apps\/\w+\/(overlays\/)?(production|staging)\//);
        const before = baseFiles[path] ?? "";
        const after = String(bytes);
        expect(linesThatDiffer(before, after)).toBeLessThanOrEqual(leavesThatDiffer(before, after).length);
      }
    }),
    { numRuns: 150 },
  );
  // Both happen: a property over refusals alone, or over merges alone, would say nothing.
  expect(Math.min(seen.merge, seen.less)).toBeGreaterThan(0);
}, 120_000);

/** Throws where lines come or go: values that change in place leave their number alone. */
function linesThatDiffer(before: string, after: string): number {
  const [old, now] = [before.split("\n"), after.split("\n")];
  expect(now).toHaveLength(old.length);
  return old.filter((line, index) => line !== now[index]).length;
}

/** Paths of the scalars that differ. Throws where anything else does. */
function leavesThatDiffer(before: string, after: string): readonly string[] {
  const [old, now] = [leaves(loadAll(before)), leaves(loadAll(after))];
  expect([...now.keys()]).toEqual([...old.keys()]);
  return [...old].filter(([path, value]) => now.get(path) !== value).map(([path]) => path);
}

function leaves(value: unknown, path = ""): Map<string, unknown> {
  if (typeof value !== "object" || value === null) return new Map([[path, value]]);
  const inner = Object.entries(value).flatMap(([key, child]) => [...leaves(child, `${path}/${key}`)]);
  // An empty list or mapping is no scalar: it stands for itself.
  return inner.length === 0 ? new Map([[`${path}/`, JSON.stringify(value)]]) : new Map(inner);
}
