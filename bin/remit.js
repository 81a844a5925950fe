#!/usr/bin/env node
// Starts Remit: from its sources in a checkout, from dist/ in the published package. Plain JavaScript that an old Node can
// read, because Remit needs Node 24: an older one hands over to the Node that came with the dependencies.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const needed = 24;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const program = ["../src/main.ts", "../dist/main.js"].find((path) => existsSync(here(path)));
// Beside Remit in its own checkout or a global installation, or beside the packages of whoever depends on it.
const newerNode = ["../node_modules/.bin/node", "../../.bin/node"].map(here).find((path) => existsSync(path));

if (program === undefined)
  fail("nothing to run: neither src/main.ts nor dist/main.js is there (npm run build makes dist/)");
else if (Number.parseInt(process.versions.node, 10) >= needed) await import(program);
else if (newerNode === undefined || process.env.REMIT_LAUNCHED !== undefined)
  fail(
    `needs Node ${needed} or newer, and this is ${process.versions.node}: update Node, or install without --omit=optional`,
  );
else handOver(newerNode, here(program));

function handOver(node, main) {
  const child = spawn(node, [main, ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, REMIT_LAUNCHED: "1" },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    // A terminal sends its interrupt to both processes, and Remit takes a second one for "now".
    process.on(signal, () => (signal === "SIGINT" && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  child.on("error", (error) => fail(`can't start ${node}: ${error.message}`));
  child.on("exit", (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]));
}

function fail(message) {
  process.stderr.write(`remit: ${message}\n`);
  process.exitCode = 2;
}
