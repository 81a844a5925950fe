/** What watches Remit: health, readiness, metrics, and the state as JSON. No payload's text is in any of it. */
import { Hono } from "hono";
import type { Clock, Instant } from "../clock.ts";
import type { Delivery, DeliveryState, Store } from "../store/store.ts";
import type { Metrics } from "./create-metrics.ts";
import { incidentSummary } from "./incident-summary.ts";

export interface PageParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, "registry">;
  readonly lastRunAt: () => Instant | undefined;
}

/** The worker looks every second or so; silence for this long means that it is stuck. */
const stuckMs = 60_000;
const listLimit = 200;

export function createPages({ store, clock, metrics, lastRunAt }: PageParts): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Cache-Control", "no-store");
  });
  app.get("/healthz", (context) => context.json({ status: "ok" }));
  app.get("/readyz", async (context) => {
    const ranAt = lastRunAt();
    if (ranAt === undefined || clock.now() - ranAt > stuckMs) {
      return context.json({ status: "not-ready", reason: "the worker isn't running" }, 503);
    }
    try {
      await store.queue.size();
    } catch {
      return context.json({ status: "not-ready", reason: "the store fails" }, 503);
    }
    return context.json({ status: "ready" });
  });
  app.get("/metrics", async (context) => {
    const text = await metrics.registry.metrics();
    return context.body(text, 200, { "Content-Type": metrics.registry.contentType });
  });
  app.get("/api/incidents", async (context) => {
    const records = await store.incidents.list(listLimit);
    return context.json({ incidents: records.map(incidentSummary) });
  });
  app.get("/api/inbox", async (context) => {
    const state = stateOf(context.req.query("state"));
    if (state === "unknown") {
      return context.json({ error: { code: "usage", message: "state is pending, parked or done" } }, 400);
    }
    const deliveries = await store.inbox.list({ limit: listLimit, ...(state === undefined ? {} : { state }) });
    return context.json({ counts: await store.inbox.counts(), deliveries: deliveries.map(deliverySummary) });
  });
  return app;
}

function stateOf(text: string | undefined): DeliveryState | undefined | "unknown" {
  return text === undefined || text === "pending" || text === "parked" || text === "done" ? text : "unknown";
}

function deliverySummary({ id, source, type, event, receivedAt, state, attempts, error, lastSeenAt }: Delivery) {
  return { id, source, type, event, receivedAt, state, attempts, error, lastSeenAt };
}
