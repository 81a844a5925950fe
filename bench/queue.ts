/**
 * How soon a queue of 100,000 is worked off after a restart: the time to the first item, and the rate, as ratios to raw
 * writes of the same run and to a queue of 1,000. `node bench/queue.ts [--json] [--seconds N] [--size N]`
 */
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import type { Store } from "../src/store/store.ts";
import { tables } from "../src/store/tables.ts";
import { median } from "./median.ts";
import { type StoreUnderTest, storesUnderTest } from "./store-under-test.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean" },
    seconds: { type: "string", default: "3" },
    size: { type: "string", default: "100000" },
  },
});
const forMs = Number(values.seconds) * 1_000;
const size = Number(values.size);
/** Those that `remit serve` has. */
const workers = 4;
const rounds = 3;

const stores = await storesUnderTest();
try {
  for (const under of stores) {
    await fill(under, size);
    const begun = performance.now();
    const full = await under.reopen();
    const first = await full.queue.take(1e15, 60_000);
    const firstMs = performance.now() - begun;
    if (first === undefined) throw new Error("nothing was due");
    const raw: number[] = [];
    const rates: number[] = [];
    // In turns, so that whatever else the machine does meets both.
    for (let round = 0; round < rounds; round += 1) {
      raw.push(await rawWrites(under, forMs / rounds));
      rates.push(await workOff(full, forMs / rounds));
    }
    await full.close();
    await fill(under, 1_000);
    const short = await under.reopen();
    const shortRate = await workOff(short, forMs);
    await short.close();
    report(under.name, { firstMs, raw: median(raw), rate: median(rates), shortRate });
  }
} finally {
  for (const store of stores) await store.close();
}

/** Each of its own target, held by nobody, as after a restart. */
async function fill(under: StoreUnderTest, count: number): Promise<void> {
  await (await under.open()).close();
  const work = tables.find(({ name }) => name === "work");
  if (work === undefined) throw new Error("no such table");
  const rows = await under.rows();
  for (let from = 0; from < count; from += 5_000) {
    const page = Array.from({ length: Math.min(5_000, count - from) }, (_, index) => {
      const key = `incident-${from + index}`;
      return { key, queue: `acme/shop ${key}`, due_at: from + index, not_before: 0, attempts: 0, error: null };
    });
    await rows.add(work, page);
  }
  await rows.close();
}

/** Items per second. */
async function workOff(store: Store, limitMs: number): Promise<number> {
  let done = 0;
  const begun = performance.now();
  const worker = async () => {
    while (performance.now() - begun < limitMs) {
      const item = await store.queue.take(1e15, 60_000);
      if (item === undefined) return;
      await store.queue.done(item, undefined);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return (done * 1_000) / (performance.now() - begun);
}

/** The two writes that an item can't do without, by its key alone. Items per second. */
async function rawWrites(under: StoreUnderTest, limitMs: number): Promise<number> {
  const parallel = under.name === "SQLite" ? 1 : workers;
  const rates = await Promise.all(Array.from({ length: parallel }, (_, index) => rawWriter(under, limitMs, index)));
  return rates.reduce((sum, rate) => sum + rate, 0);
}

async function rawWriter(under: StoreUnderTest, limitMs: number, number: number): Promise<number> {
  const database = await under.raw();
  const table = `raw_work_${number}`;
  await database.run(`DROP TABLE IF EXISTS ${table}`);
  await database.run(`CREATE TABLE ${table} (key TEXT PRIMARY KEY, token TEXT)`);
  let done = 0;
  const begun = performance.now();
  while (performance.now() - begun < limitMs) {
    done += 1;
    await database.run(`INSERT INTO ${table} (key, token) VALUES (?, ?)`, `incident-${done}`, "token");
    await database.run(`DELETE FROM ${table} WHERE key = ?`, `incident-${done}`);
  }
  await database.run(`DROP TABLE ${table}`);
  await database.close();
  return (done * 1_000) / (performance.now() - begun);
}

interface Result {
  readonly firstMs: number;
  readonly raw: number;
  readonly rate: number;
  readonly shortRate: number;
}

function report(store: string, { firstMs, raw, rate, shortRate }: Result): void {
  const secondsInAll = size / rate;
  const ratio = rate / raw;
  const depthRatio = rate / shortRate;
  if (values.json) {
    const result = { benchmark: "queue", store, size, firstMs, raw, rate, ratio, depthRatio, secondsInAll };
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const line = (name: string, text: string) => `${name.padEnd(52)}${text.padStart(10)}\n`;
  process.stdout.write(
    line(`${store}: from the start to the first of ${size} (ms)`, firstMs.toFixed(0)) +
      line("items per second, the queue full", rate.toFixed(0)) +
      line("ratio to two raw writes each (at least 0.5)", ratio.toFixed(2)) +
      line("ratio to a queue of 1,000 (at least 0.5)", depthRatio.toFixed(2)) +
      line("all of it, at this rate (s)", secondsInAll.toFixed(0)),
  );
}
