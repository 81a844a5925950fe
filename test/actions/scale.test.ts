import { describe, expect, test } from "vitest";
import type { Command } from "../../src/actions/commands/command.ts";
import { scale } from "../../src/actions/scale.ts";
import { undo } from "../../src/actions/undo.ts";
import { catalogueOf, deployment, type Files, kustomization, select } from "../gitops/catalogue/catalogue-of.ts";
import { asked, codes, history, written } from "./asked.ts";
import { candidateOf } from "./rolled-back.ts";

const now = Date.parse("2026-11-20T12:00:00Z");
const hour = 60 * 60_000;
const path = "apps/checkout/production/deployment.yaml";
const hpaPath = "apps/checkout/production/hpa.yaml";
const plain = deployment("checkout", "r.io/checkout:v1");
const bare = plain.replace("  replicas: 2\n", "");

const hpa = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: checkout
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: checkout
  minReplicas: 2
  maxReplicas: 5 # ask the platform team
`;

const scaled = `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: checkout
spec:
  scaleTargetRef:
    name: checkout
  minReplicaCount: 1
  maxReplicaCount: 4
`;

const release = (values: string) => ({
  "apps/checkout/production/release.yaml": `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: checkout
spec:
  values:
${values}`,
});

/** What a runbook, or else `command`, makes of the files as they stand. */
function scaling(files: Files, command?: Command) {
  const catalogue = catalogueOf(files);
  const entry = select(catalogue, { service: "checkout", environment: "production" });
  const past = { changes: [], commits: [], shares: [], health: [], barriers: [] };
  const texts = new Map(Object.entries(files));
  return scale({ entry, catalogue, files: texts, ...past, stoodMs: 0, diagnosis: undefined, command, now });
}

const reasonsOf = (result: ReturnType<typeof scale>) =>
  result.outcome === "refused" ? result.reasons.map(({ code }) => code) : ["candidate"];

const textsAfter = (files: Files) =>
  Object.fromEntries(candidateOf(scaling(files)).files.map((file) => [file.path, file.after]));

const toNumber = (replicas: number, leaseMs?: number): Command => ({
  service: "checkout",
  environment: "production",
  namespace: undefined,
  leaseMs,
  ask: { action: "scale", replicas, component: undefined },
});

describe("by a runbook", () => {
  test.each([
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 6],
    [5, 7],
    [11, 16],
  ])("%i becomes %i: half more, rounded down, at least one more", (before, more) => {
    const files = { [path]: plain.replace("replicas: 2", `replicas: ${before}`) };
    expect(textsAfter(files)).toEqual({ [path]: plain.replace("replicas: 2", `replicas: ${more}`) });
  });

  test("it ends after four hours", () => {
    expect(candidateOf(scaling({ [path]: plain })).lease?.expiresAt).toBe(now + 4 * hour);
  });

  test("what stands at nothing stays there", () => {
    expect(reasonsOf(scaling({ [path]: plain.replace("replicas: 2", "replicas: 0") }))).toEqual(["scaled-to-zero"]);
  });

  test("no more than the namespace's quota, and nothing where it is used up", () => {
    const inShop = deployment("checkout", "r.io/checkout:v1", "shop").replace("replicas: 2", "replicas: 4");
    const quota = (pods: number) =>
      `apiVersion: v1\nkind: ResourceQuota\nmetadata:\n  name: checkout\n  namespace: shop\nspec:\n  hard:\n    pods: "${pods}"\n`;
    const files = (pods: number) => ({ [path]: inShop, "apps/checkout/production/quota.yaml": quota(pods) });
    expect(textsAfter(files(9))).toEqual({ [path]: inShop.replace("replicas: 4", "replicas: 6") });
    expect(textsAfter(files(5))).toEqual({ [path]: inShop.replace("replicas: 4", "replicas: 5") });
    expect(reasonsOf(scaling(files(4)))).toEqual(["quota-reached"]);
    expect(reasonsOf(scaling(files(5), toNumber(6)))).toEqual(["quota-reached"]);
    expect(reasonsOf(scaling(files(5), toNumber(5)))).toEqual(["candidate"]);
  });
});

describe("where the number is", () => {
  test("field note 17: an autoscaler's bounds are written, and what it decides isn't", () => {
    const files = { [path]: plain, [hpaPath]: hpa };
    expect(textsAfter(files)).toEqual({ [hpaPath]: hpa.replace("maxReplicas: 5", "maxReplicas: 7") });
    const result = candidateOf(scaling(files, toNumber(7)));
    expect(result.files.map((file) => file.after)).toEqual([
      hpa.replace("minReplicas: 2", "minReplicas: 7").replace("maxReplicas: 5", "maxReplicas: 7"),
    ]);
    expect(result.reasons.map(({ code }) => code)).toEqual(["asked", "autoscaler-bounds"]);
    expect(reasonsOf(scaling(files, toNumber(0)))).toEqual(["competing-writer"]);
  });

  test("a KEDA object's bounds, or its pause where nothing is asked for", () => {
    const kedaPath = "apps/checkout/production/scaledobject.yaml";
    const files = { [path]: bare, [kedaPath]: scaled };
    expect(textsAfter(files)).toEqual({ [kedaPath]: scaled.replace("maxReplicaCount: 4", "maxReplicaCount: 6") });
    const result = candidateOf(scaling(files, toNumber(0)));
    const paused = scaled.replace(
      "  name: checkout\nspec",
      '  name: checkout\n  annotations:\n    autoscaling.keda.sh/paused-replicas: "0"\nspec',
    );
    expect(result.files.map((file) => file.after)).toEqual([paused]);
    expect(result.risks.map(({ code }) => code)).toContain("replicas-fall");
    const again = candidateOf(scaling({ ...files, [kedaPath]: paused }, toNumber(2)));
    expect(again.files[0]?.after).not.toContain("paused-replicas");
    expect(again.files[0]?.after).toContain("minReplicaCount: 2");
  });

  test("a Kustomize entry wins over what it draws in", () => {
    const files = {
      "apps/checkout/base/deployment.yaml": plain,
      "apps/checkout/base/kustomization.yaml": kustomization("resources: [deployment.yaml]\n"),
      "apps/checkout/overlays/production/kustomization.yaml": kustomization(
        "resources: [../../base]\nreplicas:\n  - name: checkout\n    count: 6\n",
      ),
    };
    expect(textsAfter(files)).toEqual({
      "apps/checkout/overlays/production/kustomization.yaml": kustomization(
        "resources: [../../base]\nreplicas:\n  - name: checkout\n    count: 9\n",
      ),
    });
  });

  test("a chart's own count, in Helm values, and not what another chart's value says", () => {
    const files = release("    replicaCount: 4\n    image:\n      tag: v1\n");
    expect(textsAfter(files)).toEqual(release("    replicaCount: 6\n    image:\n      tag: v1\n"));
  });

  test("autoscaling that is on in Helm values: its bounds; off: the count", () => {
    const values = (enabled: boolean, count: number, most: number) =>
      release(
        `    replicaCount: ${count}\n    autoscaling:\n      enabled: ${enabled}\n      minReplicas: 2\n      maxReplicas: ${most}\n`,
      );
    expect(textsAfter(values(true, 2, 4))).toEqual(values(true, 2, 6));
    expect(textsAfter(values(false, 2, 4))).toEqual(values(false, 3, 4));
    const nothing = candidateOf(scaling(values(true, 2, 4), toNumber(0)));
    expect(Object.fromEntries(nothing.files.map((file) => [file.path, file.after]))).toEqual(values(false, 0, 4));
  });

  test("field note 20: what was switched off with the autoscaler is switched on with it", async () => {
    const values = (enabled: boolean, count: number) =>
      release(`    replicas: ${count}\n    autoscaling:\n      enabled: ${enabled}\n      maxReplicas: 4\n`);
    const both = history(values(true, 2), values(false, 0));
    expect(written(await asked(both, "/remit scale checkout 2"))).toEqual(values(true, 2));
    const neverOn = history(values(false, 2), values(false, 0));
    expect(written(await asked(neverOn, "/remit scale checkout 2"))).toEqual(values(false, 2));
  });

  test("a base that others share is left alone where the environment has a patch of its own", () => {
    const patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  paused: false\n";
    const overlay = (environment: string) => ({
      [`apps/checkout/overlays/${environment}/kustomization.yaml`]: kustomization(
        "resources: [../../base]\npatches:\n  - path: patch.yaml\n",
      ),
      [`apps/checkout/overlays/${environment}/patch.yaml`]: patch,
    });
    const files = {
      "apps/checkout/base/deployment.yaml": plain,
      "apps/checkout/base/kustomization.yaml": kustomization("resources: [deployment.yaml]\n"),
      ...overlay("production"),
      ...overlay("staging"),
    };
    expect(textsAfter(files)).toEqual({ "apps/checkout/overlays/production/patch.yaml": `${patch}  replicas: 3\n` });
  });

  test("a helmfile's values for the environment", () => {
    const values = "replicaCount: 2\nimage:\n  tag: v1\n";
    const files = {
      "helmfile.yaml":
        "environments:\n  production: {}\nreleases:\n  - name: checkout\n    namespace: shop\n    chart: ./charts/checkout\n    values:\n      - values/checkout/production.yaml\n",
      "values/checkout/production.yaml": values,
    };
    expect(textsAfter(files)).toEqual({ "values/checkout/production.yaml": values.replace("2", "3") });
  });

  test("an Argo CD Application's own values", () => {
    const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: checkout
spec:
  destination:
    namespace: shop
  source:
    repoURL: https://charts.example/
    chart: checkout
    targetRevision: 1.2.3
    helm:
      valuesObject:
        replicaCount: 4
`;
    const place = "apps/production/checkout.yaml";
    expect(textsAfter({ [place]: application })).toEqual({
      [place]: application.replace("replicaCount: 4", "replicaCount: 6"),
    });
  });
});

describe("where no number is written", () => {
  test("field note 18: it is never taken away, and what is added says what its end means", () => {
    const result = candidateOf(scaling({ [path]: bare }, toNumber(3)));
    expect(result.files[0]?.after).toContain("  replicas: 3\n");
    expect(result.risks.map(({ code }) => code)).toContain("count-inserted");
    expect(result.confidence).toBeLessThan(0.9);
    const removed = candidateOf(scaling({ [path]: plain }, toNumber(0)));
    expect(removed.files[0]?.after).toContain("replicas: 0");
  });

  test("only a person may add it", () => {
    expect(reasonsOf(scaling({ [path]: bare }))).toEqual(["edit-not-found"]);
  });

  test("the other environments tell the place in values", () => {
    const values = (environment: string, body: string) => ({
      [`apps/checkout/${environment}/values.yaml`]: `image:\n  tag: v1\nweb:\n  size: 1\n${body}`,
    });
    const files = { ...values("staging", "  replicas: 2\n"), ...values("production", "") };
    const result = candidateOf(scaling(files, toNumber(3)));
    expect(Object.fromEntries(result.files.map((file) => [file.path, file.after]))).toEqual(
      values("production", "  replicas: 3\n"),
    );
  });

  test("where nothing tells it, nothing is written", () => {
    const files = { "apps/checkout/production/values.yaml": "image:\n  tag: v1\n" };
    expect(reasonsOf(scaling(files, toNumber(3)))).toEqual(["edit-not-found"]);
  });
});

describe("refused", () => {
  test("one of several, unless it is named", async () => {
    const files = { "apps/checkout/production/values.yaml": "web:\n  replicas: 2\nworker:\n  replicas: 3\n" };
    const repository = history({ "apps/checkout/production/values.yaml": "web:\n  replicas: 1\n" }, files);
    const unclear = await asked(repository, "/remit scale checkout 5");
    expect([unclear.outcome, codes(unclear)]).toEqual(["abstain", ["target-ambiguous"]]);
    expect(written(await asked(repository, "/remit scale checkout 5 --component worker"))).toEqual({
      "apps/checkout/production/values.yaml": "web:\n  replicas: 2\nworker:\n  replicas: 5\n",
    });
  });

  test("field note 19: a number that the controller is told to ignore", () => {
    const application = (options: string) => ({
      [path]: plain,
      "apps/checkout/production/application.yaml": `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: checkout
spec:
  source:
    path: apps/checkout/production
  ignoreDifferences:
    - group: apps
      kind: Deployment
      jsonPointers: [/spec/replicas]
  syncPolicy:
    syncOptions: [${options}]
`,
    });
    expect(reasonsOf(scaling(application("RespectIgnoreDifferences=true")))).toEqual(["delivery-ignores"]);
    expect(reasonsOf(scaling(application("CreateNamespace=true")))).toEqual(["candidate"]);
    const once = plain.replace(
      "  name: checkout\n",
      "  name: checkout\n  annotations:\n    kustomize.toolkit.fluxcd.io/ssa: IfNotPresent\n",
    );
    expect(reasonsOf(scaling({ [path]: once }))).toEqual(["delivery-ignores"]);
  });

  test("field note 21: what Flagger runs a copy of", () => {
    const canary =
      "apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata:\n  name: checkout\nspec:\n  targetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: checkout\n";
    const result = scaling({ [path]: plain, "apps/checkout/production/canary.yaml": canary }, toNumber(3));
    expect(result).toMatchObject({ outcome: "refused", reasons: [{ code: "competing-writer" }] });
    expect(result.outcome === "refused" && result.reasons[0]?.message).toContain("Flagger");
  });

  test("a number that it says already", () => {
    expect(reasonsOf(scaling({ [path]: plain }, toNumber(2)))).toEqual(["already-restored"]);
  });
});

test("what a person asks for lasts, unless it is for a time", () => {
  expect(candidateOf(scaling({ [path]: plain }, toNumber(3))).lease).toBeUndefined();
  expect(candidateOf(scaling({ [path]: plain }, toNumber(3, 2 * hour))).lease?.expiresAt).toBe(now + 2 * hour);
});

test.each([
  ["plain", { [path]: plain }],
  ["windows", { [path]: plain.replaceAll("\n", "\r\n").replace("replicas: 2", 'replicas: "2" # two') }],
  ["absent", { [path]: bare }],
  ["hpa", { [path]: bare, [hpaPath]: hpa }],
  ["values", release("    replicas: 2\n    autoscaling: {enabled: false}\n")],
])("undone, the bytes are the original ones: %s", (_, files: Files) => {
  for (let replicas = 1; replicas < 40; replicas += 3) {
    const done = scaling(files, toNumber(replicas));
    if (done.outcome === "refused") continue;
    const { candidate } = done;
    const texts = new Map(Object.entries(files));
    for (const file of candidate.files) texts.set(file.path, file.after ?? "");
    const back = candidateOf(undo(candidate, texts));
    expect(Object.fromEntries(back.files.map((file) => [file.path, file.after]))).toEqual(
      Object.fromEntries(candidate.files.map((file) => [file.path, files[file.path]])),
    );
  }
});
