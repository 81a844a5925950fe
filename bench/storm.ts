/**
 * Ten thousand alerts, for 500 targets and for one: how long until each is stored and worked off, as a ratio to raw inserts
 * of the same run, and how much memory that takes. `node bench/storm.ts [--json] [--alerts N] [--targets N]`
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { stormWorld } from "../test/support/storm-world.ts";
import { type StoreUnderTest, storesUnderTest } from "./store-under-test.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean" },
    alerts: { type: "string", default: "10000" },
    targets: { type: "string", default: "500" },
  },
});
const alerts = Number(values.alerts);
const mebi = 1_048_576;

const stores = await storesUnderTest();
try {
  for (const under of stores) {
    const rawPerSecond = await rawInserts(under);
    for (const targets of [Number(values.targets), 1]) await storm(under, targets, rawPerSecond);
  }
} finally {
  for (const store of stores) await store.close();
}

async function rawInserts(under: StoreUnderTest): Promise<number> {
  const database = await under.raw();
  await database.run("DROP TABLE IF EXISTS raw_storm");
  await database.run("CREATE TABLE raw_storm (id INTEGER PRIMARY KEY, body TEXT)");
  const body = "x".repeat(500);
  const count = Math.min(2_000, alerts);
  const begun = performance.now();
  for (let id = 0; id < count; id += 1) await database.run("INSERT INTO raw_storm (id, body) VALUES (?, ?)", id, body);
  const elapsedMs = performance.now() - begun;
  await database.close();
  return (count * 1_000) / elapsedMs;
}

async function storm(under: StoreUnderTest, targets: number, rawPerSecond: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "remit-storm-"));
  const services = Array.from({ length: targets }, (_, index) => `service-${index}`);
  const store = await under.open();
  const world = await stormWorld(store, directory, services);
  const before = heap();
  const peak = peakHeap();
  const sent = await timed(() =>
    world.send(Array.from({ length: alerts }, (_, number) => ({ service: `service-${number % targets}`, number }))),
  );
  const worked = await timed(() => world.workOff());
  const peakMb = (peak.stop() - before) / mebi;
  const keptMb = (heap() - before) / mebi;
  const incidents = (await store.incidents.open()).length;
  await world.close();
  await store.close();
  rmSync(directory, { recursive: true, force: true });
  if (sent.result.some((status) => status !== 202)) throw new Error("an alert wasn't acknowledged");
  if (incidents !== targets) throw new Error(`${incidents} incidents for ${targets} targets`);
  report({
    benchmark: "storm",
    store: under.name,
    alerts,
    targets,
    storedSeconds: sent.ms / 1_000,
    storedRatio: (alerts * 1_000) / sent.ms / rawPerSecond,
    workedOffSeconds: worked.ms / 1_000,
    workedOffRatio: (alerts * 1_000) / worked.ms / rawPerSecond,
    peakMb,
    keptMb,
  });
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly ms: number }> {
  const begun = performance.now();
  const result = await work();
  return { result, ms: performance.now() - begun };
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function peakHeap(): { stop(): number } {
  let most = 0;
  const look = () => {
    most = Math.max(most, process.memoryUsage().heapUsed);
  };
  const timer = setInterval(look, 100);
  return {
    stop() {
      clearInterval(timer);
      look();
      return most;
    },
  };
}

function report(result: Record<string, string | number>): void {
  if (values.json) return void process.stdout.write(`${JSON.stringify(result)}\n`);
  for (const [name, value] of Object.entries(result)) {
    process.stdout.write(`${name.padEnd(20)}${typeof value === "number" ? Number(value.toFixed(2)) : value}\n`);
  }
  process.stdout.write("\n");
}
