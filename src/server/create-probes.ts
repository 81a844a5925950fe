/** Is it alive, and does it work? The only pages that whoever can send a webhook can read. */
import { Hono } from "hono";
import type { Clock, Instant } from "../clock.ts";
import type { Store } from "../store/store.ts";

export interface ProbeParts {
  readonly store: Pick<Store, "queue">;
  readonly clock: Clock;
  /** When the worker last looked at the store. */
  readonly lastRunAt: () => Instant | undefined;
}

/** The worker looks every second or so; silence for this long means that it is stuck. */
const stuckMs = 60_000;

export function createProbes({ store, clock, lastRunAt }: ProbeParts): Hono {
  const app = new Hono();
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
  return app;
}
