/**
 * Breaks the guards in every small way, one at a time, and says which of these ways no test noticed. One file after the other on
 * one processor: `npm run mutate` for all, `npm run mutate -- src/gitops/` for a room or a file, `--part 2/8` for every eighth
 * of them from the second on, so that no guard is left out when several machines share them.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { type Guard, guards } from "../test/mutation/guards.ts";

const report = ".stryker/report.json";

const position = z.object({ line: z.number(), column: z.number() });
const mutant = z.object({
  mutatorName: z.string(),
  replacement: z.string().optional(),
  status: z.enum(["Killed", "Survived", "NoCoverage", "Timeout", "CompileError", "RuntimeError", "Ignored", "Pending"]),
  location: z.object({ start: position, end: position }),
});
const reportSchema = z.object({
  files: z.record(z.string(), z.object({ source: z.string(), mutants: z.array(mutant) })),
});

interface Score {
  readonly caught: number;
  readonly survivors: readonly string[];
}

const { values, positionals: named } = parseArgs({ options: { part: { type: "string" } }, allowPositionals: true });
const [, part, parts] = /^([1-9]\d?)\/([1-9]\d?)$/.exec(values.part ?? "1/1") ?? [];
if (part === undefined || Number(part) > Number(parts)) throw new Error("--part wants one of several, such as 2/8");
const chosen = guards
  .filter((_, index) => index % Number(parts) === Number(part) - 1)
  .filter(({ file }) => named.length === 0 || named.some((name) => file.startsWith(name)));
const unknown = named.filter((name) => !chosen.some(({ file }) => file.startsWith(name)));
if (unknown.length > 0) throw new Error(`test/mutation/guards.ts names no ${unknown.join(", ")}`);

let worse = 0;
for (const guard of chosen) {
  const { caught, survivors } = mutate(guard);
  const share = (100 * caught) / Math.max(1, caught + survivors.length);
  const justified = guard.justified === undefined ? ", not gone through yet" : `, ${guard.justified} justified`;
  process.stdout.write(
    `${guard.file}: ${caught} caught, ${survivors.length} survived${justified} (${share.toFixed(1)} %)\n`,
  );
  if (survivors.length === guard.justified) continue;
  if (guard.justified !== undefined) worse += 1;
  for (const survivor of survivors) process.stdout.write(`  ${survivor}\n`);
}
process.exitCode = worse === 0 ? 0 : 1;

function mutate({ file, tests }: Guard): Score {
  rmSync(report, { force: true });
  const stryker = join(
    dirname(createRequire(import.meta.url).resolve("@stryker-mutator/core/package.json")),
    "bin/stryker.js",
  );
  const run = spawnSync(process.execPath, [stryker, "run", "--mutate", file, "--logLevel", "error"], {
    env: { ...process.env, REMIT_MUTATION_TESTS: tests.join(",") },
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (run.status !== 0) throw new Error(`Stryker couldn't mutate ${file}`);
  const { files } = reportSchema.parse(JSON.parse(readFileSync(report, "utf8")));
  const all = Object.values(files).flatMap(({ source, mutants }) => mutants.map((one) => ({ ...one, source })));
  const survived = all.filter(({ status }) => status === "Survived" || status === "NoCoverage");
  return {
    caught: all.filter(({ status }) => status === "Killed" || status === "Timeout").length,
    survivors: survived.map(describe),
  };
}

function describe({
  source,
  location,
  mutatorName,
  replacement = "",
}: z.infer<typeof mutant> & { source: string }): string {
  const { start, end } = location;
  const lines = source.split("\n").slice(start.line - 1, end.line);
  const text = lines.length === 1 ? lines.join("").slice(start.column - 1, end.column - 1) : `${lines[0]?.trim()} …`;
  return `${start.line}:${start.column} ${mutatorName}: ${text} → ${replacement.replace(/\s+/g, " ").slice(0, 120)}`;
}
