/** What those who run Remit read: the status page, metrics, and the state as JSON. It names services and incidents, so it has a port of its own. */
import { Hono } from "hono";
import type { Delivery, DeliveryState, Store } from "../store/store.ts";
import { unansweredCalls } from "./call-watch.ts";
import type { Metrics } from "./create-metrics.ts";
import { createProbes, type ProbeParts } from "./create-probes.ts";
import { incidentSummary } from "./incident-summary.ts";
import { knownHost } from "./known-host.ts";
import { createStatusPage } from "./pages/status-routes.ts";
import type { StatusParts } from "./pages/status-view.ts";
import { shadowState } from "./shadow-state.ts";

export interface PageParts extends ProbeParts, StatusParts {
  readonly store: Store;
  readonly metrics: Pick<Metrics, "registry">;
  /** Names that the port answers to, beside loopback's and any address. */
  readonly hosts?: readonly string[];
}

const listLimit = 200;

export function createPages(parts: PageParts): Hono {
  const { store, clock, storms, metrics, lastRunAt, troubles } = parts;
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Cache-Control", "no-store");
  });
  app.route("/", createProbes({ store, clock, lastRunAt, ...(troubles === undefined ? {} : { troubles }) }));
  // Behind the probes: they tell nothing, and whoever runs the process may ask them by any name.
  app.use(knownHost(parts.hosts ?? []));
  app.route("/", createStatusPage(parts));
  app.get("/metrics", async (context) => {
    const text = await metrics.registry.metrics();
    return context.body(text, 200, { "Content-Type": metrics.registry.contentType });
  });
  app.get("/api/status", async (context) => {
    const { description, inbox, queue } = store;
    return context.json({
      store: description,
      inbox: await inbox.counts(),
      queue: await queue.size(),
      storms: await storms.look(),
      troubles: (await troubles?.()) ?? [],
    });
  });
  app.get("/api/incidents", async (context) => {
    const records = await store.incidents.list(listLimit);
    return context.json({ incidents: records.map(incidentSummary) });
  });
  app.get("/api/calls", async (context) => context.json({ unanswered: await unansweredCalls(store) }));
  app.get("/api/shadow", async (context) => context.json(await shadowState(store, listLimit)));
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
