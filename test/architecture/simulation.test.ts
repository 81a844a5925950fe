import { expect, test } from "vitest";
import { lintPlanted } from "./lint-planted.ts";

test("a simulated world that asks the machine for time, chance, timers or the disk doesn't pass the linter", () => {
  const found = lintPlanted({
    "test/simulation/now.ts": "export const now = () => Date.now();\n",
    "test/simulation/date.ts": "export const now = () => new Date();\n",
    "test/simulation/chance.ts": "export const dice = () => Math.random();\n",
    "test/simulation/timer.ts": "export const later = (run: () => void) => setTimeout(run, 1);\n",
    "test/simulation/disk.ts": 'import { readFileSync } from "node:fs";\n\nexport const read = readFileSync;\n',
    "test/simulation/fine.ts": "export const day = (at: number) => new Date(at).getUTCDay();\n",
    "src/github/chance.ts": "export const dice = () => Math.random();\n",
  });
  expect(found).toEqual(
    new Map([
      ["src/github/chance.ts", ["lint/nursery/noJsRestrictedProperties"]],
      ["test/simulation/chance.ts", ["lint/nursery/noJsRestrictedProperties"]],
      ["test/simulation/date.ts", ["plugin"]],
      ["test/simulation/disk.ts", ["lint/style/noRestrictedImports"]],
      ["test/simulation/now.ts", ["lint/nursery/noJsRestrictedProperties"]],
      ["test/simulation/timer.ts", ["lint/style/noRestrictedGlobals"]],
    ]),
  );
}, 60_000);
