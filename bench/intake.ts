/**
 * How fast webhooks are stored durably, and how soon they are answered, as ratios to raw inserts in the same run: the same
 * rows, one transaction each, one after the other. `node bench/intake.ts [--json] [--seconds N] [--connections N]`
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { systemClock } from "../src/clock.ts";
import { Secret } from "../src/server/config/secret.ts";
import { createIntake } from "../src/server/intake/create-intake.ts";
import { listen } from "../src/server/listen.ts";
import { type LoadResult, notification } from "./intake-load.ts";
import { median } from "./median.ts";
import { type StoreUnderTest, storesUnderTest } from "./store-under-test.ts";

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

interface Measured {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const stores = await storesUnderTest();
try {
  for (const store of stores) {
    const raw: Measured[] = [];
    const intake: Measured[] = [];
    // In turns, so that whatever else the machine does meets both.
    for (let round = 0; round < rounds; round += 1) {
      raw.push(await rawInserts(store, seconds / rounds));
      intake.push(await overHttp(store, seconds / rounds));
    }
    report(store.name, middle(raw), middle(intake));
  }
} finally {
  for (const store of stores) await store.close();
}

async function rawInserts(store: StoreUnderTest, forSeconds: number): Promise<Measured> {
  const database = await store.raw();
  await database.run("DROP TABLE IF EXISTS raw_inbox");
  await database.run(
    "CREATE TABLE raw_inbox (id INTEGER PRIMARY KEY, dedupe_key TEXT UNIQUE, body TEXT, received_at BIGINT)",
  );
  const latencies: number[] = [];
  const begun = performance.now();
  while (performance.now() - begun < forSeconds * 1_000) {
    const id = latencies.length;
    const sentAt = performance.now();
    const sql = "INSERT INTO raw_inbox (id, dedupe_key, body, received_at) VALUES (?, ?, ?, ?)";
    await database.run(sql, id, `alertmanager/prom/${id}`, notification(id), id);
    latencies.push(performance.now() - sentAt);
  }
  const elapsedMs = performance.now() - begun;
  await database.close();
  return measured(
    latencies.toSorted((a, b) => a - b),
    elapsedMs,
  );
}

async function overHttp(under: StoreUnderTest, forSeconds: number): Promise<Measured> {
  const store = await under.open();
  const silent = () => {};
  const tokens = [new Secret("token")];
  const app = createIntake({
    inbox: store.inbox,
    clock: systemClock,
    log: { info: silent, warn: silent, error: silent },
    sources: [{ name: "prom", type: "alertmanager", repository: "acme/shop", environments: undefined, tokens }],
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
  return measured(result.latenciesMs, result.elapsedMs);
}

function measured(latenciesMs: readonly number[], elapsedMs: number): Measured {
  const at = (share: number) => latenciesMs[Math.floor(latenciesMs.length * share)] ?? 0;
  return { perSecond: (latenciesMs.length * 1_000) / elapsedMs, p50Ms: at(0.5), p99Ms: at(0.99) };
}

function middle(all: readonly Measured[]): Measured {
  return {
    perSecond: median(all.map(({ perSecond }) => perSecond)),
    p50Ms: median(all.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(all.map(({ p99Ms }) => p99Ms)),
  };
}

function report(store: string, raw: Measured, intake: Measured): void {
  const ratio = intake.perSecond / raw.perSecond;
  // As many senders wait at once as there are connections, and each waits for those before it.
  const latencyRatio = intake.p99Ms / (raw.p50Ms * connections);
  if (values.json) {
    process.stdout.write(
      `${JSON.stringify({ benchmark: "intake", store, connections, raw, intake, ratio, latencyRatio })}\n`,
    );
    return;
  }
  const line = (name: string, text: string) => `${name.padEnd(52)}${text.padStart(10)}\n`;
  process.stdout.write(
    line(`raw ${store} inserts per second`, raw.perSecond.toFixed(0)) +
      line(`webhooks stored per second (${connections} connections)`, intake.perSecond.toFixed(0)) +
      line("ratio (at least 0.5)", ratio.toFixed(2)) +
      line("answered within, half of them (ms)", intake.p50Ms.toFixed(1)) +
      line("answered within, 99 of 100 (ms)", intake.p99Ms.toFixed(1)) +
      line(`the latter to ${connections} raw inserts in a row`, latencyRatio.toFixed(2)),
  );
}
