/** One service of the cluster with its pods, its customers and whoever counts what it answers. */
import type { Health } from "./cluster-event.ts";
import { type LoadGenerator, startLoad } from "./load-generator.ts";
import type { Manifests, Settings } from "./manifests.ts";
import { nextPods, noPods, type PodSpec, type Pods, tireless } from "./pods.ts";
import { type Scraper, startScraper } from "./scrape.ts";
import { type Service, startService } from "./service.ts";
import type { Application, ClusterOptions } from "./start-cluster.ts";

export interface Workload {
  readonly application: Application;
  readonly service: Service;
  readonly scraper: Scraper;
  /** Digest of the manifests that were applied last, whether or not that succeeded. */
  applied: string | undefined;
  /** Runs this from now on. */
  run(version: string, manifests: Manifests, revision: string): void;
  /** The autoscaler and the kernel do what is due. */
  tend(): void;
  readonly pods: Pods;
  /** As its controller sees it. */
  health(): Health;
  /** Customers come, in ordinary days: 2 is twice as many as usually. */
  ask(load: number): void;
  /** Nobody calls it any more, and nobody counts. */
  quiet(): Promise<void>;
}

/** What its pods were started with. */
interface Running {
  readonly settings: Settings;
  readonly spec: PodSpec;
}

const nothing: Running = {
  settings: new Map(),
  spec: { least: 0, most: 0, utilization: 1, memory: undefined, memoryMi: undefined },
};

export async function startWorkload(application: Application, options: ClusterOptions): Promise<Workload> {
  const { clock, onEvent = () => {} } = options;
  const { service: name, requestsPerSecond, nature = tireless } = application;
  let running = nothing;
  let pods: Pods = noPods;
  let load = 1;
  let customers: LoadGenerator | undefined;
  const behaviour = (version: string) => application.behaviour(version, running.settings);
  const service = await startService({
    name,
    namespace: options.namespace,
    environment: options.environment,
    errorRate: (version) => behaviour(version).errorRate,
    pods: () => pods,
    ...(application.port === undefined ? {} : { port: application.port }),
  });
  const scraper = startScraper({ url: service.url, everyMs: options.pace.scrapeMs, clock });

  const tend = () => {
    const before = pods;
    const { memory = "" } = running.spec;
    pods = nextPods(before, running.spec, nature, load, clock.now());
    const event = { at: clock.now(), service: name };
    if (before.count !== 0 && pods.count !== before.count) onEvent({ ...event, kind: "scaled", pods: pods.count });
    if (before.killed === 0 && pods.killed > 0) onEvent({ ...event, kind: "oom-killed", memory });
  };
  return {
    application,
    service,
    scraper,
    applied: undefined,
    run(version, manifests, revision) {
      const spec = manifests.pods.get(name) ?? nothing.spec;
      const next = { settings: manifests.settings, spec };
      const before = running;
      const what = differences(before, next);
      running = next;
      if (version !== service.version) {
        service.deploy(version);
        onEvent({ kind: "deployed", at: clock.now(), service: name, version, revision });
      } else if (what.length > 0) {
        onEvent({ kind: "reconfigured", at: clock.now(), service: name, what: what.join(" and "), revision });
      }
      if (before !== nothing && isRebounded(before.spec, spec))
        onEvent({ kind: "bounds-changed", at: clock.now(), service: name, least: spec.least, most: spec.most });
      tend();
      // Nobody comes before there is something to come to.
      if (requestsPerSecond > 0) customers ??= startLoad(service.url, () => requestsPerSecond * load);
    },
    tend,
    get pods() {
      return pods;
    },
    health() {
      if (service.version === undefined || pods.killed > 0) return "Degraded";
      return behaviour(service.version).health;
    },
    ask(times) {
      load = times;
    },
    async quiet() {
      await customers?.close();
      await scraper.close();
    },
  };
}

/** A number of replicas is seen when the pods are there. */
function isRebounded(before: PodSpec, { least, most }: PodSpec): boolean {
  return least !== most && (least !== before.least || most !== before.most);
}

/** What people would say of it. */
function differences(before: Running, after: Running): readonly string[] {
  const settings = [...after.settings].filter(([key, value]) => before.settings.get(key) !== value);
  const { memory } = after.spec;
  return [
    ...settings.map(([key, value]) => `${key}=${value}`),
    ...(memory === undefined || memory === before.spec.memory ? [] : [`${memory} of memory`]),
  ];
}
