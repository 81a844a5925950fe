/** What Prometheus reads at /metrics. Labels come from closed sets or the configuration, never from a payload. */
import { Counter, Gauge, Registry } from "prom-client";
import type { DeliveryState, Store } from "../store/store.ts";

export interface Metrics {
  readonly registry: Registry;
  /** What became of each request to a webhook. */
  intake(type: string, outcome: string): void;
  delivery(outcome: "done" | "retried" | "parked"): void;
  reconcile(outcome: "done" | "failed"): void;
}

export function createMetrics(store: Pick<Store, "inbox" | "queue">): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const intake = new Counter({
    name: "remit_intake_requests_total",
    help: "Requests to webhooks by what became of them.",
    labelNames: ["type", "outcome"],
    registers,
  });
  const deliveries = new Counter({
    name: "remit_deliveries_total",
    help: "Attempts to process a stored delivery by outcome.",
    labelNames: ["outcome"],
    registers,
  });
  const reconciles = new Counter({
    name: "remit_reconciles_total",
    help: "Reconciles of an incident by outcome.",
    labelNames: ["outcome"],
    registers,
  });
  new Gauge({
    name: "remit_inbox_deliveries",
    help: "Stored deliveries by state.",
    labelNames: ["state"],
    registers,
    async collect() {
      const counts = await store.inbox.counts();
      const states: readonly DeliveryState[] = ["pending", "parked", "done"];
      for (const state of states) this.set({ state }, counts[state]);
    },
  });
  new Gauge({
    name: "remit_queue_size",
    help: "Incidents that wait to be looked at.",
    registers,
    async collect() {
      this.set(await store.queue.size());
    },
  });
  return {
    registry,
    intake: (type, outcome) => intake.inc({ type, outcome }),
    delivery: (outcome) => deliveries.inc({ outcome }),
    reconcile: (outcome) => reconciles.inc({ outcome }),
  };
}
