/** Runs Remit: webhooks in front, the worker behind, and a few pages for people and machines that watch it. */
import { randomUUID } from "node:crypto";
import type { Env, Hono } from "hono";
import type { Log } from "../remediation/session.ts";
import type { Assembly } from "./assembly.ts";
import type { Config } from "./config/config.ts";
import { defaultRetention, type Retention } from "./config/retention.ts";
import { createMetrics } from "./create-metrics.ts";
import { createPages } from "./create-pages.ts";
import { createProbes } from "./create-probes.ts";
import { createHousekeeper } from "./housekeeper.ts";
import { createIntake, githubSource } from "./intake/create-intake.ts";
import { createLeaseKeeper } from "./lease-keeper.ts";
import { listen } from "./listen.ts";
import { createSignIn } from "./sign-in/sign-in-routes.ts";
import { sourceWatch } from "./source-watch.ts";
import { stormWatch } from "./storm-watch.ts";
import { version } from "./version.ts";
import { createWatchdog } from "./watchdog/watchdog.ts";
import { addWatchdogGauges } from "./watchdog/watchdog-gauges.ts";
import { createWorker, type Worker } from "./worker.ts";

export type ServeConfig = Pick<Config, "listen" | "admin" | "sources"> & {
  /** 30 days for deliveries and syncs, 90 for incidents, 180 for shadows unless said otherwise. */
  readonly retention?: Retention;
  readonly github: Pick<Config["github"], "webhookSecrets">;
};

export interface ServeOptions {
  /** Longest time between two looks at the store. 1,000 unless said otherwise. */
  readonly pollMs?: number;
  /** How long a piece of work belongs to a replica that says nothing any more. 120,000 unless said otherwise. */
  readonly leaseMs?: number;
  /** Time between two looks whose time is over. 60,000 unless said otherwise. */
  readonly leasesEveryMs?: number | undefined;
  /** Time between two looks for what is broken. 60,000 unless said otherwise. */
  readonly watchEveryMs?: number | undefined;
  /** How long whoever sends a request may take for all of it. 30,000 unless said otherwise. */
  readonly requestTimeoutMs?: number;
}

export interface Serving {
  /** Where it takes webhooks: `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Where metrics and state are read: `http://127.0.0.1:8081`. */
  readonly adminUrl: string;
  readonly worker: Worker;
  /** Takes no more requests, finishes the steps at hand. Doesn't close the assembly. */
  close(): Promise<void>;
}

/** Listens and works when it resolves. Rejects when the port is taken. */
export async function serve(config: ServeConfig, parts: Assembly, options: ServeOptions = {}): Promise<Serving> {
  const { store, clock, log } = parts;
  const storms = stormWatch(
    store,
    clock,
    config.sources.map(({ repository }) => repository),
  );
  const metrics = createMetrics(store, storms, () => parts.spent?.() ?? { requests: 0, retries: 0 });
  const worker = createWorker({
    ...handlers(parts),
    store,
    clock,
    log,
    metrics,
    pollMs: options.pollMs ?? 1_000,
    leaseMs: options.leaseMs ?? 120_000,
  });
  const sources = sourceWatch({ store, clock, log, sources: [githubSource, ...config.sources] });
  const app = createIntake({
    inbox: store.inbox,
    clock,
    log,
    sources: config.sources,
    webhookSecrets: config.github.webhookSecrets,
    count: metrics.intake,
    onHeard: (source) => sources.heard(source),
    onAlive: (source) => sources.alive(source),
    onStored: () => worker.wake(),
  });
  const watchdog = createWatchdog({
    store,
    clock,
    log,
    sources: config.sources,
    heard: () => sources.look(),
    workedAt: () => worker.lastRunAt(),
    ends: parts.watchdog,
    self: randomUUID(),
    everyMs: options.watchEveryMs ?? 60_000,
  });
  addWatchdogGauges(metrics.registry, watchdog);
  const troubles = () => watchdog.look();
  const watch = { store, clock, metrics, troubles, lastRunAt: () => worker.lastRunAt() };
  app.route("/", createProbes(watch));
  const standing = async () => parts.standing?.();
  const signIn = parts.signIn && createSignIn({ ...parts.signIn, clock, log, turn: turning(parts.signIn, worker) });
  const admin = createPages({
    ...watch,
    storms,
    standing,
    version: version(),
    heard: () => sources.look(),
    signIn,
    hosts: [
      config.admin.host,
      ...(config.admin.hosts ?? []),
      ...(parts.signIn === undefined ? [] : [new URL(parts.signIn.url).hostname]),
    ],
  });
  if (parts.pages !== undefined) admin.route("/", parts.pages);
  const timeoutMs = options.requestTimeoutMs ?? 30_000;
  const server = await listen(answering(app, log), config.listen, timeoutMs);
  const adminServer = await listen(answering(admin, log), config.admin, timeoutMs).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  worker.start();
  const housekeeper = createHousekeeper({ store, clock, log, retention: config.retention ?? defaultRetention });
  housekeeper.start();
  const endLeases = async () => parts.endLeases?.();
  const leases = createLeaseKeeper({
    clock,
    log,
    endLeases,
    wake: () => worker.wake(),
    everyMs: options.leasesEveryMs ?? 60_000,
  });
  leases.start();
  watchdog.start();
  const { url } = server;
  const { url: adminUrl } = adminServer;
  const names = config.sources.map(({ name }) => name);
  log.info({ url, adminUrl, store: store.description, sources: names }, "Remit listens");
  return {
    url,
    adminUrl,
    worker,
    async close() {
      await Promise.all([
        server.close(),
        adminServer.close(),
        worker.stop(),
        housekeeper.stop(),
        leases.stop(),
        watchdog.stop(),
      ]);
      log.info({}, "Remit stopped");
    },
  };
}

/** What follows from it is done at once. */
function turning({ turn }: NonNullable<Assembly["signIn"]>, worker: Worker): typeof turn {
  return async (asked) => {
    const done = await turn(asked);
    worker.wake();
    return done;
  };
}

/** A handler that fails tells the log, and the sender only that it failed. */
function answering<E extends Env>(app: Hono<E>, log: Log): Hono<E>["fetch"] {
  app.onError((error, context) => {
    log.error({ error, path: context.req.routePath }, "a request failed");
    return context.json({ error: { code: "internal", message: "it failed, see the log" } }, 500);
  });
  return app.fetch;
}

function handlers(parts: Assembly) {
  return {
    handleDelivery: parts.handleDelivery.bind(parts),
    reconcile: parts.reconcile.bind(parts),
  };
}
