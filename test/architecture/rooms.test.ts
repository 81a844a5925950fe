import { beforeAll, describe, expect, test } from "vitest";
import { lintPlanted, type Violations } from "./lint-planted.ts";

/** Thousands of files, on a machine that has other things to do. */
const lintedWithinMs = 240_000;

/** Data flows down this list: a room imports the rooms above it. */
const rooms = [
  "signals",
  "incidents",
  "gitops",
  "diagnosis",
  "actions",
  "authority",
  "ledger",
  "remediation",
  "github",
  "model",
  "store",
  "backtest",
  "metrics",
  "runbook-tests",
  "audit",
  "server",
  "cli",
  "sandbox",
] as const;
type Room = (typeof rooms)[number];

/** Every room may name their types. */
const withEffects: readonly Room[] = ["github", "model", "store"];
const pureRooms: readonly Room[] = ["signals", "incidents", "gitops", "diagnosis", "actions", "authority"];

function mayImport(from: Room, to: Room, what: "value" | "type"): boolean {
  const above = rooms.indexOf(to) < rooms.indexOf(from);
  if (from === "cli") return true;
  if (from === "sandbox") return to !== "cli";
  if (from === "server") return above;
  if (withEffects.includes(to)) return what === "type";
  return above;
}

const pairs = rooms.flatMap((from) => rooms.filter((to) => to !== from).map((to) => ({ from, to })));

const spellings = {
  value: (to: string) => `import { value } from "${to}";\nexport const copy = value;\n`,
  type: (to: string) => `import type { Shape } from "${to}";\nexport type Copy = Shape;\n`,
  "inline-type": (to: string) => `import { type Shape } from "${to}";\nexport type Copy = Shape;\n`,
  namespace: (to: string) => `import * as all from "${to}";\nexport const copy = all;\n`,
  bare: (to: string) => `import "${to}";\n`,
  reexport: (to: string) => `export { value } from "${to}";\n`,
  "reexport-all": (to: string) => `export * from "${to}";\n`,
  dynamic: (to: string) => `export const copy = () => import("${to}");\n`,
} as const;

describe("the rooms", () => {
  let violations: Violations;
  const planted: Record<string, string> = {};

  beforeAll(() => {
    for (const room of rooms)
      planted[`src/${room}/${room}.ts`] = "export interface Shape {}\nexport const value = 1;\n";
    for (const { from, to } of pairs) {
      for (const [spelling, text] of Object.entries(spellings)) {
        planted[`src/${from}/${spelling}-${to}.ts`] = text(`../${to}/${to}.ts`);
        planted[`src/${from}/deep/${spelling}-${to}.ts`] = text(`../../${to}/${to}.ts`);
      }
    }
    for (const room of rooms) planted[`src/word-${room}.ts`] = spellings.type(`./${room}/${room}.ts`);
    planted["src/digest.ts"] = "export const value = 1;\n";
    for (const room of rooms)
      planted[`src/${room}/own.ts`] = spellings.value("../digest.ts") + spellings.bare(`./${room}.ts`);
    violations = lintPlanted(planted);
  }, lintedWithinMs);

  const forbidden = (path: string) =>
    (violations.get(path) ?? []).some((rule) => rule === "plugin" || rule.endsWith("noRestrictedImports"));

  test.each(pairs)("$from imports from $to only what the order allows", ({ from, to }) => {
    for (const spelling of Object.keys(spellings)) {
      const what = spelling === "type" ? "type" : "value";
      for (const path of [`src/${from}/${spelling}-${to}.ts`, `src/${from}/deep/${spelling}-${to}.ts`]) {
        expect({ path, forbidden: forbidden(path) }).toEqual({ path, forbidden: !mayImport(from, to, what) });
      }
    }
  });

  test.each(rooms)("%s may import itself and the words at the top of src", (room) => {
    expect(forbidden(`src/${room}/own.ts`)).toBe(false);
  });

  test.each(rooms)("the words at the top of src know nothing of %s", (room) => {
    expect(forbidden(`src/word-${room}.ts`)).toBe(true);
  });
});

/** What no pure room may do, each as a file of its own. */
const sins: Readonly<Record<string, string>> = {
  fs: `import { readFileSync } from "node:fs";\nexport const sin = readFileSync;\n`,
  "fs-promises": `import { readFile } from "node:fs/promises";\nexport const sin = readFile;\n`,
  net: `import { connect } from "node:net";\nexport const sin = connect;\n`,
  http: `import { request } from "node:http";\nexport const sin = request;\n`,
  child: `import { spawn } from "node:child_process";\nexport const sin = spawn;\n`,
  timers: `import { setTimeout as sleep } from "node:timers/promises";\nexport const sin = sleep;\n`,
  random: `import { randomUUID } from "node:crypto";\nexport const sin = randomUUID;\n`,
  octokit: `import { Octokit } from "@octokit/rest";\nexport const sin = Octokit;\n`,
  "dynamic-fs": `export const sin = () => import("node:fs");\n`,
  now: "export const sin = () => Date.now();\n",
  "new-date": "export const sin = () => new Date();\n",
  "date-call": "export const sin = () => Date();\n",
  "math-random": "export const sin = () => Math.random();\n",
  "crypto-global": "export const sin = () => crypto.randomUUID();\n",
  fetch: `export const sin = () => fetch("http://127.0.0.1/");\n`,
  timeout: "export const sin = (run: () => void) => setTimeout(run, 1);\n",
  interval: "export const sin = (run: () => void) => setInterval(run, 1);\n",
  performance: "export const sin = () => performance.now();\n",
  process: "export const sin = () => process.env.HOME;\n",
  "global-this": "export const sin = () => globalThis;\n",
  console: `export const sin = () => console.log("x");\n`,
  "abort-timeout": "export const sin = () => AbortSignal.timeout(1);\n",
};

const innocent = `import { parse } from "yaml";
import { isMap } from "yaml";
import { z } from "zod";
import { dirname } from "node:path/posix";

export const fine = [parse, isMap, z, dirname, new Date(0).toISOString(), Date.parse("2026-01-01T00:00:00Z"), Math.max(1, 2)];
`;

const purePlaces = [...pureRooms, "gitops/catalogue", "gitops/history", "gitops/edit"].map((room) => `src/${room}`);
const quietPlaces = ["src/ledger", "src/remediation", "src/backtest", "src/metrics", "src/runbook-tests", "src/audit"];

describe("purity", () => {
  let violations: Violations;

  beforeAll(() => {
    const planted: Record<string, string> = {};
    const places = [...purePlaces, ...quietPlaces, "src/gitops/mirror", "src/store", "src/server"];
    for (const place of places) {
      for (const [name, text] of Object.entries(sins)) planted[`${place}/${name}.ts`] = text;
      planted[`${place}/innocent.ts`] = innocent;
    }
    for (const place of purePlaces) {
      planted[`${place}/runs-git.ts`] = `import { git } from "../mirror/git.ts";\nexport const sin = git;\n`;
      planted[`${place}/names-git.ts`] = `import type { Git } from "../mirror/git.ts";\nexport type Word = Git;\n`;
    }
    for (const word of ["digest", "target", "reason"]) {
      for (const [name, text] of Object.entries(sins)) planted[`planted/${name}/src/${word}.ts`] = text;
    }
    planted["src/clock.ts"] = "export const now = () => Date.now();\n";
    planted["src/digest.ts"] = `import { createHash } from "node:crypto";\nexport const hash = createHash;\n`;
    planted["src/target.ts"] =
      `import { randomUUID } from "node:crypto";\nexport const sin = [randomUUID, Math.random()];\n`;
    planted["src/reason.ts"] =
      `import { readFileSync } from "node:fs";\nexport const sin = [readFileSync, performance.now()];\n`;
    violations = lintPlanted(planted);
  }, lintedWithinMs);

  describe.each(purePlaces)("%s", (place) => {
    test.each(Object.keys(sins))("is kept from %s", (name) => {
      expect(violations.get(`${place}/${name}.ts`) ?? []).not.toEqual([]);
    });
    test("parses and computes freely", () => {
      expect(violations.get(`${place}/innocent.ts`)).toBeUndefined();
    });
    test("may name the mirror's types, and not call it", () => {
      expect(violations.get(`${place}/runs-git.ts`)).toContain("plugin");
      expect(violations.get(`${place}/names-git.ts`) ?? []).not.toContain("plugin");
    });
  });

  describe.each(quietPlaces)("%s has no effects of its own", (place) => {
    test.each(Object.keys(sins).filter((name) => name !== "random"))("and is kept from %s", (name) => {
      expect(violations.get(`${place}/${name}.ts`) ?? []).not.toEqual([]);
    });
  });

  test.each(["src/gitops/mirror", "src/store", "src/server"])(
    "%s reads files and waits, and asks a Clock for the time",
    (place) => {
      for (const name of ["fs", "timers", "child", "timeout", "process"])
        expect({ name, found: violations.get(`${place}/${name}.ts`) }).toEqual({ name, found: undefined });
      for (const name of ["now", "new-date", "date-call"])
        expect(violations.get(`${place}/${name}.ts`) ?? []).not.toEqual([]);
    },
  );

  test("the present is read in src/clock.ts", () => {
    expect(violations.get("src/clock.ts")).toBeUndefined();
  });

  test("a digest is a hash, and no other word of the house has effects", () => {
    expect(violations.get("src/digest.ts")).toBeUndefined();
    expect(violations.get("src/target.ts")).toHaveLength(2);
    expect(violations.get("src/reason.ts")).toHaveLength(2);
  });
});
