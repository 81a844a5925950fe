/** A service that runs in the sandbox: a real HTTP server on loopback whose answers depend on what was deployed and on its pods. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Counter, Gauge, Registry } from "prom-client";
import { noPods, type Pods } from "./pods.ts";

export interface ServiceOptions {
  readonly name: string;
  readonly namespace: string;
  readonly environment: string;
  /** Share of requests (0 to 1) that a version answers with 500. */
  readonly errorRate: (version: string) => number;
  /** Whoever finds no room in them gets 503, and 502 whose pod is killed. Without it nobody does. */
  readonly pods?: () => Pods;
  /** A free port when left out. */
  readonly port?: number;
}

export interface Service {
  readonly name: string;
  /** `http://127.0.0.1:port`. `/` answers 200 or 5xx, `/version` the running version, `/metrics` in Prometheus' text format. */
  readonly url: string;
  /** Undefined until something was deployed; requests get 503 until then. */
  readonly version: string | undefined;
  deploy(version: string): void;
  close(): Promise<void>;
}

export async function startService(options: ServiceOptions): Promise<Service> {
  const metrics = serviceMetrics(options);
  let version: string | undefined;
  const statusOf = statuses(options);

  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    response.setHeader("x-version", version ?? "none");
    if (request.url === "/metrics") {
      response.setHeader("content-type", metrics.contentType);
      response.end(await metrics.text());
      return;
    }
    response.setHeader("content-type", "text/plain");
    if (request.url === "/version") {
      response.end(`${version ?? "none"}\n`);
      return;
    }
    response.statusCode = statusOf(version);
    metrics.count(response.statusCode);
    response.end(answers.get(response.statusCode));
  };
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });

  return {
    name: options.name,
    url: `http://127.0.0.1:${portOf(server.address())}`,
    get version() {
      return version;
    },
    deploy(next) {
      metrics.deployed(next);
      version = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const answers: ReadonlyMap<number, string> = new Map([
  [200, "ok\n"],
  [500, "internal error: the payment session is nil\n"],
  [502, "bad gateway: the connection was reset\n"],
  [503, "service unavailable: no pod has room\n"],
]);

/** Only what finds room reaches a pod, and only what reaches one that lives is answered by the version. */
function statuses({ pods, errorRate }: ServiceOptions): (version: string | undefined) => number {
  const [isTurnedAway, isLost, isFailing] = [spread(), spread(), spread()];
  return (version) => {
    const { turnedAway, killed, count } = pods?.() ?? noPods;
    if (version === undefined || isTurnedAway(turnedAway)) return 503;
    if (killed > 0 && isLost(killed / count)) return 502;
    return isFailing(errorRate(version)) ? 500 : 200;
  };
}

/** Evenly instead of rolling dice: of any n calls in a row, n × share are true, give or take one. */
function spread(): (share: number) => boolean {
  let calls = 0;
  return (share) => {
    const index = calls++;
    return Math.floor((index + 1) * share) > Math.floor(index * share);
  };
}

function serviceMetrics(options: ServiceOptions) {
  const registry = new Registry();
  registry.setDefaultLabels({
    service: options.name,
    namespace: options.namespace,
    environment: options.environment,
  });
  const requests = new Counter({
    name: "http_requests_total",
    help: "Requests answered, by status code.",
    labelNames: ["code"],
    registers: [registry],
  });
  const build = new Gauge({
    name: "build_info",
    help: "The running version.",
    labelNames: ["version"],
    registers: [registry],
  });
  // In a real cluster kube-state-metrics and the kubelet tell these two.
  const pods = options.pods ?? (() => noPods);
  registry.registerMetric(
    new Gauge({
      name: "kube_deployment_status_replicas",
      help: "Pods that run.",
      registers: [],
      collect() {
        this.set(pods().count);
      },
    }),
  );
  registry.registerMetric(
    new Counter({
      name: "container_oom_events_total",
      help: "Containers killed for their memory.",
      registers: [],
      collect() {
        this.reset();
        this.inc(pods().oomKills);
      },
    }),
  );
  // Series that exist from the start have a rate from the first failure on.
  for (const code of answers.keys()) requests.inc({ code: String(code) }, 0);
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    count: (code: number) => requests.inc({ code: String(code) }),
    deployed(version: string) {
      build.reset();
      build.set({ version }, 1);
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the service isn't listening on a port");
  return address.port;
}
