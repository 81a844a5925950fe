/** A small cluster: follows a branch like a GitOps controller and runs what the manifests say. Git is the only way to change it. */
import type { Clock } from "../../clock.ts";
import type { ClusterEvent, Health } from "./cluster-event.ts";
import type { Settings } from "./manifests.ts";
import { type Notifications, startNotifications } from "./notifications.ts";
import type { PodNature, Pods } from "./pods.ts";
import type { Receiver } from "./post-json.ts";
import { repeat } from "./repeat.ts";
import type { Sample } from "./scrape.ts";
import type { Service } from "./service.ts";
import { syncController } from "./sync-controller.ts";
import { startWorkload, type Workload } from "./workload.ts";

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
  /** What its pods can take. Anything without it. */
  readonly nature?: PodNature;
  /** On an ordinary day. 0: nobody calls it. */
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
  /** Between two looks of the autoscalers and of the kernel. */
  readonly tendMs: number;
}

export interface Cluster {
  service(name: string): Service;
  samples(service: string): readonly Sample[];
  pods(service: string): Pods;
  /** From now on so many customers come to a service: 2 is twice as many as on an ordinary day. */
  ask(service: string, load: number): void;
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
  const loops = [
    repeat(options.pace.pollMs, () => controller.look()),
    repeat(options.pace.tendMs, async () => {
      for (const workload of workloads) workload.tend();
    }),
  ];
  const find = (name: string): Workload => {
    const found = workloads.find((workload) => workload.application.service === name);
    if (found === undefined) throw new Error(`the cluster runs no service ${name}`);
    return found;
  };

  return {
    service: (name) => find(name).service,
    samples: (name) => find(name).scraper.samples,
    pods: (name) => find(name).pods,
    ask: (name, load) => find(name).ask(load),
    suspend: () => controller.suspend(true),
    resume: () => controller.suspend(false),
    failNextSync: () => controller.failNext(),
    setDelay: (delayMs) => controller.setDelay(delayMs),
    async close() {
      controller.stop();
      await Promise.all(loops.map((loop) => loop.stop()));
      await Promise.all(workloads.map((workload) => workload.quiet()));
      await notifications?.close();
      await Promise.all(workloads.map((workload) => workload.service.close()));
    },
  };
}

function startNotificationsTo(
  receiver: Receiver | undefined,
  options: ClusterOptions,
  onEvent: (event: ClusterEvent) => void,
): Notifications | undefined {
  if (receiver === undefined) return undefined;
  return startNotifications({ receiver, everyMs: options.pace.pollMs, clock: options.clock, onEvent });
}
