/** A service that runs in the sandbox: a real HTTP server on loopback whose answers depend on the version that was deployed. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Counter, Gauge, Registry } from "prom-client";

export interface ServiceOptions {
  readonly name: string;
  readonly namespace: string;
  readonly environment: string;
  /** Share of requests (0 to 1) that a version answers with 500. */
  readonly errorRate: (version: string) => number;
  /** A free port when left out. */
  readonly port?: number;
}

export interface Service {
  readonly name: string;
  /** `http://127.0.0.1:port`. `/` answers 200 or 500, `/version` the running version, `/metrics` in Prometheus' text format. */
  readonly url: string;
  /** Undefined until something was deployed; requests get 503 until then. */
  readonly version: string | undefined;
  deploy(version: string): void;
  close(): Promise<void>;
}

export async function startService(options: ServiceOptions): Promise<Service> {
  const metrics = serviceMetrics(options);
  let version: string | undefined;
  let requests = 0;

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
    response.statusCode = version === undefined ? 503 : answer(requests++, options.errorRate(version));
    metrics.count(response.statusCode);
    response.end(response.statusCode === 200 ? "ok\n" : "internal error: the payment session is nil\n");
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

/** Spreads failures evenly instead of rolling dice: of any n requests in a row, n × rate fail, give or take one. */
function answer(index: number, errorRate: number): 200 | 500 {
  return Math.floor((index + 1) * errorRate) > Math.floor(index * errorRate) ? 500 : 200;
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
  // Series that exist from the start have a rate from the first failure on.
  for (const code of ["200", "500"]) requests.inc({ code }, 0);
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
