/** Lints a planted source tree with this repository's own configuration, and says which rules each file breaks. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** Path to text, relative to the repository's root. */
export type Planted = Readonly<Record<string, string>>;

/** Rules broken, by file; a file without violations is absent. */
export type Violations = ReadonlyMap<string, readonly string[]>;

export function lintPlanted(planted: Planted): Violations {
  const root = mkdtempSync(join(tmpdir(), "remit-lint-"));
  try {
    for (const name of ["lint", ".oxlintrc.json", "package.json", "tsconfig.json"])
      cpSync(name, join(root, name), { recursive: true });
    const { vcs: _vcs, ...configuration } = JSON.parse(readFileSync("biome.json", "utf8"));
    writeFileSync(join(root, "biome.json"), JSON.stringify(configuration));
    for (const [path, text] of Object.entries(planted)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const biome = run(root, "biome", ["lint", "--reporter=concise", "--max-diagnostics=none", "--colors=off", "."]);
    // Only now: Biome would walk all of it, and oxlint needs the types in it.
    symlinkSync(resolve("node_modules"), join(root, "node_modules"));
    const oxlint = run(root, "oxlint", ["--format=unix", "src"]);
    const found = new Map<string, string[]>();
    for (const [, path = "", rule = ""] of [...biome.matchAll(biomeLine), ...oxlint.matchAll(oxlintLine)])
      found.set(path, [...(found.get(path) ?? []), rule]);
    return found;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** `× src/a.ts:1:2: lint/style/noVar: …`, `× src/a.ts:1:2: plugin: …`; what concerns a whole file has no position. */
const biomeLine = /^× ([^\s:]+)(?::\d+:\d+)?: (lint\/\S+|plugin):/gm;
/** `src/a.ts:1:2: … [Error/typescript(no-floating-promises)]` */
const oxlintLine = /^(\S+?):\d+:\d+: .*\[Error\/(\S+)\]$/gm;

function run(cwd: string, program: string, args: readonly string[]): string {
  const { stdout, stderr, error } = spawnSync(resolve("node_modules/.bin", program), args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined) throw error;
  return stdout + stderr;
}
