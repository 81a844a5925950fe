import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** Makes Node believe that it is older than Remit needs. */
const old = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.1.0" } })`;
const pretendOld = ["--import", `data:text/javascript,${encodeURIComponent(old)}`];

/** Prints who it is and waits for a signal if asked to, else exits with the code that it was given. */
const program = `
const [what, code] = process.argv.slice(2);
if (what === "wait") { process.on("SIGTERM", () => process.exit(7)); setInterval(() => {}, 1000); }
else process.exitCode = Number(code);
console.log(JSON.stringify({ what, file: import.meta.url, versions: process.versions.node }));
`;

describe("the launcher", () => {
  const root = mkdtempSync(join(tmpdir(), "remit-launcher-"));
  const inCheckout = join(root, "checkout");
  const inPackage = join(root, "package");
  const bare = join(root, "bare");

  beforeAll(() => {
    for (const directory of [inCheckout, inPackage, bare]) {
      mkdirSync(join(directory, "dist"), { recursive: true });
      cpSync("bin/remit.js", join(directory, "bin/remit.js"));
      writeFileSync(join(directory, "package.json"), `{"type":"module"}`);
      writeFileSync(join(directory, "dist/main.js"), program);
    }
    mkdirSync(join(inCheckout, "src"));
    writeFileSync(join(inCheckout, "src/main.ts"), program);
    const bin = join(inCheckout, "node_modules/.bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, "node"), `#!/bin/sh\nexec "${process.execPath}" "$@"\n`);
    chmodSync(join(bin, "node"), 0o755);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  function launch(directory: string, options: readonly string[], ...args: readonly string[]) {
    const child = spawn(process.execPath, [...options, join(directory, "bin/remit.js"), ...args]);
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    return { child, output: () => output, ended: once(child, "close") };
  }

  test("a checkout runs its sources, even where dist/ exists", async () => {
    const run = launch(inCheckout, [], "say", "0");
    expect((await run.ended)[0]).toBe(0);
    expect(JSON.parse(run.output())).toMatchObject({ file: pathToFileURL(join(inCheckout, "src/main.ts")).href });
  });

  test("the published package runs dist/, and its exit code is the program's", async () => {
    const run = launch(inPackage, [], "say", "3");
    expect((await run.ended)[0]).toBe(3);
    expect(JSON.parse(run.output())).toMatchObject({ file: pathToFileURL(join(inPackage, "dist/main.js")).href });
  });

  test("an old Node hands over to the one that came with the dependencies, arguments and exit code included", async () => {
    const run = launch(inCheckout, pretendOld, "two words", "3");
    expect((await run.ended)[0]).toBe(3);
    expect(JSON.parse(run.output())).toMatchObject({ what: "two words", versions: process.versions.node });
  });

  test("a signal reaches the program behind an old Node", async () => {
    const run = launch(inCheckout, pretendOld, "wait");
    await once(run.child.stdout, "data");
    run.child.kill("SIGTERM");
    expect((await run.ended)[0]).toBe(7);
  });

  test("an old Node with no other at hand says so in one line and exits 2", async () => {
    const run = launch(bare, pretendOld, "say", "0");
    expect((await run.ended)[0]).toBe(2);
    expect(run.output()).toMatch(/^remit: needs Node 24 or newer, and this is 20\.1\.0: .*\n$/);
  });
});
