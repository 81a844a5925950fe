import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const child = fileURLToPath(new URL("accept-until-killed.ts", import.meta.url));

it("no acknowledged delivery is lost when the process is killed at any moment", async () => {
  const directory = temporaryDirectory();
  const acknowledged: string[] = [];
  for (const [round, enough] of [1, 37, 150, 401, 800].entries()) {
    acknowledged.push(...(await acceptThenKill(directory, String(round), enough)));
  }
  const store = await openSqliteStore({ directory });
  const stored = new Set((await store.inbox.list({ limit: 1_000_000 })).map(({ dedupeKey }) => dedupeKey));
  await store.close();
  expect(acknowledged.length).toBeGreaterThan(1_000);
  expect(acknowledged.filter((key) => !stored.has(key))).toEqual([]);
});

/** Kills with SIGKILL while it writes, as soon as `enough` acknowledgements were read; returns all that were printed. */
async function acceptThenKill(directory: string, round: string, enough: number): Promise<string[]> {
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
