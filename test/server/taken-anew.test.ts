import { expect, it } from "vitest";
import { RemitError } from "../../src/errors.ts";
import { workbench } from "./workbench.ts";

it("what was put off by a clock that ran ahead is looked at as soon as the clock is set back", async () => {
  const looked: number[] = [];
  const bench = await workbench({
    async reconcile() {
      looked.push(bench.clock.now());
      throw new RemitError("github-unavailable", "no answer");
    },
  });
  const start = bench.clock.now();
  bench.clock.advance(3 * 3_600_000);
  await bench.store.queue.add("a", bench.clock.now());
  await bench.worker.runDue();
  bench.clock.advance(-30_000);
  await bench.worker.runDue();
  expect(looked).toHaveLength(1);
  bench.clock.advance(start - bench.clock.now());
  await bench.worker.runDue();
  expect(looked).toEqual([start + 3 * 3_600_000, start]);
});

it("what was put off by a clock that ran ahead, before Remit was stopped, is looked at as soon as it starts", async () => {
  const looked: string[] = [];
  const bench = await workbench({
    async reconcile(key) {
      looked.push(key);
      return undefined;
    },
  });
  await bench.store.queue.add("a", bench.clock.now() + 3 * 3_600_000);
  await bench.worker.runDue();
  expect(looked).toEqual(["a"]);
  await bench.store.queue.add("b", bench.clock.now() + 3 * 3_600_000);
  await bench.worker.runDue();
  expect(looked).toEqual(["a"]);
});

it("whoever takes what wasn't finished is told so", async () => {
  const again: unknown[] = [];
  const bench = await workbench({
    async reconcile(_key, hold) {
      again.push(hold.again);
      if (again.length === 1) throw new RemitError("github-unavailable", "no answer");
      return undefined;
    },
  });
  for (const _ of ["fails and is done", "is done"]) {
    await bench.store.queue.add("a", bench.clock.now());
    await bench.worker.runDue();
    bench.clock.advance(3_600_000);
    await bench.worker.runDue();
  }
  expect(again).toEqual([false, true, false]);
});
