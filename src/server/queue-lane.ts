/** Takes the key that is due first and reconciles it under a lease that it renews. One key is never reconciled twice at the same time. */
import { RemitError } from "../errors.ts";
import { redact } from "../redact.ts";
import type { Hold } from "../remediation/hold.ts";
import { leaseLost } from "../store/lease-lost.ts";
import type { WorkItem } from "../store/store.ts";
import { keepAlive } from "./keep-alive.ts";
import type { LaneStep } from "./lane.ts";
import { retryDelayMs } from "./retry.ts";
import type { WorkerParts } from "./worker.ts";

export interface QueueLane {
  /** May be called by several lanes at once. */
  next(): Promise<LaneStep>;
}

/** A clock that is kept with the time goes back by less. */
const setBackMs = 60_000;

export function queueLane(parts: WorkerParts): QueueLane {
  const { store, clock, leaseMs } = parts;
  const running = new Map<string, Promise<void>>();
  // Whoever worked here before may have had another clock, and what they put off is looked at by whoever begins.
  let seen = Number.POSITIVE_INFINITY;
  return {
    async next() {
      const now = clock.now();
      // What was put off by a clock that ran ahead would wait for that time to come again, while nobody is called.
      if (now < seen - setBackMs) await store.queue.recall(now, leaseMs);
      seen = now;
      const item = await store.queue.take(now, leaseMs);
      if (item === undefined) return { worked: false, until: await store.queue.nextRunAt() };
      // A reconcile that outlives its own lease comes back as due: it must end before it begins again.
      const before = running.get(item.key);
      const work = (before ?? Promise.resolve()).then(() => reconcile(parts, item));
      running.set(item.key, work);
      try {
        await work;
      } finally {
        if (running.get(item.key) === work) running.delete(item.key);
      }
      return { worked: true };
    },
  };
}

async function reconcile(parts: WorkerParts, item: WorkItem): Promise<void> {
  const { store, clock, log, metrics } = parts;
  try {
    const hold = holdOf(parts, item);
    const next = await keepAlive(parts.leaseMs, hold.renew, () => parts.reconcile(item.key, hold));
    await store.queue.done(item, next);
    metrics.reconcile("done");
  } catch (error) {
    if (error instanceof RemitError && error.code === "lease-lost") {
      // Whoever took over does what is left.
      metrics.reconcile("failed");
      log.warn({ incident: item.key, attempts: item.attempts, error }, "reconcile ended: another worker took over");
      return;
    }
    const delayMs = retryDelayMs(error, item.attempts);
    const message = redact(error instanceof Error ? error.message : String(error)).slice(0, 2_000);
    await store.queue.fail(item, message, clock.now() + delayMs);
    metrics.reconcile("failed");
    log.warn(
      { incident: item.key, attempts: item.attempts, delayMs, error },
      "reconcile failed and will be tried again",
    );
  }
}

function holdOf({ store, clock, leaseMs }: WorkerParts, item: WorkItem): Hold {
  return {
    lease: item,
    again: item.attempts > 1,
    async renew() {
      if (!(await store.queue.renew(item, clock.now() + leaseMs))) throw leaseLost(item.key);
    },
  };
}
