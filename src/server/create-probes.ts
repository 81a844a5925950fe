/** Is it alive, and does it work? The only pages that whoever can send a webhook can read. */
import { Hono } from "hono";
import type { Clock, Instant } from "../clock.ts";
import type { Trouble } from "../remediation/watchdog/trouble.ts";
import type { Store } from "../store/store.ts";

export interface ProbeParts {
  readonly store: Pick<Store, "queue">;
  readonly clock: Clock;
  /** When the worker last looked at the store. */
  readonly lastRunAt: () => Instant | undefined;
  /** What the watchdog finds; none where there is no watchdog. */
  readonly troubles?: () => Promise<readonly Trouble[]>;
}

/** The worker looks every second or so; silence for this long means that it is stuck. */
const stuckMs = 60_000;

export function createProbes({ store, clock, lastRunAt, troubles }: ProbeParts): Hono {
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
    // Kinds only: whoever can send a webhook reads this. It is ready all the same, since another process would find the same.
    const kinds = new Set((await troubles?.().catch(() => []))?.map(({ kind }) => kind));
    return context.json({ status: "ready", ...(kinds.size === 0 ? {} : { troubles: [...kinds] }) });
  });
  return app;
}
