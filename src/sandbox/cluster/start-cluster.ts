/** A small cluster: follows a branch like a GitOps controller and runs what the manifests say. Git is the only way to change it. */
import type { Clock } from "../../clock.ts";
import type { ClusterEvent, Health } from "./cluster-event.ts";
import { type LoadGenerator, startLoad } from "./load-generator.ts";
import type { Settings } from "./manifests.ts";
import { type Notifications, startNotifications } from "./notifications.ts";
import type { Receiver } from "./post-json.ts";
import { repeat } from "./repeat.ts";
import { type Sample, startScraper } from "./scrape.ts";
import { type Service, startService } from "./service.ts";
import { syncController, type Workload } from "./sync-controller.ts";

export interface ClusterOptions {
  readonly gitDirectory: string;
  readonly branch: string;
  readonly namespace: string;
  readonly environment: string;
  readonly applications: readonly Application[];
  /** Where sync notifications go; none without it. */
  readonly argocd?: Receiver;
  readonly clock: Clock;
  readonly pace: ClusterPace;
  readonly onEvent?: (event: ClusterEvent) => void;
}

/** An Argo CD Application that runs one service. */
export interface Application {
  readonly name: string;
  readonly service: string;
  /** Directory of the repository that it applies. */
  readonly path: string;
  readonly behaviour: (version: string, settings: Settings) => { readonly errorRate: number; readonly health: Health };
  /** 0: nobody calls it. */
  readonly requestsPerSecond: number;
  readonly port?: number;
}

export interface ClusterPace {
  /** Between two looks at the branch. */
  readonly pollMs: number;
  /** From noticing a revision to applying it. */
  readonly delayMs: number;
  /** From applying it to the word that it succeeded. */
  readonly rolloutMs: number;
  readonly scrapeMs: number;
}

export interface Cluster {
  service(name: string): Service;
  samples(service: string): readonly Sample[];
  /** Stops applying anything, as a suspended or paused controller does. */
  suspend(): void;
  resume(): void;
  /** The next revision fails to sync and isn't tried again. */
  failNextSync(): void;
  setDelay(delayMs: number): void;
  close(): Promise<void>;
}

/** Resolves when every application runs what the branch said at the start. Throws when one can't. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const onEvent = options.onEvent ?? (() => {});
  const workloads = await Promise.all(options.applications.map((application) => startWorkload(application, options)));
  const notifications = startNotificationsTo(options.argocd, options, onEvent);
  const controller = syncController({ ...options, onEvent, notifications, workloads });
  await controller.look(0);
  const missing = workloads.find((workload) => workload.service.version === undefined);
  if (missing !== undefined)
    throw new Error(`${missing.application.path} has no image for ${missing.application.service}`);
  const loads = workloads.flatMap((workload) => startLoadOn(workload));
  const loop = repeat(options.pace.pollMs, () => controller.look());
  const find = (name: string): Workload => {
    const found = workloads.find((workload) => workload.application.service === name);
    if (found === undefined) throw new Error(`the cluster runs no service ${name}`);
    return found;
  };

  return {
    service: (name) => find(name).service,
    samples: (name) => find(name).scraper.samples,
    suspend: () => controller.suspend(true),
    resume: () => controller.suspend(false),
    failNextSync: () => controller.failNext(),
    setDelay: (delayMs) => controller.setDelay(delayMs),
    async close() {
      controller.stop();
      await loop.stop();
      await Promise.all(loads.map((load) => load.close()));
      await Promise.all(workloads.map((workload) => workload.scraper.close()));
      await notifications?.close();
      await Promise.all(workloads.map((workload) => workload.service.close()));
    },
  };
}

async function startWorkload(application: Application, options: ClusterOptions): Promise<Workload> {
  const running: { settings: Settings } = { settings: new Map() };
  const service = await startService({
    name: application.service,
    namespace: options.namespace,
    environment: options.environment,
    errorRate: (version) => application.behaviour(version, running.settings).errorRate,
    ...(application.port === undefined ? {} : { port: application.port }),
  });
  const scraper = startScraper({ url: service.url, everyMs: options.pace.scrapeMs, clock: options.clock });
  return { application, service, scraper, running, applied: undefined };
}

function startLoadOn(workload: Workload): readonly LoadGenerator[] {
  const { requestsPerSecond } = workload.application;
  return requestsPerSecond === 0 ? [] : [startLoad(workload.service.url, requestsPerSecond)];
}

function startNotificationsTo(
  receiver: Receiver | undefined,
  options: ClusterOptions,
  onEvent: (event: ClusterEvent) => void,
): Notifications | undefined {
  if (receiver === undefined) return undefined;
  return startNotifications({ receiver, everyMs: options.pace.pollMs, clock: options.clock, onEvent });
}
