/** Runs the benchmarks, or those that are named: `npm run bench`, `npm run bench -- intake --json`. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const all = ["intake", "queue", "storm", "alert-to-pull", "index", "actions", "gate", "audit"];
const args = process.argv.slice(2);
const named = args.filter((arg) => !arg.startsWith("-"));
const options = args.filter((arg) => arg.startsWith("-"));

let failed = false;
for (const name of named.length === 0 ? all : named) {
  const file = new URL(`../bench/${name}.ts`, import.meta.url);
  if (!existsSync(file)) {
    console.error(`no benchmark is called ${JSON.stringify(name)}: ${all.join(", ")}`);
    process.exit(2);
  }
  const { status } = spawnSync(process.execPath, [file.pathname, ...options], { stdio: "inherit" });
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
