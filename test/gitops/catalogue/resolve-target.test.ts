import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Resolution } from "../../../src/gitops/catalogue/catalogue.ts";
import { resolveTarget } from "../../../src/gitops/catalogue/resolve-target.ts";
import { targetName } from "../../../src/target.ts";
import { catalogueOf, deployment, kustomization } from "./catalogue-of.ts";

const catalogue = catalogueOf({
  "apps/checkout/base/deployment.yaml": deployment("checkout", "r.io/checkout:latest"),
  "apps/checkout/base/kustomization.yaml": kustomization("resources: [deployment.yaml]\n"),
  "apps/checkout/overlays/prod/kustomization.yaml": kustomization("namespace: shop\nresources: [../../base]\n"),
  "apps/checkout/overlays/staging/kustomization.yaml": kustomization(
    "namespace: shop-staging\nresources: [../../base]\n",
  ),
  "apps/cart/prod/deployment.yaml": deployment("cart", "r.io/cart:v1", "shop"),
  "apps/kube-state-metrics/prod/deployment.yaml": deployment("kube-state-metrics", "r.io/ksm:v1", "monitoring"),
  "tools/sweep/deployment.yaml": deployment("sweep", "r.io/sweep:v1"),
});

const summary = (resolution: Resolution): string =>
  resolution.outcome === "resolved" ? targetName(resolution.entry.target) : resolution.outcome;

describe("labels select", () => {
  const table: readonly (readonly [labels: Record<string, string>, result: string])[] = [
    [{ service: "checkout", environment: "prod" }, "checkout/prod"],
    [{ service: "checkout", environment: "production" }, "checkout/prod"],
    [{ service: "checkout", env: "PRD" }, "checkout/prod"],
    [{ service: "checkout", stage: "stg" }, "checkout/staging"],
    [{ deployment: "checkout", deployment_environment: "production" }, "checkout/prod"],
    [{ app_kubernetes_io_name: "checkout", cluster: "staging" }, "checkout/staging"],
    [{ job: "shop/checkout", environment: "prod" }, "checkout/prod"],
    [{ app: "Checkout", environment: "prod" }, "checkout/prod"],
    // A namespace may tell the environment.
    [{ service: "checkout", namespace: "shop-staging" }, "checkout/staging"],
    [{ service: "checkout", namespace: "monitoring", exported_namespace: "shop" }, "checkout/prod"],
    // A cluster whose name the repository doesn't know says nothing.
    [{ service: "checkout", environment: "prod", cluster: "eks-7" }, "checkout/prod"],
    // Only one environment exists.
    [{ service: "cart" }, "cart/prod"],
    [{ service: "sweep", environment: "production" }, "sweep"],
    // The object in trouble wins over whoever scraped it.
    [{ deployment: "cart", service: "kube-state-metrics", job: "kube-state-metrics" }, "cart/prod"],
    [{ statefulset: "unknown", service: "kube-state-metrics", job: "kube-state-metrics" }, "none"],
    [{ deployment: "checkout-canary", service: "checkout", environment: "prod" }, "checkout/prod"],
    // Never guesses.
    [{ service: "checkout" }, "ambiguous"],
    [{ service: "checkout", cluster: "eks-7" }, "ambiguous"],
    [{ service: "checkout", environment: "qa" }, "none"],
    [{ service: "cart", environment: "staging" }, "none"],
    [{ service: "cart", namespace: "elsewhere" }, "none"],
    [{ service: "check" }, "none"],
    [{ service: "" }, "none"],
    [{ alertname: "HighErrorRate" }, "none"],
    [{}, "none"],
  ];

  test.each(table)("%j → %s", (labels, result) => {
    expect(summary(resolveTarget(catalogue, labels))).toBe(result);
  });

  test("ambiguity names its candidates", () => {
    const resolution = resolveTarget(catalogue, { service: "checkout" });
    expect(resolution.outcome === "ambiguous" && resolution.candidates.map(targetName)).toEqual([
      "checkout/prod",
      "checkout/staging",
    ]);
    expect(resolution.why).toBe("the labels leave 2 targets open");
  });

  test("an exact spelling wins over a synonym, and two synonyms are ambiguous", () => {
    const both = catalogueOf({
      "prod/x.yaml": deployment("x", "a:1"),
      "production/x.yaml": deployment("x", "a:2"),
      "dev/x.yaml": deployment("x", "a:3"),
    });
    expect(summary(resolveTarget(both, { service: "x", environment: "production" }))).toBe("x/production");
    expect(summary(resolveTarget(both, { service: "x", environment: "prd" }))).toBe("ambiguous");
  });
});

test("field note 34: no label becomes a name: whatever the text, the target is one of the repository's own, and the sentence repeats nothing", () => {
  const names = ["checkout", "cart", "prod", "shop", "../cart", "__proto__", "constructor", "*", "cart\nx"];
  const text = fc.oneof(fc.constantFrom(...names), fc.string());
  const key = fc.constantFrom(
    "service",
    "deployment",
    "app",
    "job",
    "namespace",
    "environment",
    "cluster",
    "__proto__",
  );
  fc.assert(
    fc.property(fc.dictionary(key, text), (labels) => {
      const resolution = resolveTarget(catalogue, labels);
      const targets = resolution.outcome === "resolved" ? [resolution.entry.target] : resolution.candidates;
      for (const target of targets) expect(catalogue.targets.map((entry) => entry.target)).toContain(target);
      expect(resolution.why).toMatch(/^[a-z0-9 /-]+$/);
    }),
  );
});
