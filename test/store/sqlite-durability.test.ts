import { spawn } from "node:child_process";
import { once } from "node:events";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, it } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const child = fileURLToPath(new URL("accept-until-killed.ts", import.meta.url));

it("killed fifty times at any moment: nothing acknowledged is lost, nothing is half applied, and the file is whole", async () => {
  const directory = temporaryDirectory();
  const printed: string[] = [];
  const moments = fc.sample(fc.integer({ min: 1, max: 80 }), { numRuns: 50, seed: 4 });
  for (const [round, enough] of moments.entries()) {
    printed.push(...(await runThenKill(directory, String(round), enough)));
  }
  const file = new DatabaseSync(`${directory}/remit.sqlite`);
  expect(file.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  file.close();
  const store = await openSqliteStore({ directory });
  const deliveries = await store.inbox.list({ limit: 1_000_000 });
  const stored = new Map(deliveries.map(({ dedupeKey, state }) => [dedupeKey, state]));
  const keys = (what: string) =>
    printed.filter((line) => line.startsWith(what)).map((line) => line.split(" ")[1] ?? "");
  expect(printed.length).toBeGreaterThan(1_000);
  expect(keys("accepted").filter((key) => !stored.has(key))).toEqual([]);
  expect(keys("done").filter((key) => stored.get(key) !== "done")).toEqual([]);
  // Whatever was stored without having been acknowledged is stored with all that belongs to it.
  for (const fingerprint of stored.keys()) {
    const alert = { source: "prod", fingerprint, startsAt: 1, status: "firing" } as const;
    expect(await store.inbox.lastNotified(alert)).toBe(1);
  }
  await store.close();
}, 120_000);

/** Kills with SIGKILL while it writes, as soon as `enough` lines were read; returns all that were printed. */
async function runThenKill(directory: string, round: string, enough: number): Promise<string[]> {
  const running = spawn(process.execPath, [child, directory, round], { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  running.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
    if (printed.split("\n").length > enough) running.kill("SIGKILL");
  });
  const [, signal] = await once(running, "close");
  expect(signal).toBe("SIGKILL");
  return printed.split("\n").slice(0, -1);
}
