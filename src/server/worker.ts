/** Works off the inbox and the queue. Everything it does may be done twice, so a crash at any point costs only time. */
import type { Clock, Instant } from "../clock.ts";
import type { Hold } from "../remediation/hold.ts";
import type { Log } from "../remediation/session.ts";
import type { Delivery, Store } from "../store/store.ts";
import { deliveryLane } from "./delivery-lane.ts";
import { Lane } from "./lane.ts";
import { queueLane } from "./queue-lane.ts";

export interface WorkerParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: WorkerMetrics;
  handleDelivery(delivery: Delivery): Promise<readonly string[]>;
  /** Answers when to look again; undefined: when something is added. */
  reconcile(key: string, hold: Hold): Promise<Instant | undefined>;
  /** Longest time between two looks at the store, in milliseconds: another process may have added something. */
  readonly pollMs: number;
  /** How long an item belongs to this worker before another one may take it over. Renewed while it is worked on. */
  readonly leaseMs: number;
  /** Attempts after which a delivery is parked. 8 unless said otherwise. */
  readonly maxAttempts?: number;
  /** Incidents that are worked on at the same time. 4 unless said otherwise. */
  readonly concurrency?: number;
}

export interface WorkerMetrics {
  delivery(outcome: "done" | "retried" | "parked"): void;
  reconcile(outcome: "done" | "failed"): void;
}

export interface Worker {
  /** Works until `stop`. */
  start(): void;
  /** Takes nothing more, and resolves once the steps at hand are finished. */
  stop(): Promise<void>;
  /** Something may be due: look now. */
  wake(): void;
  /** Does everything that is due now and resolves when nothing is. Not beside `start`. */
  runDue(): Promise<void>;
  /** When it last looked at the store and found it working; undefined before the first time. */
  lastRunAt(): Instant | undefined;
}

export function createWorker(parts: WorkerParts): Worker {
  let lastRunAt: Instant | undefined;
  const seen = () => {
    lastRunAt = parts.clock.now();
  };
  const queue = queueLane(parts);
  const reconciles = Array.from({ length: parts.concurrency ?? 4 }, () => new Lane(parts, seen, () => queue.next()));
  const wakeReconciles = () => {
    for (const lane of reconciles) lane.wake();
  };
  const deliveries = new Lane(parts, seen, deliveryLane(parts, wakeReconciles));
  const lanes = [deliveries, ...reconciles];
  return {
    start: () => {
      for (const lane of lanes) lane.start();
    },
    async stop() {
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
    wake: () => {
      for (const lane of lanes) lane.wake();
    },
    async runDue() {
      let found = true;
      while (found) found = (await Promise.all(lanes.map((lane) => lane.runDue()))).some(Boolean);
    },
    lastRunAt: () => lastRunAt,
  };
}
