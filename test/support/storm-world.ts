/** The front half of Remit under a storm: real HTTP, a real store, a real repository with so many services. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../src/clock.ts";
import { openLocalMirror } from "../../src/gitops/mirror/git-mirror.ts";
import { receiveSignals } from "../../src/remediation/receive-signals.ts";
import { repositoryReader } from "../../src/remediation/repository-reader.ts";
import { defaultSettings } from "../../src/remediation/settings.ts";
import { Secret } from "../../src/server/config/secret.ts";
import { createIntake } from "../../src/server/intake/create-intake.ts";
import { listen } from "../../src/server/listen.ts";
import { createWorker } from "../../src/server/worker.ts";
import { alertmanager } from "../../src/signals/alertmanager.ts";
import type { Store } from "../../src/store/store.ts";

export interface StormWorld {
  /** Sends alerts, each a delivery of its own; answers with the statuses. */
  send(alerts: readonly StormAlert[]): Promise<readonly number[]>;
  /** Works off everything that is due. */
  workOff(): Promise<void>;
  /** The keys that were reconciled, in order. */
  readonly reconciled: readonly string[];
  close(): Promise<void>;
}

export interface StormAlert {
  readonly service: string;
  readonly number: number;
  readonly severity?: string;
}

/** `directory`: an empty one, for the repository. */
export async function stormWorld(store: Store, directory: string, services: readonly string[]): Promise<StormWorld> {
  commitServices(directory, services);
  const mirror = await openLocalMirror(directory);
  const reader = repositoryReader(mirror);
  const silent = () => {};
  const log = { info: silent, warn: silent, error: silent };
  const reconciled: string[] = [];
  const parts = {
    store,
    clock: systemClock,
    settings: defaultSettings,
    log,
    stopEnvironment: () => false,
    reader: async () => reader,
    ourLogin: async () => "remit[bot]",
    maySpeakOf: () => true,
  };
  const worker = createWorker({
    store,
    clock: systemClock,
    log,
    metrics: { delivery: silent, reconcile: silent },
    handleDelivery: ({ body, receivedAt }) => {
      const context = { source: "prom", repository: "acme/shop", observedAt: receivedAt };
      return receiveSignals(parts, alertmanager.parse(JSON.parse(body), context));
    },
    reconcile: async (key) => {
      reconciled.push(key);
      return undefined;
    },
    pollMs: 1_000,
    leaseMs: 120_000,
  });
  const app = createIntake({
    inbox: store.inbox,
    clock: systemClock,
    log,
    sources: [
      {
        name: "prom",
        type: "alertmanager",
        repository: "acme/shop",
        environments: undefined,
        tokens: [new Secret("token")],
      },
    ],
    webhookSecrets: [new Secret("unused")],
    count: silent,
    onStored: silent,
  });
  const server = await listen(app.fetch, { host: "127.0.0.1", port: 0 }, 30_000);
  return {
    reconciled,
    send: (alerts) => inParallel(32, alerts, (alert) => post(`${server.url}/hooks/alertmanager/prom`, alert)),
    workOff: () => worker.runDue(),
    async close() {
      await server.close(0);
      await mirror.close();
    },
  };
}

async function post(url: string, { service, number, severity = "warning" }: StormAlert): Promise<number> {
  const labels = { alertname: "HighErrorRate", service, severity, pod: `${service}-${number}` };
  const alert = {
    status: "firing",
    labels,
    annotations: { summary: `The error rate of ${service} is above 5 %` },
    startsAt: new Date(systemClock.now() - 60_000).toISOString(),
    endsAt: "0001-01-01T00:00:00Z",
    fingerprint: `${service}${number}`,
  };
  const response = await fetch(url, {
    method: "POST",
    headers: { authorization: "Bearer token", "content-type": "application/json" },
    body: JSON.stringify({ version: "4", status: "firing", receiver: "remit", alerts: [alert] }),
  });
  await response.arrayBuffer();
  return response.status;
}

async function inParallel<T, R>(width: number, all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async () => {
    for (let one = all[next]; one !== undefined; one = all[next]) {
      next += 1;
      results.push(await work(one));
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}

function commitServices(directory: string, services: readonly string[]): void {
  for (const service of services) {
    mkdirSync(join(directory, "apps", service), { recursive: true });
    writeFileSync(join(directory, "apps", service, "deployment.yaml"), deployment(service));
  }
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args], {
      cwd: directory,
      stdio: "ignore",
      env: { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" },
    });
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Deploy");
}

function deployment(service: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${service}
  namespace: shop
spec:
  template:
    spec:
      containers:
        - name: ${service}
          image: registry.example/${service}:v1.0.0
`;
}
