/** What Prometheus reads at /metrics. Labels come from closed sets or the configuration, never from a payload. */
import { Counter, Gauge, Registry } from "prom-client";
import type { DeliveryState, Store } from "../store/store.ts";
import { unansweredCalls } from "./call-watch.ts";
import type { StormWatch } from "./storm-watch.ts";

export interface Metrics {
  readonly registry: Registry;
  /** What became of each request to a webhook. */
  intake(type: string, outcome: string): void;
  delivery(outcome: "done" | "retried" | "parked"): void;
  reconcile(outcome: "done" | "failed"): void;
}

export interface Spent {
  readonly requests: number;
  readonly retries: number;
}

export function createMetrics(
  store: Pick<Store, "inbox" | "queue" | "incidents" | "shadows">,
  storms: StormWatch,
  spent: () => Spent,
): Metrics {
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
  addCallGauges(registry, store);
  addShadowGauge(registry, store);
  addStormGauges(registry, storms);
  addSpent(registry, spent);
  return {
    registry,
    intake: (type, outcome) => intake.inc({ type, outcome }),
    delivery: (outcome) => deliveries.inc({ outcome }),
    reconcile: (outcome) => reconciles.inc({ outcome }),
  };
}

function addCallGauges(registry: Registry, store: Pick<Store, "incidents">): void {
  const registers = [registry];
  new Gauge({
    name: "remit_unanswered_calls",
    help: "Open incidents for which a person was called, and nobody reacted on GitHub.",
    registers,
    async collect() {
      this.set((await unansweredCalls(store)).length);
    },
  });
  new Gauge({
    name: "remit_unanswered_call_oldest_timestamp_seconds",
    help: "When the person was called whose answer is owed longest; 0 where none is.",
    registers,
    async collect() {
      const [oldest] = await unansweredCalls(store);
      this.set((oldest?.since ?? 0) / 1000);
    },
  });
}

function addShadowGauge(registry: Registry, store: Pick<Store, "shadows">): void {
  new Gauge({
    name: "remit_shadows",
    help: "Changes that Remit would have made where it might not, by what people merged instead.",
    labelNames: ["repository", "outcome"],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { repository, outcome = "waiting" } of await store.shadows.results())
        this.inc({ repository, outcome });
    },
  });
}

function addStormGauges(registry: Registry, storms: StormWatch): void {
  const labelNames = ["repository"];
  const registers = [registry];
  const under = new Gauge({
    name: "remit_changes_under_way",
    help: "Changes from the decision until they are verified or over.",
    labelNames,
    registers,
  });
  const tripped = new Gauge({
    name: "remit_breaker_tripped",
    help: "1 while so many services are sick at once that Remit merges nothing without a person.",
    labelNames,
    registers,
  });
  new Gauge({
    name: "remit_sick_services",
    help: "Services with an alert that fires and was heard of within the breaker's window.",
    labelNames,
    registers,
    async collect() {
      for (const { repository, sickServices, changesUnderWay, breaker } of await storms.look()) {
        this.set({ repository }, sickServices);
        under.set({ repository }, changesUnderWay);
        tripped.set({ repository }, breaker === "tripped" ? 1 : 0);
      }
    },
  });
}

function addSpent(registry: Registry, spent: () => Spent): void {
  const counter = (name: string, help: string, of: keyof Spent) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(spent()[of]);
      },
    });
  counter("remit_github_requests", "Requests to GitHub of this process since it started.", "requests");
  counter(
    "remit_github_retries",
    "Those of them that repeat one that failed: a tenth at most, and one probe in ten seconds.",
    "retries",
  );
}
