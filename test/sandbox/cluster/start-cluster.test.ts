import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../../src/clock.ts";
import type { ClusterEvent } from "../../../src/sandbox/cluster/cluster-event.ts";
import { type Cluster, startCluster } from "../../../src/sandbox/cluster/start-cluster.ts";
import { type BareRepository, bareRepository } from "./bare-repository.ts";
import { type TestReceiver, testReceiver } from "./receiver.ts";

let repository: BareRepository;
let receiver: TestReceiver;
let cluster: Cluster | undefined;

beforeEach(async () => {
  repository = bareRepository();
  receiver = await testReceiver();
});
afterEach(async () => {
  await cluster?.close();
  cluster = undefined;
  await receiver.close();
  repository.remove();
});

const manifests = (service: string, tag: string) => ({
  [`apps/${service}/deployment.yaml`]: `kind: Deployment
metadata: {name: ${service}}
spec: {template: {spec: {containers: [{image: "ghcr.io/acme/${service}:${tag}"}]}}}
`,
});

async function start() {
  const events: ClusterEvent[] = [];
  const waiting: { matches: (event: ClusterEvent) => boolean; resolve: () => void }[] = [];
  const application = (service: string) => ({
    name: `${service}-production`,
    service,
    path: `apps/${service}`,
    behaviour: (version: string) => ({
      errorRate: version === "bad" ? 1 : 0,
      health: version === "bad" ? ("Degraded" as const) : ("Healthy" as const),
    }),
    requestsPerSecond: 0,
    nature: { capacity: 0.5, workingSetMi: () => 300 },
  });
  const started = await startCluster({
    gitDirectory: repository.gitDirectory,
    branch: "main",
    namespace: "shop",
    environment: "production",
    applications: [application("checkout"), application("cart")],
    argocd: { url: receiver.url, token: "sesame" },
    clock: systemClock,
    pace: { pollMs: 10, delayMs: 1, rolloutMs: 1, scrapeMs: 10, tendMs: 10 },
    onEvent(event) {
      events.push(event);
      for (const one of waiting) if (one.matches(event)) one.resolve();
    },
  });
  cluster = started;
  const seen = (matches: (event: ClusterEvent) => boolean) =>
    events.some(matches) ? Promise.resolve() : new Promise<void>((resolve) => waiting.push({ matches, resolve }));
  const finished = (revision: string) => seen((event) => event.kind === "sync-finished" && event.revision === revision);
  return { cluster: started, events, finished };
}

const bodies = () => receiver.received.map((one) => JSON.parse(one.body));

describe("the sandbox's cluster", () => {
  test("runs what the branch said when it started", async () => {
    repository.commit({ ...manifests("checkout", "v1"), ...manifests("cart", "v7") });
    const { cluster } = await start();
    expect(cluster.service("checkout").version).toBe("v1");
    expect(cluster.service("cart").version).toBe("v7");
  });

  test("refuses to start where the manifests have no image for a service", async () => {
    repository.commit(manifests("checkout", "v1"));
    await expect(start()).rejects.toThrow("apps/cart has no image for cart");
  });

  test("applies a commit, and reports running and then succeeded for the application that changed only", async () => {
    repository.commit({ ...manifests("checkout", "v1"), ...manifests("cart", "v7") });
    const { cluster, finished } = await start();
    await receiver.count(4);
    const revision = repository.commit(manifests("checkout", "v2"));
    await finished(revision);
    await receiver.count(6);
    expect(cluster.service("checkout").version).toBe("v2");
    expect(bodies().slice(4)).toEqual([
      expect.objectContaining({
        application: "checkout-production",
        namespace: "argocd",
        destination: "shop",
        environment: "production",
        path: "apps/checkout",
        revision,
        phase: "Running",
        sync: "OutOfSync",
        health: "Progressing",
        finishedAt: "",
      }),
      expect.objectContaining({
        revision,
        phase: "Succeeded",
        sync: "Synced",
        health: "Healthy",
        finishedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      }),
    ]);
    expect(receiver.received.every((one) => one.authorization === "Bearer sesame")).toBe(true);
  });

  test("reports a version that fails its probes as degraded", async () => {
    repository.commit({ ...manifests("checkout", "v1"), ...manifests("cart", "v7") });
    const { finished } = await start();
    const revision = repository.commit(manifests("checkout", "bad"));
    await finished(revision);
    await receiver.count(6);
    expect(bodies().at(-1)).toMatchObject({ revision, phase: "Succeeded", health: "Degraded" });
  });

  test("turns customers away until the branch says that there may be enough pods", async () => {
    const autoscaler = (most: number) => ({
      "apps/checkout/hpa.yaml": `kind: HorizontalPodAutoscaler\nspec: {scaleTargetRef: {name: checkout}, minReplicas: 2, maxReplicas: ${most}}\n`,
    });
    repository.commit({ ...manifests("checkout", "v1"), ...autoscaler(4), ...manifests("cart", "v7") });
    const { cluster, events, finished } = await start();
    const failures = async () => {
      let failed = 0;
      for (let visit = 0; visit < 12; visit++) {
        const response = await fetch(cluster.service("checkout").url);
        await response.arrayBuffer();
        if (response.status === 503) failed++;
        else expect(response.status).toBe(200);
      }
      return failed;
    };
    expect(await failures()).toBe(0);
    cluster.ask("checkout", 3);
    await expect.poll(() => cluster.pods("checkout").count).toBe(4);
    expect(await failures()).toBe(4);
    await finished(repository.commit(autoscaler(5)));
    expect(await failures()).toBe(2);
    await finished(repository.commit(autoscaler(9)));
    expect(await failures()).toBe(0);
    cluster.ask("checkout", 1);
    await expect.poll(() => cluster.pods("checkout").count).toBe(2);
    const scaled = events.flatMap((event) => (event.kind === "scaled" ? [event.pods] : []));
    expect(scaled).toEqual([4, 5, 6, 2]);
    const bounds = events.flatMap((event) => (event.kind === "bounds-changed" ? [[event.least, event.most]] : []));
    expect(bounds).toEqual([
      [2, 5],
      [2, 9],
    ]);
    expect(events.filter(({ kind }) => kind === "deployed")).toHaveLength(2);
  });

  test("kills a pod after the other while the branch gives them too little memory, and calls that degraded", async () => {
    const limited = (memory: string) => ({
      "apps/checkout/deployment.yaml": `kind: Deployment
metadata: {name: checkout}
spec: {replicas: 4, template: {spec: {containers: [{image: "checkout:v1", resources: {limits: {memory: ${memory}}}}]}}}
`,
    });
    repository.commit({ ...limited("512Mi"), ...manifests("cart", "v7") });
    const { cluster, events, finished } = await start();
    const health = async (revision: string) => {
      await finished(revision);
      return events.flatMap((event) =>
        event.kind === "sync-finished" && event.revision === revision ? [event.health] : [],
      );
    };
    const less = repository.commit(limited("256Mi"));
    expect(await health(less)).toEqual(["Degraded"]);
    const codes: number[] = [];
    for (let visit = 0; visit < 8; visit++) {
      const response = await fetch(cluster.service("checkout").url);
      await response.arrayBuffer();
      codes.push(response.status);
    }
    expect(codes.filter((code) => code === 502)).toHaveLength(2);
    expect(await health(repository.commit(limited("384Mi")))).toEqual(["Healthy"]);
    const { oomKills } = cluster.pods("checkout");
    expect(oomKills).toBeGreaterThan(0);
    await expect.poll(() => cluster.samples("checkout").at(-1)?.oomKills).toBe(oomKills);
    expect(events.filter(({ kind }) => kind === "oom-killed")).toEqual([
      expect.objectContaining({ service: "checkout", memory: "256Mi" }),
    ]);
  });

  test("applies nothing while suspended, and the newest commit once resumed", async () => {
    repository.commit({ ...manifests("checkout", "v1"), ...manifests("cart", "v7") });
    const { cluster, events, finished } = await start();
    cluster.suspend();
    const skipped = repository.commit(manifests("checkout", "v2"));
    const newest = repository.commit(manifests("checkout", "v3"));
    expect(cluster.service("checkout").version).toBe("v1");
    cluster.resume();
    await finished(newest);
    expect(cluster.service("checkout").version).toBe("v3");
    expect(events.some((event) => "revision" in event && event.revision === skipped)).toBe(false);
  });

  test("a failed sync changes nothing that runs, and the next revision is tried again", async () => {
    repository.commit({ ...manifests("checkout", "v1"), ...manifests("cart", "v7") });
    const { cluster, finished } = await start();
    cluster.failNextSync();
    const failing = repository.commit(manifests("checkout", "v2"));
    await finished(failing);
    await receiver.count(6);
    expect(cluster.service("checkout").version).toBe("v1");
    expect(bodies().at(-1)).toMatchObject({ revision: failing, phase: "Failed", sync: "OutOfSync" });
    await finished(repository.commit(manifests("checkout", "v3")));
    expect(cluster.service("checkout").version).toBe("v3");
  });

  test("notifications wait, in order, for a receiver that is away", async () => {
    repository.commit({ ...manifests("checkout", "v1"), ...manifests("cart", "v7") });
    receiver.answer(503);
    await start();
    await receiver.count(3);
    expect(new Set(receiver.received.slice(0, 3).map((one) => one.body)).size).toBe(1);
    const refused = receiver.received.length;
    receiver.answer(202);
    await receiver.count(refused + 4);
    const accepted = bodies().slice(refused);
    for (const application of ["checkout-production", "cart-production"]) {
      const phases = accepted.filter((body) => body.application === application).map((body) => body.phase);
      expect(phases).toEqual(["Running", "Succeeded"]);
    }
  });
});
