import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Command } from "../../src/actions/commands/command.ts";
import { resize } from "../../src/actions/resize.ts";
import { undo } from "../../src/actions/undo.ts";
import type { FieldChange } from "../../src/gitops/history/field-change.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import { catalogueOf, deployment, type Files, kustomization, select } from "../gitops/catalogue/catalogue-of.ts";
import { asked, codes, history, written } from "./asked.ts";
import { candidateOf } from "./rolled-back.ts";

const now = Date.parse("2026-11-20T12:00:00Z");
const hour = 60 * 60_000;
const day = 24 * hour;
const path = "apps/checkout/production/deployment.yaml";
const target = { service: "checkout", environment: "production", namespace: undefined };

const container = (resources: string) =>
  `${deployment("checkout", "r.io/checkout:v1")}          resources:\n${resources}`;
const inStep = (memory: string, request = memory) =>
  container(
    `            limits:\n              memory: ${memory}\n            requests:\n              memory: ${request}\n`,
  );

function incident(labels: Readonly<Record<string, string>>, status: "firing" | "resolved" = "firing"): Incident {
  const at = { startsAt: now, firstSeenAt: now, lastFiringAt: now, resolvedAt: undefined };
  const alert = { source: "prometheus", fingerprint: "f", labels, annotations: {}, status, ...at };
  return { id: "checkout-production-1", repository: "shop/gitops", target, openedAt: now, alerts: [alert] };
}

const oom = incident({ alertname: "ContainerOOMKilled" });

interface Given {
  readonly incident?: Incident | undefined;
  readonly command?: Command;
  /** Of the amount, newest first: what stood before, and how long ago it changed. */
  readonly past?: readonly { readonly before: string; readonly after: string; readonly ago: number }[];
}

function resizing(files: Files, { incident: alerts, command, past = [] }: Given = { incident: oom }) {
  const catalogue = catalogueOf(files);
  const entry = select(catalogue, { service: "checkout", environment: "production" });
  const field = entry.fields.find(({ role }) => role === "resource");
  const changes = past.map(({ before, after, ago }) => ({
    field,
    before,
    after,
    commit: { id: "c".repeat(40), committedAt: now - ago },
  })) as unknown as FieldChange[];
  const texts = new Map(Object.entries(files));
  const known = { changes, commits: [], shares: [], health: [], barriers: [], stoodMs: 0, diagnosis: undefined };
  return resize({ entry, catalogue, files: texts, ...known, incident: alerts, command, now });
}

const textsAfter = (files: Files, given?: Given) =>
  Object.fromEntries(candidateOf(resizing(files, given)).files.map((file) => [file.path, file.after]));

const reasonsOf = (result: ReturnType<typeof resize>) =>
  result.outcome === "refused" ? result.reasons.map(({ code }) => code) : ["candidate"];

type Amount = { readonly quantity: string } | { readonly factor: number };
const wish = (resource: "cpu" | "memory", amount: Amount, leaseMs?: number): Command => ({
  ...target,
  leaseMs,
  ask: { action: "resize", resource, amount, component: undefined },
});

describe("by a runbook, half more", () => {
  test.each([
    ["512Mi", "768Mi"],
    ['"512Mi"', '"768Mi"'],
    ["1Gi", "1.5Gi"],
    ["1500M", "2250M"],
    ["333Mi # measured", "500Mi # measured"],
    ["1073741824", "1610612736"],
  ])("memory %s becomes %s, both in step", (before, more) => {
    expect(textsAfter({ [path]: inStep(before) })).toEqual({ [path]: inStep(more) });
  });

  test.each([
    ["500m", "750m"],
    ["1", "1.5"],
    ['"0.5"', '"0.75"'],
    ["1.5", "2.25"],
  ])("CPU %s becomes %s", (before, more) => {
    const cpu = (limit: string) =>
      container(`            limits:\n              cpu: ${limit}\n              memory: 1Gi\n`);
    const throttled = incident({ alertname: "CPUThrottlingHigh" });
    expect(textsAfter({ [path]: cpu(before) }, { incident: throttled })).toEqual({ [path]: cpu(more) });
  });

  test("a request keeps its share, and never is above its limit", () => {
    expect(textsAfter({ [path]: inStep("1Gi", "256Mi") })).toEqual({ [path]: inStep("1.5Gi", "384Mi") });
    expect(textsAfter({ [path]: inStep("1Gi", "1025Mi") })).toEqual({ [path]: inStep("1.5Gi", "1536Mi") });
  });

  test("to no more than twice what stood a day ago", () => {
    const cpu = (limit: string) => container(`            limits:\n              cpu: ${limit}\n`);
    const throttled = incident({ alertname: "CPUThrottlingHigh" });
    const past = (before: string, ago: number) => [{ before, after: "900m", ago }];
    const files = { [path]: cpu("900m") };
    expect(textsAfter(files, { incident: throttled, past: past("600m", hour) })).toEqual({ [path]: cpu("1200m") });
    expect(textsAfter(files, { incident: throttled, past: past("600m", day + 1) })).toEqual({ [path]: cpu("1350m") });
    expect(reasonsOf(resizing(files, { incident: throttled, past: past("450m", hour) }))).toEqual(["quota-reached"]);
  });

  test.each([
    [{ alertname: "KubePodCrashLooping", reason: "OOMKilled" }, ["candidate"]],
    [{ alertname: "container_oom_kills" }, ["candidate"]],
    [{ alertname: "HighErrorRate" }, ["alert-unfit"]],
    [{ alertname: "BathroomFull", pod: "oom" }, ["alert-unfit"]],
    [{ alertname: "CPUThrottlingHigh", reason: "OOMKilled" }, ["alert-unfit"]],
  ])("only for alerts that say so: %o", (labels, expected) => {
    expect(reasonsOf(resizing({ [path]: inStep("512Mi") }, { incident: incident(labels) }))).toEqual(expected);
  });

  test("an alert that has ended says nothing, and neither does none", () => {
    const over = incident({ alertname: "OOMKilled" }, "resolved");
    expect(reasonsOf(resizing({ [path]: inStep("512Mi") }, { incident: over }))).toEqual(["alert-unfit"]);
    expect(reasonsOf(resizing({ [path]: inStep("512Mi") }, {}))).toEqual(["alert-unfit"]);
  });

  test("of several containers the alert's", () => {
    const two = (main: string, proxy: string) =>
      `${inStep(main)}        - name: proxy\n          image: r.io/proxy:v1\n          resources:\n            limits: {memory: ${proxy}}\n`;
    const files = { [path]: two("512Mi", "64Mi") };
    expect(reasonsOf(resizing(files))).toEqual(["target-ambiguous"]);
    const named = (name: string) => ({ incident: incident({ alertname: "OOMKilled", container: name }) });
    expect(textsAfter(files, named("proxy"))).toEqual({ [path]: two("512Mi", "96Mi") });
    expect(reasonsOf(resizing(files, named("nobody")))).toEqual(["target-ambiguous"]);
  });
});

describe("field note 27: more isn't always better", () => {
  const shop = deployment("checkout", "r.io/checkout:v1", "shop");
  const sized = (memory: string) =>
    `${shop}          resources:\n            limits:\n              memory: ${memory}\n`;
  const object = (kind: string, spec: string) => ({
    "apps/checkout/production/bounds.yaml": `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: shop\n  namespace: shop\nspec:\n${spec}`,
  });

  test.each([
    [
      "LimitRange",
      (most: string) => `  limits:\n    - type: Container\n      max:\n        memory: ${most}\n`,
      "700Mi",
      "768Mi",
    ],
    ["ResourceQuota", (most: string) => `  hard:\n    limits.memory: ${most}\n`, "1500Mi", "1536Mi"],
  ])("a %s is kept to", (kind, spec, less, enough) => {
    const files = (most: string) => ({ [path]: sized("512Mi"), ...object(kind, spec(most)) });
    expect(reasonsOf(resizing(files(less)))).toEqual(["quota-reached"]);
    expect(reasonsOf(resizing(files(less), { command: wish("memory", { quantity: "768Mi" }) }))).toEqual([
      "quota-reached",
    ]);
    expect(textsAfter(files(enough))).toEqual({ [path]: sized("768Mi") });
  });

  test("memory that was raised within a week and runs out again is a leak", () => {
    const past = (ago: number, before = "256Mi") => [{ before, after: "512Mi", ago }];
    const files = { [path]: inStep("512Mi") };
    expect(reasonsOf(resizing(files, { incident: oom, past: past(6 * day) }))).toEqual(["leak-suspected"]);
    expect(reasonsOf(resizing(files, { incident: oom, past: past(8 * day) }))).toEqual(["candidate"]);
    expect(reasonsOf(resizing(files, { incident: oom, past: past(6 * day, "1Gi") }))).toEqual(["candidate"]);
    const command = wish("memory", { factor: 1.5 });
    expect(candidateOf(resizing(files, { command, past: past(6 * day) })).risks.map(({ code }) => code)).toEqual([
      "leak-suspected",
    ]);
  });

  test("a VerticalPodAutoscaler decides: refused, or a person's risk", () => {
    const vpa =
      "apiVersion: autoscaling.k8s.io/v1\nkind: VerticalPodAutoscaler\nmetadata:\n  name: checkout\nspec:\n  targetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: checkout\n";
    const files = { [path]: inStep("512Mi"), "apps/checkout/production/vpa.yaml": vpa };
    expect(reasonsOf(resizing(files))).toEqual(["competing-writer"]);
    const result = candidateOf(resizing(files, { command: wish("memory", { factor: 1.5 }) }));
    expect(result.risks.map(({ code }) => code)).toContain("competing-writer");
  });

  test.each(["-Xms64m -Xmx384m", "--max-old-space-size=384"])("%s stays as it is, which is a risk", (flag) => {
    const env = `          env:\n            - name: OPTIONS\n              value: "${flag}"\n`;
    const result = candidateOf(resizing({ [path]: `${inStep("512Mi")}${env}` }));
    expect(result.risks.map(({ code }) => code)).toEqual(["heap-fixed"]);
    expect(candidateOf(resizing({ [path]: inStep("512Mi") })).risks).toEqual([]);
  });
});

describe("by a person", () => {
  test("a quantity is written as it was asked, and the request keeps its share", () => {
    const files = { [path]: inStep("512Mi", "256Mi") };
    expect(textsAfter(files, { command: wish("memory", { quantity: "1Gi" }) })).toEqual({
      [path]: inStep("1Gi", "512Mi"),
    });
  });

  test("a number stays a number, and a word a word", () => {
    const cpu = (limit: string) => ({ [path]: container(`            limits:\n              cpu: ${limit}\n`) });
    expect(textsAfter(cpu("1"), { command: wish("cpu", { quantity: "1500m" }) })).toEqual(cpu("1.5"));
    expect(textsAfter(cpu("800m"), { command: wish("cpu", { quantity: "1.5" }) })).toEqual(cpu("1500m"));
    const none = resizing({ [path]: inStep("512Mi") }, { command: wish("memory", { quantity: "1024" }) });
    expect(reasonsOf(none)).toEqual(["edit-unsupported"]);
  });

  test("for good, or for a time", () => {
    const files = { [path]: inStep("512Mi") };
    expect(candidateOf(resizing(files, { command: wish("memory", { factor: 2 }) })).lease).toBeUndefined();
    const lease = candidateOf(resizing(files, { command: wish("memory", { factor: 2 }, hour) })).lease;
    expect(lease?.expiresAt).toBe(now + hour);
  });

  test("one of several by its name, from a repository", async () => {
    const place = "apps/checkout/production/values.yaml";
    const values = (worker: string) =>
      `web:\n  resources:\n    limits: {memory: 256Mi}\nworker:\n  resources:\n    limits: {memory: ${worker}}\n`;
    const repository = history({ [place]: values("100Mi") }, { [place]: values("128Mi") });
    expect(codes(await asked(repository, "/remit resize checkout memory 2x"))).toEqual(["target-ambiguous"]);
    const answer = await asked(repository, "/remit resize checkout memory 2x --component worker");
    expect(written(answer)).toEqual({ [place]: values("256Mi") });
    expect(codes(answer)).toContain("leak-suspected");
  });

  test("what isn't written is refused", () => {
    const none = resizing(
      { [path]: deployment("checkout", "r.io/checkout:v1") },
      { command: wish("cpu", { factor: 2 }) },
    );
    expect(reasonsOf(none)).toEqual(["edit-not-found"]);
  });
});

describe("where it stands", () => {
  const release = (values: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: checkout
spec:
  values:
${values}`;

  test("a HelmRelease whose chart has its own words", () => {
    const place = "apps/checkout/production/release.yaml";
    const values = (limit: string, request: string) =>
      release(`    java:\n      memoryLimits: ${limit}\n      memoryRequests: '${request}'\n`);
    expect(textsAfter({ [place]: values("2Gi", "1Gi") })).toEqual({ [place]: values("3Gi", "1.5Gi") });
  });

  test("a HelmRelease's base that others share stays as it is", () => {
    const values = "    resources:\n      limits:\n        memory: 512Mi\n";
    const overlay = (environment: string) => ({
      [`apps/checkout/overlays/${environment}/kustomization.yaml`]: kustomization(
        "resources: [../../base]\npatches:\n  - path: release.yaml\n",
      ),
      [`apps/checkout/overlays/${environment}/release.yaml`]: release("    host: shop.example\n"),
    });
    const files = {
      "apps/checkout/base/release.yaml": release(values),
      "apps/checkout/base/kustomization.yaml": kustomization("resources: [release.yaml]\n"),
      ...overlay("production"),
      ...overlay("staging"),
    };
    const result = candidateOf(resizing(files));
    expect(Object.fromEntries(result.files.map((file) => [file.path, file.after]))).toEqual({
      "apps/checkout/overlays/production/release.yaml": release(
        "    host: shop.example\n    resources:\n      limits:\n        memory: 768Mi\n",
      ),
    });
    expect([result.confidence < 0.9, result.risks.map(({ code }) => code)]).toEqual([true, ["value-inserted"]]);
  });

  test("a helmfile's values", () => {
    const values = (memory: string) => `image:\n  tag: v1\nresources:\n  limits:\n    memory: ${memory}\n`;
    const helmfile =
      "environments:\n  production: {}\nreleases:\n  - name: checkout\n    chart: ./charts/checkout\n    values:\n      - values/checkout/production.yaml\n";
    const files = { "helmfile.yaml": helmfile, "values/checkout/production.yaml": values("512Mi") };
    expect(textsAfter(files)).toEqual({ "values/checkout/production.yaml": values("768Mi") });
  });

  test("an Argo CD Application's values", () => {
    const application = (memory: string) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: checkout\nspec:\n  source:\n    repoURL: https://charts.example/\n    chart: checkout\n    targetRevision: 1.2.3\n    helm:\n      valuesObject:\n        resources:\n          limits:\n            memory: ${memory}\n`;
    const place = "apps/production/checkout.yaml";
    expect(textsAfter({ [place]: application("512Mi") })).toEqual({ [place]: application("768Mi") });
  });
});

const quantities = fc
  .record({ number: fc.integer({ min: 1, max: 9000 }), unit: fc.constantFrom("m", "Ki", "Mi", "Gi", "M", "G") })
  .map(({ number, unit }) => `${number}${unit}`);

test("undone, the bytes are the original ones", () => {
  fc.assert(
    fc.property(quantities, quantities, fc.integer({ min: 11, max: 40 }), (limit, request, tenths) => {
      const files = { [path]: inStep(limit, request) };
      const done = resizing(files, { command: wish("memory", { factor: tenths / 10 }) });
      if (done.outcome === "refused") return;
      const texts = new Map(done.candidate.files.map((file) => [file.path, file.after ?? ""]));
      const back = candidateOf(undo(done.candidate, texts));
      expect(back.files.map((file) => file.after)).toEqual([files[path]]);
    }),
    { numRuns: 60 },
  );
});
