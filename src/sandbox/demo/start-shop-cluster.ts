/** The shop's production cluster: three services that follow git, customers for them, and alerts on checkout. */
import type { Clock } from "../../clock.ts";
import { type Alerting, startAlerting } from "../cluster/alerting.ts";
import type { ClusterEvent } from "../cluster/cluster-event.ts";
import type { Receiver } from "../cluster/post-json.ts";
import { type Cluster, startCluster } from "../cluster/start-cluster.ts";
import type { Pace } from "./pace.ts";
import type { Scenario } from "./scenario.ts";
import { shopAlerts } from "./shop-alerts.ts";
import { overlayPath, shopNamespace, shopServices } from "./shop-files.ts";

export interface ShopClusterOptions {
  readonly gitDirectory: string;
  readonly scenario: Pick<Scenario, "behaviour" | "nature">;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly argocd: Receiver;
  /** None: somebody else watches the service and alerts. */
  readonly alertmanager: Receiver | undefined;
  readonly onEvent: (event: ClusterEvent) => void;
}

export interface ShopCluster extends Cluster {
  readonly alerting: Alerting | undefined;
}

export const shopEnvironment = "production";
/** The service that the story is about. */
export const troubledService = "checkout";

export async function startShopCluster(options: ShopClusterOptions): Promise<ShopCluster> {
  const { pace, clock, onEvent } = options;
  const behaviour = options.scenario.behaviour();
  const well = () => ({ errorRate: 0, health: "Healthy" as const });
  const cluster = await startCluster({
    gitDirectory: options.gitDirectory,
    branch: "main",
    namespace: shopNamespace,
    environment: shopEnvironment,
    applications: shopServices.map(({ name }) => ({
      name: `${name}-${shopEnvironment}`,
      service: name,
      path: overlayPath(name, shopEnvironment),
      ...(name === troubledService
        ? { behaviour, nature: options.scenario.nature(clock.now()), requestsPerSecond: pace.requestsPerSecond }
        : { behaviour: well, requestsPerSecond: 0 }),
    })),
    argocd: options.argocd,
    clock,
    pace: pace.cluster,
    onEvent,
  });
  const alerting = startShopAlerting(options, cluster);
  return {
    ...cluster,
    alerting,
    async close() {
      await alerting?.close();
      await cluster.close();
    },
  };
}

function startShopAlerting(options: ShopClusterOptions, cluster: Cluster): Alerting | undefined {
  const { pace, clock, onEvent, alertmanager } = options;
  if (alertmanager === undefined) return undefined;
  return startAlerting({
    watched: [
      {
        service: troubledService,
        namespace: shopNamespace,
        environment: shopEnvironment,
        samples: () => cluster.samples(troubledService),
      },
    ],
    rules: shopAlerts(pace.alerting.forMs),
    windowMs: pace.alerting.windowMs,
    evaluateEveryMs: pace.alerting.evaluateEveryMs,
    repeatMs: pace.alerting.repeatMs,
    receiver: alertmanager,
    clock,
    onEvent,
  });
}
