/** Runs Remit: webhooks in front, the worker behind, and a few pages for people and machines that watch it. */
import type { Assembly } from "./assembly.ts";
import type { Config } from "./config/config.ts";
import { createMetrics } from "./create-metrics.ts";
import { createPages } from "./create-pages.ts";
import { createIntake } from "./intake/create-intake.ts";
import { listen } from "./listen.ts";
import { createWorker, type Worker } from "./worker.ts";

export type ServeConfig = Pick<Config, "listen" | "sources"> & {
  readonly github: Pick<Config["github"], "webhookSecrets">;
};

export interface ServeOptions {
  /** Longest time between two looks at the store. 1,000 unless said otherwise. */
  readonly pollMs?: number;
  /** How long whoever sends a request may take for all of it. 30,000 unless said otherwise. */
  readonly requestTimeoutMs?: number;
}

export interface Serving {
  /** Where it listens: `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly worker: Worker;
  /** Takes no more requests, finishes the steps at hand. Doesn't close the assembly. */
  close(): Promise<void>;
}

/** Listens and works when it resolves. Rejects when the port is taken. */
export async function serve(config: ServeConfig, parts: Assembly, options: ServeOptions = {}): Promise<Serving> {
  const { store, clock, log } = parts;
  const metrics = createMetrics(store);
  const worker = createWorker({
    ...handlers(parts),
    store,
    clock,
    log,
    metrics,
    pollMs: options.pollMs ?? 1_000,
    leaseMs: 120_000,
  });
  const app = createIntake({
    inbox: store.inbox,
    clock,
    log,
    sources: config.sources,
    webhookSecrets: config.github.webhookSecrets,
    count: metrics.intake,
    onStored: () => worker.wake(),
  });
  app.route("/", createPages({ store, clock, metrics, lastRunAt: () => worker.lastRunAt() }));
  if (parts.pages !== undefined) app.route("/", parts.pages);
  app.onError((error, context) => {
    log.error({ error, path: context.req.routePath }, "a request failed");
    return context.json({ error: { code: "internal", message: "it failed, see the log" } }, 500);
  });
  const server = await listen(app.fetch, config.listen, options.requestTimeoutMs ?? 30_000);
  worker.start();
  const { url } = server;
  log.info({ url, sources: config.sources.map(({ name }) => name) }, "Remit listens");
  return {
    url,
    worker,
    async close() {
      await Promise.all([server.close(), worker.stop()]);
      log.info({}, "Remit stopped");
    },
  };
}

function handlers(parts: Assembly) {
  return {
    handleDelivery: parts.handleDelivery.bind(parts),
    reconcile: parts.reconcile.bind(parts),
  };
}
