/** Runs the measurements in bench/, one after another, each in a process of its own. Usage: `npm run bench [-- NAME…]`. */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { basename } from "node:path";

const wanted = process.argv.slice(2);
const programs = globSync("bench/*.bench.ts").sort();
const chosen = programs.filter((path) => wanted.length === 0 || wanted.includes(basename(path, ".bench.ts")));

if (chosen.length === 0) {
  process.stderr.write(
    `nothing to measure: bench/ has ${programs.map((path) => basename(path, ".bench.ts")).join(", ") || "nothing"}\n`,
  );
  process.exitCode = 2;
}
for (const path of chosen) {
  process.stdout.write(`\n== ${basename(path, ".bench.ts")}\n`);
  if (spawnSync(process.execPath, [path], { stdio: "inherit" }).status !== 0) process.exitCode = 1;
}
