/** Takes the key that is due first and reconciles it. One key is never reconciled twice at the same time in this process. */
import { redact } from "../github/redact.ts";
import type { WorkItem } from "../store/store.ts";
import type { LaneStep } from "./lane.ts";
import { retryDelayMs } from "./retry.ts";
import type { WorkerParts } from "./worker.ts";

export interface QueueLane {
  /** May be called by several lanes at once. */
  next(): Promise<LaneStep>;
}

export function queueLane(parts: WorkerParts): QueueLane {
  const { store, clock, leaseMs } = parts;
  const running = new Map<string, Promise<void>>();
  return {
    async next() {
      const item = await store.queue.take(clock.now(), leaseMs);
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
    const next = await parts.reconcile(item.key);
    await store.queue.done(item, next);
    metrics.reconcile("done");
  } catch (error) {
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
