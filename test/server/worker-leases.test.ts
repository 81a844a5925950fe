import { expect, it, onTestFinished, vi } from "vitest";
import { gate, leaseMs, workbench } from "./workbench.ts";

it("a lease is renewed for as long as the work goes on, and not after it", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const begun = gate();
  const finish = gate();
  const bench = await workbench({
    async reconcile() {
      begun.open();
      await finish.opened;
      return undefined;
    },
  });
  await bench.store.queue.add("incident", bench.clock.now());
  const running = bench.worker.runDue();
  await begun.opened;
  for (let third = 0; third < 9; third += 1) {
    bench.clock.advance(leaseMs / 3);
    await vi.advanceTimersByTimeAsync(leaseMs / 3);
  }
  expect(await bench.store.queue.take(bench.clock.now(), leaseMs)).toBeUndefined();
  expect(await bench.store.queue.nextRunAt()).toBe(bench.clock.now() + leaseMs);
  finish.open();
  await running;
  expect(vi.getTimerCount()).toBe(0);
});

it("a delivery's lease is renewed for as long as it is handled", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const begun = gate();
  const finish = gate();
  const bench = await workbench({
    async handleDelivery() {
      begun.open();
      await finish.opened;
      return [];
    },
  });
  await bench.deliver("a");
  const running = bench.worker.runDue();
  await begun.opened;
  bench.clock.advance(leaseMs / 3);
  await vi.advanceTimersByTimeAsync(leaseMs / 3);
  bench.clock.advance((leaseMs * 2) / 3);
  expect(await bench.store.inbox.take(bench.clock.now(), leaseMs)).toBeUndefined();
  finish.open();
  await running;
});

it("a worker that lost its lease stops before it writes, and leaves the key to whoever has it", async () => {
  const bench = await workbench({
    async reconcile(key, hold) {
      // Paused for longer than its lease: another replica took over.
      bench.clock.advance(leaseMs);
      expect(await bench.store.queue.take(bench.clock.now(), leaseMs)).toMatchObject({ key });
      await hold.renew();
      throw new Error("must not be reached");
    },
  });
  await bench.store.queue.add("incident", bench.clock.now());
  await bench.worker.runDue();
  expect(await bench.store.queue.nextRunAt()).toBe(bench.clock.now() + leaseMs);
  expect(JSON.stringify(bench.logged)).toContain("another worker took over");
});
