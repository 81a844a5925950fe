/**
 * How fast webhooks are stored durably, as a ratio to raw SQLite inserts in the same run: same pragmas, same rows, one
 * transaction each. `node bench/intake.ts [--json] [--seconds N] [--connections N]`
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { systemClock } from "../src/clock.ts";
import { Secret } from "../src/server/config/secret.ts";
import { createIntake } from "../src/server/intake/create-intake.ts";
import { listen } from "../src/server/listen.ts";
import { SqliteDatabase } from "../src/store/sqlite-database.ts";
import { openSqliteStore } from "../src/store/sqlite-store.ts";
import { type LoadResult, notification } from "./intake-load.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean" },
    seconds: { type: "string", default: "3" },
    connections: { type: "string", default: "64" },
  },
});
const seconds = Number(values.seconds);
const connections = Number(values.connections);
const rounds = 3;

const directory = mkdtempSync(join(tmpdir(), "remit-bench-"));
try {
  const raw: number[] = [];
  const intake: number[] = [];
  let stored = 0;
  // In turns, so that whatever else the machine does meets both.
  for (let round = 0; round < rounds; round += 1) {
    raw.push(rawInserts(join(directory, `raw-${round}`), seconds / rounds));
    const measured = await overHttp(join(directory, `intake-${round}`), seconds / rounds);
    intake.push(measured.perSecond);
    stored += measured.stored;
  }
  report({ raw: median(raw), intake: median(intake), ratio: median(intake) / median(raw), connections, stored });
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function rawInserts(place: string, forSeconds: number): number {
  const database = new SqliteDatabase(place);
  database.execute(
    "CREATE TABLE inbox (id INTEGER PRIMARY KEY, dedupe_key TEXT UNIQUE, body TEXT, received_at INTEGER)",
  );
  let count = 0;
  const begun = performance.now();
  while (performance.now() - begun < forSeconds * 1_000) {
    count += 1;
    const sql = "INSERT INTO inbox (dedupe_key, body, received_at) VALUES (?, ?, ?)";
    database.transaction(() => database.run(sql, `alertmanager/prom/${count}`, notification(count), count));
  }
  const perSecond = (count * 1_000) / (performance.now() - begun);
  database.close();
  return perSecond;
}

async function overHttp(place: string, forSeconds: number): Promise<{ perSecond: number; stored: number }> {
  const store = await openSqliteStore({ directory: place });
  const silent = () => {};
  const app = createIntake({
    inbox: store.inbox,
    clock: systemClock,
    log: { info: silent, warn: silent, error: silent },
    sources: [
      {
        name: "prom",
        type: "alertmanager",
        repository: "acme/shop",
        environments: undefined,
        tokens: [new Secret("token")],
      },
    ],
    webhookSecrets: [new Secret("unused")],
    count: silent,
    onStored: silent,
  });
  const server = await listen(app.fetch, { host: "127.0.0.1", port: 0 }, 30_000);
  const load = fork(fileURLToPath(new URL("intake-load.ts", import.meta.url)), [
    `${server.url}/hooks/alertmanager/prom`,
    String(forSeconds * 1_000),
    String(connections),
  ]);
  const [result] = (await once(load, "message")) as [LoadResult];
  await server.close(0);
  const { pending } = await store.inbox.counts();
  await store.close();
  if (pending !== result.accepted) throw new Error(`${result.accepted} were acknowledged, ${pending} are stored`);
  return { perSecond: (result.accepted * 1_000) / result.elapsedMs, stored: pending };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

function report(result: { raw: number; intake: number; ratio: number; connections: number; stored: number }): void {
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ benchmark: "intake", ...result })}\n`);
    return;
  }
  const line = (name: string, text: string) => `${name.padEnd(42)}${text.padStart(10)}\n`;
  process.stdout.write(
    line("raw SQLite inserts per second", result.raw.toFixed(0)) +
      line(`webhooks stored per second (${connections} connections)`, result.intake.toFixed(0)) +
      line("ratio (at least 0.5)", result.ratio.toFixed(2)),
  );
}
