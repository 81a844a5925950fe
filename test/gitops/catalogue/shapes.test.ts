/** Shapes of real repositories, each with what it controls. */
import { describe, expect, test } from "vitest";
import { catalogueOf, deployment, kustomization, select, told } from "./catalogue-of.ts";

const object = (kind: string, body: string, name = "checkout"): string =>
  `apiVersion: x/v1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec:\n${body}`;

describe("how something runs", () => {
  test.each([
    [
      "CronJob",
      "  schedule: 0 4 * * *\n  suspend: true\n",
      ["schedule=0 4 * * * (schedule)", "suspend=true (suspend)"],
    ],
    ["PodDisruptionBudget", "  minAvailable: 1\n", ["minAvailable=1 (availability)"]],
    ["HorizontalPodAutoscaler", "  maxReplicas: 9\n", ["maxReplicas=9 (replicas)"]],
    [
      "ScaledObject",
      "  minReplicaCount: 2\n  idleReplicaCount: 0\n",
      ["minReplicaCount=2 (replicas)", "idleReplicaCount=0 (replicas)"],
    ],
    ["VirtualService", "  http: [{route: [{weight: 90}]}]\n", ["http.0.route.0.weight=90 (weight)"]],
    ["HTTPRoute", "  rules: [{backendRefs: [{weight: 10}]}]\n", ["rules.0.backendRefs.0.weight=10 (weight)"]],
    [
      "Rollout",
      "  strategy: {canary: {steps: [{setWeight: 20}]}}\n",
      ["strategy.canary.steps.0.setWeight=20 (weight)"],
    ],
  ])("%s", (kind, body, expected) => {
    const entry = select(
      catalogueOf({
        "apps/checkout/d.yaml": deployment("checkout", "a:1"),
        "apps/checkout/x.yaml": object(kind, body),
      }),
      { service: "checkout" },
    );
    const own = told(entry).filter((line) => line.startsWith("apps/checkout/x.yaml"));
    expect(own).toEqual(expected.map((line) => `apps/checkout/x.yaml#spec.${line}`));
  });

  test("requests and limits, and paused autoscaling", () => {
    const text = `${deployment("checkout", "r.io/checkout:v1")}          resources: {limits: {memory: 1Gi}}\n`;
    const scaled = object("ScaledObject", "  scaleTargetRef: {name: checkout}\n").replace(
      "{name: checkout}\nspec",
      "{name: checkout, annotations: {autoscaling.keda.sh/paused-replicas: '0'}}\nspec",
    );
    const lines = told(select(catalogueOf({ "a/d.yaml": text, "a/s.yaml": scaled }), { deployment: "checkout" }));
    expect(lines).toContain("a/d.yaml#spec.template.spec.containers.0.resources.limits.memory=1Gi (resource)");
    expect(lines).toContain("a/s.yaml#metadata.annotations.autoscaling.keda.sh/paused-replicas=0 (suspend)");
  });
});

describe("Kustomize", () => {
  const base = {
    "base/a.yaml": deployment("checkout", "r.io/checkout:v0"),
    "base/b.yaml": deployment("cart", "r.io/cart:v0"),
    "base/kustomization.yaml": kustomization("resources: [a.yaml, b.yaml]\n"),
  };
  const lines = (overlay: string, more: Record<string, string> = {}): string[] => {
    const files = {
      ...base,
      ...more,
      "overlays/prod/kustomization.yaml": kustomization(`resources: [../../base]\n${overlay}`),
    };
    return told(select(catalogueOf(files), { service: "checkout", environment: "prod" })).filter((line) =>
      line.startsWith("overlays"),
    );
  };

  test("a JSON6902 patch file is about the object that its kustomization applies it to", () => {
    const patch = "- op: replace\n  path: /spec/replicas\n  value: 5\n";
    for (const list of ["patches", "patchesJson6902"])
      expect(
        lines(`${list}:\n- {path: more.yaml, target: {kind: Deployment, name: checkout}}\n`, {
          "overlays/prod/more.yaml": patch,
        }),
      ).toEqual(["overlays/prod/more.yaml#0.value=5 (replicas)"]);
  });

  test("a patch of an autoscaler is about what that scales, in every list that names files", () => {
    const scaler = (spec: string) =>
      `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: shop-hpa}\nspec: ${spec}\n`;
    for (const list of ["patches: [more.yaml]", "patches: [{path: more.yaml}]", "patchesStrategicMerge: [more.yaml]"])
      expect(
        lines(`${list}\n`, {
          "base/c.yaml": scaler("{scaleTargetRef: {kind: Deployment, name: checkout}}"),
          "base/kustomization.yaml": kustomization("resources: [a.yaml, b.yaml, c.yaml]\n"),
          "overlays/prod/more.yaml": `${deployment("cart", "r.io/cart:v0")}---\n${scaler("{maxReplicas: 3}")}`,
        }),
      ).toEqual(["overlays/prod/more.yaml#spec.maxReplicas=3 (replicas)"]);
  });

  test("an inline patch is about the object that it names", () => {
    const patch =
      "  - patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata:\n        name: checkout\n      spec: {replicas: 3}\n";
    const files = {
      ...base,
      "overlays/prod/kustomization.yaml": kustomization(`resources: [../../base]\npatches:\n${patch}`),
    };
    const { scopes = [] } = select(catalogueOf(files), { service: "checkout", environment: "prod" });
    expect(scopes.map(({ file, path }) => [file, path])).toContainEqual([
      "overlays/prod/kustomization.yaml",
      ["patches", 0],
    ]);
  });

  test("an image that the base renamed is matched by its new name", () => {
    const files = {
      ...base,
      "base/kustomization.yaml": kustomization(
        "resources: [a.yaml, b.yaml]\nimages: [{name: r.io/checkout, newName: r.io/team/seven}]\n",
      ),
      "overlays/prod/kustomization.yaml": kustomization(
        "resources: [../../base]\nimages: [{name: r.io/team/seven, newTag: v2}]\n",
      ),
    };
    expect(told(select(catalogueOf(files), { service: "checkout", environment: "prod" }))).toContain(
      "overlays/prod/kustomization.yaml#images.0.newTag=v2 (image-tag)",
    );
  });

  test("a name with the overlay's prefix and suffix finds its target", () => {
    const files = {
      ...base,
      "overlays/prod/kustomization.yaml": kustomization("namePrefix: eu-\nnameSuffix: -b\nresources: [../../base]\n"),
      "overlays/dev/kustomization.yaml": kustomization("resources: [../../base]\n"),
    };
    const entry = select(catalogueOf(files), { deployment: "eu-checkout-b", environment: "prod" });
    expect([entry.target.service, entry.runsAs]).toEqual(["checkout", ["eu-checkout-b"]]);
  });

  test("files of generators are in the environment of their kustomization", () => {
    const files = {
      "apps/web/config/app.properties": "level=info\n",
      "apps/web/config/web.env": "LEVEL=info\n",
      "clusters/prod/kustomization.yaml": kustomization(
        "namespace: shop\nconfigMapGenerator:\n- {name: web, files: [app=../../apps/web/config/app.properties], envs: [../../apps/web/config/web.env]}\n",
      ),
    };
    const entry = select(catalogueOf(files), { service: "web", environment: "prod" });
    expect(entry.fields.map(({ file }) => file)).toEqual(["apps/web/config/app.properties", "apps/web/config/web.env"]);
  });
});

describe("controllers", () => {
  test("an ApplicationSet's list elements, also inside a matrix", () => {
    const generators = (indent: string): string =>
      `${indent}- list:\n${indent}    elements:\n${indent}    - {name: checkout, revision: v1}\n${indent}    - {name: cart, revision: v2}\n${indent}    - {name: eu, url: https://x}\n`;
    for (const text of [
      `  generators:\n${generators("  ")}`,
      `  generators:\n  - matrix:\n      generators:\n${generators("      ")}`,
    ]) {
      const catalogue = catalogueOf({ "argocd/apps.yaml": object("ApplicationSet", text, "all") });
      const entry = select(catalogue, { service: "cart" });
      expect(entry.fields.map(({ path, role }) => [path.at(-1), role])).toEqual([
        ["name", "other"],
        ["revision", "revision"],
      ]);
      expect(catalogue.targets.map(({ target }) => target.service)).not.toContain("eu");
    }
  });

  test("a Flux Kustomization's images belong to what uses them, and its substitutions have roles", () => {
    const catalogue = catalogueOf({
      "clusters/prod/apps.yaml": object(
        "Kustomization",
        "  path: ./deploy\n  images: [{name: r.io/checkout, newTag: v3}]\n  postBuild: {substitute: {cart_tag: v7}}\n",
        "apps",
      ),
      "deploy/kustomization.yaml": kustomization("resources: [a.yaml, b.yaml]\n"),
      "deploy/a.yaml": deployment("checkout", "r.io/checkout:v0"),
      "deploy/b.yaml": deployment("cart", "r.io/cart:v0"),
    });
    expect(told(select(catalogue, { service: "checkout" }))).toContain(
      "clusters/prod/apps.yaml#spec.images.0.newTag=v3 (image-tag)",
    );
    expect(told(select(catalogue, { service: "apps" }))).toContain(
      "clusters/prod/apps.yaml#spec.postBuild.substitute.cart_tag=v7 (image-tag)",
    );
  });

  test("Argo CD's override file of one application", () => {
    const catalogue = catalogueOf({
      "apps/all/.argocd-source-checkout.yaml": "kustomize:\n  images:\n  - r.io/checkout:v9\n",
    });
    expect(told(select(catalogue, { service: "checkout" }))).toEqual([
      "apps/all/.argocd-source-checkout.yaml#kustomize.images.0=r.io/checkout:v9 (image)",
    ]);
  });

  test("an umbrella chart's dependencies, by name and by alias; helmfile's releases; JSON", () => {
    const catalogue = catalogueOf({
      "umbrella/Chart.yaml":
        "apiVersion: v2\nname: umbrella\nversion: 1.0.0\ndependencies:\n- {name: generic, alias: checkout, version: 2.1.0}\n",
      "umbrella/values.yaml": "checkout: {image: {tag: v4}}\n",
      "helmfile.yaml": "releases:\n- {name: cart, chart: x/y, version: 1.2.3}\n",
      "apps/web/values.json": '{"image": {"tag": "v5"}}\n',
    });
    expect(told(select(catalogue, { service: "checkout" }))).toEqual([
      "umbrella/Chart.yaml#dependencies.0.version=2.1.0 (chart-version)",
      "umbrella/values.yaml#checkout.image.tag=v4 (image-tag)",
    ]);
    expect(select(catalogue, { service: "cart" }).fields.map(({ value }) => value)).toContain("1.2.3");
    expect(told(select(catalogue, { service: "web" }))).toEqual(["apps/web/values.json#image.tag=v5 (image-tag)"]);
  });
});
