/** A worker over a real store and a clock that a test moves. */
import { onTestFinished } from "vitest";
import { createWorker, type WorkerParts } from "../../src/server/worker.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { ManualClock } from "./manual-clock.ts";

export const leaseMs = 60_000;

export async function workbench(changes: Partial<WorkerParts> = {}) {
  const store = await openSqliteStore({ directory: temporaryDirectory() });
  const clock = new ManualClock();
  const counted: string[] = [];
  const logged: unknown[] = [];
  const log = (...line: unknown[]) => void logged.push(line);
  const worker = createWorker({
    store,
    clock,
    log: { info: log, warn: log, error: log },
    metrics: {
      delivery: (outcome) => void counted.push(outcome),
      reconcile: (outcome) => void counted.push(`reconcile ${outcome}`),
    },
    handleDelivery: async () => [],
    reconcile: async () => undefined,
    pollMs: 3_600_000,
    leaseMs,
    ...changes,
  });
  onTestFinished(async () => {
    await worker.stop();
    await store.close();
  });
  const deliver = async (dedupeKey: string) => {
    const common = { source: "prom", type: "alertmanager", event: "", body: "{}", receivedAt: clock.now() };
    return (await store.inbox.accept({ ...common, dedupeKey })).id;
  };
  return { store, clock, worker, counted, logged, deliver };
}

/** A promise that the test settles. */
export function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}
