import fc from "fast-check";
import { expect, it } from "vitest";
import { RemitError } from "../../src/errors.ts";
import type { Delivery } from "../../src/store/store.ts";
import { gate, leaseMs, workbench } from "./workbench.ts";

it("every delivery is handled once, oldest first", async () => {
  const handled: string[] = [];
  const bench = await workbench({ handleDelivery: async ({ dedupeKey }) => [`${handled.push(dedupeKey)}`] });
  for (const key of ["a", "b", "c"]) await bench.deliver(key);
  await bench.worker.runDue();
  await bench.worker.runDue();
  expect(handled).toEqual(["a", "b", "c"]);
  expect(await bench.store.inbox.counts()).toEqual({ pending: 0, parked: 0, done: 3 });
  expect(bench.counted).toEqual(["done", "done", "done"]);
});

it("a poison delivery is tried eight times with growing pauses, then parked with its error, and holds up no other", async () => {
  const attempts: number[] = [];
  const bench = await workbench({
    async handleDelivery({ dedupeKey }) {
      if (dedupeKey !== "poison") return [];
      attempts.push(bench.clock.now());
      throw new Error("it always fails");
    },
  });
  const id = await bench.deliver("poison");
  await bench.deliver("good");
  await bench.worker.runDue();
  expect(await bench.store.inbox.counts()).toEqual({ pending: 1, parked: 0, done: 1 });
  for (let second = 0; second < 1_000; second += 1) {
    bench.clock.advance(1_000);
    await bench.worker.runDue();
  }
  const pauses = attempts.slice(1).map((at, index) => at - (attempts[index] ?? 0));
  expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000]);
  expect(await bench.store.inbox.get(id)).toMatchObject({ state: "parked", attempts: 8, error: "it always fails" });
  expect(await bench.store.inbox.replay(id, bench.clock.now())).toBe(true);
  await bench.worker.runDue();
  expect(attempts).toHaveLength(9);
});

it("a payload that is wrong is parked at once", async () => {
  const bench = await workbench({
    handleDelivery: () => Promise.reject(new RemitError("payload-invalid", "alerts: missing")),
  });
  const id = await bench.deliver("a");
  await bench.worker.runDue();
  expect(await bench.store.inbox.get(id)).toMatchObject({ state: "parked", attempts: 1, error: "alerts: missing" });
});

it("a fault of GitHub's doesn't park a delivery, and its time to wait is kept", async () => {
  const attempts: number[] = [];
  const bench = await workbench({
    async handleDelivery() {
      attempts.push(bench.clock.now());
      throw new RemitError("github-rate-limited", "too many requests", { retryAfterMs: 600_000 });
    },
  });
  const id = await bench.deliver("a");
  for (let minute = 0; minute < 120; minute += 1) {
    await bench.worker.runDue();
    bench.clock.advance(60_000);
  }
  expect(attempts).toHaveLength(12);
  expect(await bench.store.inbox.get(id)).toMatchObject({ state: "pending" });
});

it("a delivery on which the process dies again and again is parked", async () => {
  const bench = await workbench({ handleDelivery: () => Promise.reject(new Error("must not be called")) });
  const id = await bench.deliver("deadly");
  for (let death = 0; death < 8; death += 1) {
    await bench.store.inbox.take(bench.clock.now(), leaseMs);
    bench.clock.advance(leaseMs);
  }
  await bench.worker.runDue();
  expect(await bench.store.inbox.get(id)).toMatchObject({
    state: "parked",
    error: "Remit ended while it handled this",
  });
});

it("no secret of an error reaches the store or the log's text", async () => {
  const secret = `ghs_${"a1B2".repeat(9)}`;
  const bench = await workbench({ handleDelivery: () => Promise.reject(new Error(`Authorization: token ${secret}`)) });
  const id = await bench.deliver("a");
  await bench.worker.runDue();
  expect((await bench.store.inbox.get(id))?.error).not.toContain(secret);
});

it("a reconcile is repeated when it said, and forgotten when it said nothing", async () => {
  const runs: number[] = [];
  const bench = await workbench({
    async reconcile() {
      runs.push(bench.clock.now());
      return runs.length === 1 ? bench.clock.now() + 5_000 : undefined;
    },
  });
  const begun = bench.clock.now();
  await bench.store.queue.add("incident", begun);
  await bench.worker.runDue();
  bench.clock.advance(4_999);
  await bench.worker.runDue();
  bench.clock.advance(1);
  await bench.worker.runDue();
  expect(runs).toEqual([begun, begun + 5_000]);
  expect(await bench.store.queue.size()).toBe(0);
});

it("a reconcile that fails is tried again later, after the time that GitHub asked for", async () => {
  let fails = true;
  const bench = await workbench({
    async reconcile() {
      if (fails) throw new RemitError("github-rate-limited", "too many requests", { retryAfterMs: 90_000 });
      return undefined;
    },
  });
  const at = bench.clock.now();
  await bench.store.queue.add("incident", at);
  await bench.worker.runDue();
  expect(await bench.store.queue.nextRunAt()).toBe(at + 90_000);
  fails = false;
  bench.clock.advance(90_000);
  await bench.worker.runDue();
  expect(await bench.store.queue.size()).toBe(0);
  expect(bench.counted).toEqual(["reconcile failed", "reconcile done"]);
});

it("one key is never reconciled twice at the same time, even when it outlives its lease", async () => {
  const first = gate();
  let running = 0;
  let most = 0;
  let runs = 0;
  const bench = await workbench({
    async reconcile() {
      running += 1;
      runs += 1;
      most = Math.max(most, running);
      if (runs === 1) await first.opened;
      running -= 1;
      return undefined;
    },
  });
  await bench.store.queue.add("incident", bench.clock.now());
  const slow = bench.worker.runDue();
  bench.clock.advance(leaseMs);
  const again = bench.worker.runDue();
  first.open();
  await Promise.all([slow, again]);
  expect({ most, runs }).toEqual({ most: 1, runs: 2 });
  expect(await bench.store.queue.size()).toBe(0);
});

it("different keys are reconciled side by side", async () => {
  const both = gate();
  const begun: string[] = [];
  const bench = await workbench({
    async reconcile(key) {
      begun.push(key);
      if (begun.length === 2) both.open();
      await both.opened;
      return undefined;
    },
  });
  await bench.store.queue.add("a", 0);
  await bench.store.queue.add("b", 0);
  await bench.worker.runDue();
  expect(begun.toSorted()).toEqual(["a", "b"]);
});

it("a started worker wakes for a new delivery and for what the delivery queued, without waiting for its poll", async () => {
  const reconciled = gate();
  const bench = await workbench({
    async handleDelivery(delivery: Delivery) {
      await bench.store.queue.add(`incident of ${delivery.dedupeKey}`, bench.clock.now());
      return [];
    },
    async reconcile() {
      reconciled.open();
      return undefined;
    },
  });
  bench.worker.start();
  await bench.deliver("a");
  bench.worker.wake();
  await reconciled.opened;
});

it("a stop finishes the step at hand and begins no other", async () => {
  const begun = gate();
  const finish = gate();
  const handled: string[] = [];
  const bench = await workbench({
    async handleDelivery({ dedupeKey }) {
      begun.open();
      await finish.opened;
      handled.push(dedupeKey);
      return [];
    },
  });
  await bench.deliver("a");
  await bench.deliver("b");
  bench.worker.start();
  await begun.opened;
  let stopped = false;
  const stopping = bench.worker.stop().then(() => {
    stopped = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(stopped).toBe(false);
  finish.open();
  await stopping;
  expect(handled).toEqual(["a"]);
  expect(await bench.store.inbox.counts()).toEqual({ pending: 1, parked: 0, done: 1 });
});

it("a store that fails doesn't end the worker", async () => {
  const worked = gate();
  const bench = await workbench({
    pollMs: 1,
    async reconcile() {
      worked.open();
      return undefined;
    },
  });
  let failures = 2;
  const take = bench.store.queue.take.bind(bench.store.queue);
  bench.store.queue.take = (now, ms) => {
    if (failures-- > 0) return Promise.reject(new RemitError("store-failed", "disk full"));
    return take(now, ms);
  };
  await bench.store.queue.add("incident", 0);
  bench.worker.start();
  await worked.opened;
  expect(bench.worker.lastRunAt()).toBe(bench.clock.now());
});

it("whatever fails how often, every delivery ends done or parked, and each is handled as often as was counted", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 8 }), async (failures) => {
      const left = new Map(failures.map((count, index) => [String(index), count]));
      const bench = await workbench({
        async handleDelivery({ dedupeKey }) {
          const rest = left.get(dedupeKey) ?? 0;
          left.set(dedupeKey, rest - 1);
          if (rest > 0) throw new Error("not yet");
          return [];
        },
      });
      for (const key of left.keys()) await bench.deliver(key);
      for (let round = 0; round < 12; round += 1) {
        await bench.worker.runDue();
        bench.clock.advance(300_000);
      }
      const parked = failures.filter((count) => count >= 8).length;
      expect(await bench.store.inbox.counts()).toEqual({ pending: 0, parked, done: failures.length - parked });
    }),
    { numRuns: 15 },
  );
});
