import { describe, expect, test } from "vitest";
import { targetKey, targetName } from "../../../src/target.ts";
import { catalogueOf, deployment, kustomization, select, told } from "./catalogue-of.ts";

const names = (files: Parameters<typeof catalogueOf>[0]): string[] =>
  catalogueOf(files).targets.map((entry) => targetName(entry.target));

describe("plain manifests", () => {
  test.each(["Deployment", "StatefulSet", "DaemonSet", "Rollout"])("a %s's image is its target's", (kind) => {
    const catalogue = catalogueOf({
      "k8s/checkout.yaml": deployment("checkout", "r.io/shop/checkout:v1", "shop").replace("Deployment", kind),
    });
    const entry = select(catalogue, { service: "checkout", namespace: "shop" });
    expect(entry.target).toEqual({ service: "checkout", environment: undefined, namespace: "shop" });
    expect(told(entry)).toEqual([
      "k8s/checkout.yaml#spec.replicas=2 (replicas)",
      "k8s/checkout.yaml#spec.template.spec.containers.0.image=r.io/shop/checkout:v1 (image)",
    ]);
    const image = entry.fields.find((field) => field.role === "image");
    expect(image).toMatchObject({ image: "r.io/shop/checkout", line: 12, document: 0, sharedWith: [] });
  });

  test("a CronJob's image is found where CronJobs keep it", () => {
    const text =
      "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: sweep}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n          - {name: sweep, image: 'r.io/sweep:1'}\n";
    expect(told(select(catalogueOf({ "jobs/sweep.yaml": text }), { cronjob: "sweep" }))).toEqual([
      "jobs/sweep.yaml#spec.jobTemplate.spec.template.spec.containers.0.image=r.io/sweep:1 (image)",
    ]);
  });

  test("ranges are exact, quotes included, in any document of a file", () => {
    const text = `# é\n${deployment("cart", "'r.io/cart:v1'")}---\n${deployment("checkout", '"r.io/checkout:v2"')}`;
    const catalogue = catalogueOf({ "all.yaml": text });
    for (const [service, image] of [
      ["cart", "'r.io/cart:v1'"],
      ["checkout", '"r.io/checkout:v2"'],
    ] as const) {
      const field = select(catalogue, { service }).fields.find((each) => each.role === "image");
      expect(field && text.slice(...field.range)).toBe(image);
      expect(field && text.split("\n")[field.line - 1]).toContain(image);
    }
  });

  test("the environment comes from the directories, as the repository spells it", () => {
    const files = {
      "prd/checkout.yaml": deployment("checkout", "a:1"),
      "stg/checkout.yaml": deployment("checkout", "a:2"),
    };
    expect(names(files)).toEqual(["checkout/prd", "checkout/stg"]);
  });
});

describe("Kustomize", () => {
  const files = {
    "apps/checkout/base/deployment.yaml": deployment("checkout", "r.io/shop/checkout:latest"),
    "apps/checkout/base/kustomization.yaml": kustomization("resources: [deployment.yaml]\n"),
    "apps/checkout/overlays/production/kustomization.yaml": kustomization(
      "namespace: shop\nresources: [../../base]\nimages:\n- name: r.io/shop/checkout\n  newTag: v1.4.2\n  digest: sha256:abc\nreplicas:\n- {name: checkout, count: 3}\n",
    ),
    "apps/checkout/overlays/staging/kustomization.yaml": kustomization(
      "namespace: shop-staging\nresources: [../../base]\nimages:\n- name: r.io/shop/checkout\n  newTag: v1.5.0\n",
    ),
  };

  test("an overlay's tag belongs to its environment only; the base is shared", () => {
    const entry = select(catalogueOf(files), { service: "checkout", environment: "production" });
    expect(entry.target).toEqual({ service: "checkout", environment: "production", namespace: "shop" });
    expect(told(entry)).toEqual([
      "apps/checkout/base/deployment.yaml#spec.replicas=2 (replicas)",
      "apps/checkout/base/deployment.yaml#spec.template.spec.containers.0.image=r.io/shop/checkout:latest (image)",
      "apps/checkout/overlays/production/kustomization.yaml#images.0.newTag=v1.4.2 (image-tag)",
      "apps/checkout/overlays/production/kustomization.yaml#images.0.digest=sha256:abc (image-digest)",
      "apps/checkout/overlays/production/kustomization.yaml#replicas.0.count=3 (replicas)",
    ]);
    const staging = targetKey({ service: "checkout", environment: "staging", namespace: "shop-staging" });
    for (const field of entry.fields) expect(field.sharedWith).toEqual(field.file.includes("/base/") ? [staging] : []);
    expect(entry.fields.find((field) => field.role === "image-tag")?.image).toBe("r.io/shop/checkout");
  });

  test("an images entry belongs to the workload that uses the image, whatever the image is called", () => {
    const catalogue = catalogueOf({
      "base/a.yaml": deployment("checkout", "r.io/shop/backend-7:x"),
      "base/b.yaml": deployment("cart", "r.io/shop/cart:x"),
      "base/kustomization.yaml": kustomization("resources: [a.yaml, b.yaml]\n"),
      "overlays/production/kustomization.yaml": kustomization(
        "resources: [../../base]\nimages:\n- {name: r.io/shop/backend-7, newTag: v1}\n- {name: r.io/shop/cart, newTag: v2}\n",
      ),
    });
    expect(told(select(catalogue, { service: "checkout" })).filter((line) => line.startsWith("overlays"))).toEqual([
      "overlays/production/kustomization.yaml#images.0.newTag=v1 (image-tag)",
    ]);
    expect(told(select(catalogue, { service: "cart" })).filter((line) => line.startsWith("overlays"))).toEqual([
      "overlays/production/kustomization.yaml#images.1.newTag=v2 (image-tag)",
    ]);
  });

  test("components and patches are followed, and a circle ends", () => {
    const catalogue = catalogueOf({
      "components/debug/kustomization.yaml": `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n- path: patch.yaml\ncomponents: [../../overlays/production]\n`,
      "components/debug/patch.yaml": deployment("checkout", "r.io/checkout:debug"),
      "overlays/production/kustomization.yaml": kustomization("components: [../../components/debug]\n"),
    });
    expect(names({})).toEqual([]);
    const entry = select(catalogue, { service: "checkout", environment: "production" });
    expect(told(entry).some((line) => line.startsWith("components/debug/patch.yaml"))).toBe(true);
  });
});

describe("Helm", () => {
  test("values files: a tag beside its repository, one file per environment", () => {
    const catalogue = catalogueOf({
      "charts/checkout/Chart.yaml": "apiVersion: v2\nname: checkout\nversion: 1.0.0\n",
      "charts/checkout/values.yaml": "image:\n  registry: r.io\n  repository: shop/checkout\n  tag: v1\n",
      "charts/checkout/values-prod.yaml": "image:\n  tag: v2\n",
      "charts/checkout/values-staging.yaml": "image:\n  tag: v3\n",
    });
    const entry = select(catalogue, { service: "checkout", environment: "production" });
    expect(entry.target.environment).toBe("prod");
    expect(told(entry)).toEqual([
      "charts/checkout/Chart.yaml#version=1.0.0 (chart-version)",
      "charts/checkout/values-prod.yaml#image.tag=v2 (image-tag)",
      "charts/checkout/values.yaml#image.repository=shop/checkout (image-name)",
      "charts/checkout/values.yaml#image.tag=v1 (image-tag)",
    ]);
    expect(entry.fields.find((field) => field.value === "v1")?.image).toBe("r.io/shop/checkout");
  });

  test("values of many services in one file, nested below their names", () => {
    const catalogue = catalogueOf({
      "environments/production/values.yaml":
        "global: {image: {registry: r.io}}\ncheckout:\n  image: {tag: v1}\ncart:\n  image: r.io/cart:v2\n  replicaCount: 2\n",
    });
    expect(told(select(catalogue, { service: "checkout", environment: "prod" }))).toEqual([
      "environments/production/values.yaml#checkout.image.tag=v1 (image-tag)",
    ]);
    expect(told(select(catalogue, { service: "cart" }))).toEqual([
      "environments/production/values.yaml#cart.image=r.io/cart:v2 (image)",
      "environments/production/values.yaml#cart.replicaCount=2 (replicas)",
    ]);
  });

  test("list items named after a service", () => {
    const catalogue = catalogueOf({
      "envs/live/apps.yaml":
        "applications:\n- name: search\n  values: {container: {tag: v1}}\n- name: basket\n  values: {container: {tag: v2}}\n",
    });
    expect(told(select(catalogue, { service: "search", environment: "production" }))).toEqual([
      "envs/live/apps.yaml#applications.0.values.container.tag=v1 (image-tag)",
    ]);
  });

  test("field note S9: prototype names in values are only names", () => {
    const catalogue = catalogueOf({
      "envs/prod/values.yaml": "__proto__: {image: {tag: v1}}\nconstructor: {tag: v2}\ntoString: {tag: v3}\n",
    });
    expect(catalogue.targets.map((entry) => entry.target.service).sort()).toEqual([
      "__proto__",
      "constructor",
      "toString",
    ]);
    expect(({} as Record<string, unknown>).image).toBeUndefined();
  });
});

describe("controllers", () => {
  const release = (tag: string): string =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: checkout, namespace: shop}\nspec:\n  chart: {spec: {chart: app, version: 1.2.3}}\n  values:\n    image: {repository: r.io/checkout, tag: ${tag}}\n    web:\n      image: r.io/web:${tag}\n`;

  test("a HelmRelease's values and chart version", () => {
    const catalogue = catalogueOf({
      "clusters/production/checkout.yaml": release("v1"),
      "clusters/staging/checkout.yaml": release("v2"),
    });
    const entry = select(catalogue, { service: "checkout", environment: "production" });
    expect(told(entry)).toEqual([
      "clusters/production/checkout.yaml#spec.chart.spec.version=1.2.3 (chart-version)",
      "clusters/production/checkout.yaml#spec.values.image.repository=r.io/checkout (image-name)",
      "clusters/production/checkout.yaml#spec.values.image.tag=v1 (image-tag)",
      "clusters/production/checkout.yaml#spec.values.web.image=r.io/web:v1 (image)",
    ]);
    expect(entry.fields.every((field) => field.sharedWith.length === 0 || field.path.includes("web"))).toBe(true);
  });

  test("a Flux Kustomization's cluster is the environment of what it applies", () => {
    const flux = (path: string): string =>
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\nspec: {path: ${path}, targetNamespace: shop}\n`;
    const catalogue = catalogueOf({
      "clusters/production/apps.yaml": flux("./deploy/live"),
      "deploy/live/checkout.yaml": deployment("checkout", "a:1"),
      "clusters/staging/apps.yaml": flux("./deploy/next"),
      "deploy/next/checkout.yaml": deployment("checkout", "a:2"),
    });
    const entry = select(catalogue, { service: "checkout", environment: "staging" });
    expect(entry.target).toEqual({ service: "checkout", environment: "staging", namespace: "shop" });
    expect(told(entry).filter((line) => line.endsWith("(image)"))).toEqual([
      "deploy/next/checkout.yaml#spec.template.spec.containers.0.image=a:2 (image)",
    ]);
    expect(catalogue.controllers).toContainEqual({
      kind: "Kustomization",
      name: "apps",
      namespace: "flux-system",
      paths: ["deploy/live"],
    });
  });

  test("an Argo CD Application's revision, parameters and values", () => {
    const catalogue = catalogueOf({
      "argocd/checkout-production.yaml": `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: checkout-production, namespace: argocd}
spec:
  destination: {namespace: shop}
  source:
    path: charts/checkout
    targetRevision: v7
    helm:
      parameters:
      - {name: image.tag, value: v1}
      valuesObject:
        image: {tag: v2}
    kustomize:
      images: ['r.io/checkout:v3']
`,
      "charts/checkout/values.yaml": "image: {tag: v0}\n",
    });
    const entry = select(catalogue, { service: "checkout", environment: "production", namespace: "shop" });
    expect(told(entry)).toEqual([
      "argocd/checkout-production.yaml#spec.source.targetRevision=v7 (revision)",
      "argocd/checkout-production.yaml#spec.source.helm.parameters.0.value=v1 (image-tag)",
      "argocd/checkout-production.yaml#spec.source.helm.valuesObject.image.tag=v2 (image-tag)",
      "argocd/checkout-production.yaml#spec.source.kustomize.images.0=r.io/checkout:v3 (image)",
      "charts/checkout/values.yaml#image.tag=v0 (image-tag)",
    ]);
    expect(catalogue.controllers).toEqual([
      { kind: "Application", name: "checkout-production", namespace: "argocd", paths: ["charts/checkout"] },
    ]);
  });
});

describe("identity", () => {
  test("nested environments: the outer one holds everything of the inner ones", () => {
    const catalogue = catalogueOf({
      "components/broker/production/base/kustomization.yaml": kustomization(
        "images: [{name: r.io/broker, newTag: v1}]\n",
      ),
      "components/broker/production/eu-prd-1/kustomization.yaml": kustomization(
        "resources: [../base]\nimages: [{name: r.io/broker, newTag: v2}]\n",
      ),
      "components/broker/staging/kustomization.yaml": kustomization("images: [{name: r.io/broker, newTag: v3}]\n"),
    });
    const tags = (environment: string): string[] =>
      select(catalogue, { service: "broker", environment })
        .fields.filter((field) => field.role === "image-tag")
        .map((field) => field.value);
    expect(tags("eu-prd-1")).toEqual(["v1", "v2"]);
    expect(tags("production")).toEqual(["v1", "v2"]);
    expect(tags("staging")).toEqual(["v3"]);
  });

  test("an environment's name learned from what stands beside known ones", () => {
    const overlay = kustomization("images: [{name: a, newTag: v1}]\n");
    const files = Object.fromEntries(
      ["cart", "checkout", "search"].flatMap((service) =>
        ["prod", "dev", "ithcx"].map((environment) => [
          `apps/${service}/${environment}/base/kustomization.yaml`,
          overlay,
        ]),
      ),
    );
    expect(select(catalogueOf(files), { service: "cart", environment: "ithcx" }).target.environment).toBe("ithcx");
  });

  test("a service called like an environment is a service", () => {
    const overlay = kustomization("images: [{name: a, newTag: v1}]\n");
    const catalogue = catalogueOf({
      "components/integration/production/kustomization.yaml": overlay,
      "components/integration/staging/kustomization.yaml": overlay,
      "components/checkout/production/kustomization.yaml": overlay,
    });
    expect(select(catalogue, { service: "integration", environment: "production" }).target).toMatchObject({
      service: "integration",
      environment: "production",
    });
  });

  test("two things of one name that have nothing to do with each other are told apart", () => {
    const catalogue = catalogueOf({
      "apps/shop/cache.yaml": deployment("redis", "redis:6"),
      "apps/mail/cache.yaml": deployment("redis", "redis:7"),
    });
    expect(catalogue.targets.filter((entry) => entry.target.service === "redis")).toHaveLength(2);
    expect(() => select(catalogue, { service: "redis" })).toThrow(/ambiguous/);
  });

  test("the same name in two namespaces is two targets", () => {
    const catalogue = catalogueOf({
      "a/x.yaml": deployment("redis", "redis:6", "shop"),
      "b/x.yaml": deployment("redis", "redis:7", "mail"),
    });
    expect(told(select(catalogue, { service: "redis", namespace: "mail" })).at(-1)).toContain("redis:7");
  });
});
