/** The hash in the name of what kustomize generates, and whoever refers to it. */
import { expect, test } from "vitest";
import { kustomization } from "../../gitops/catalogue/catalogue-of.ts";
import { describeRenderer } from "../../support/rendering/describe-renderer.ts";
import { chart } from "./one-chart.ts";
import { renderedChange } from "./rendered-change.ts";

const directory = "apps/checkout/production";
/** kustomize knows references of workloads by itself, and others where it is told of them. */
const references = {
  [`${directory}/references.yaml`]: `nameReference:
- kind: ConfigMap
  version: v1
  fieldSpecs:
  - {path: spec/valuesFrom/name, kind: HelmRelease}
  - {path: spec/configs/name, kind: Checkout}
`,
};
const generated = (objects: string, tag: string, more = "") => ({
  ...references,
  [`${directory}/kustomization.yaml`]: kustomization(
    `resources: [checkout.yaml]\nconfigurations: [references.yaml]\nconfigMapGenerator:\n- name: checkout-values\n  namespace: shop\n  files: [values.yaml]\n${more}`,
  ),
  [`${directory}/checkout.yaml`]: objects,
  ...values(tag),
});
const values = (tag: string) => ({ [`${directory}/values.yaml`]: `image:\n  tag: ${tag}\n` });
const config = expect.stringMatching(
  /^ConfigMap shop\/checkout-values-\w{10} data\.values\.yaml: image:\n {2}tag: v2\n → image:\n {2}tag: v1\n$/,
);
const release = (chart: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: checkout, namespace: shop}
spec:
  chart: {spec: ${chart}}
  valuesFrom:
  - {kind: ConfigMap, name: checkout-values}
`;

describeRenderer("kustomize+helm", "a HelmRelease that takes a generated ConfigMap", () => {
  test("takes the new one, which is no change of its own", async () => {
    const local = release("{chart: ./charts/checkout, sourceRef: {kind: GitRepository, name: shop}}");
    const files = { ...chart("charts/checkout", "checkout"), ...generated(local, "v2") };
    expect(await renderedChange(files, values("v1"))).toEqual([
      config,
      "Deployment checkout-checkout spec.template.spec.containers.[name=app].image: r.io/checkout:v2 → r.io/checkout:v1",
    ]);
  });

  test("of a chart from elsewhere isn't rendered, and isn't refused", async () => {
    const remote = release("{chart: checkout, version: 1.0.0, sourceRef: {kind: HelmRepository, name: shop}}");
    expect(await renderedChange(generated(remote, "v2"), values("v1"))).toEqual([
      "not rendered: HelmRelease checkout: apps/checkout/production takes checkout from elsewhere, and nothing is fetched",
    ]);
  });
});

describeRenderer("kustomize", "a generated ConfigMap's new name", () => {
  const custom = `apiVersion: acme.example/v1
kind: Checkout
metadata: {name: checkout, namespace: shop}
spec:
  configs:
  - {name: checkout-values}
  - {name: by-hand}
`;
  const argument = `apiVersion: apps/v1
kind: Deployment
metadata: {name: checkout, namespace: shop}
spec: {template: {spec: {containers: [{name: app, args: ["--config=NAME,by-hand"]}]}}}
`;
  /** Puts the name into the argument. */
  const replacement = `replacements:
- source: {kind: ConfigMap, name: checkout-values}
  targets:
  - select: {kind: Deployment}
    fieldPaths: [spec.template.spec.containers.0.args.0]
    options: {delimiter: "=", index: 1}
`;

  test("is followed by references of custom resources, in lists of names, too", async () => {
    expect(await renderedChange(generated(custom, "v2"), values("v1"))).toEqual([config]);
  });

  test("is followed inside a longer text", async () => {
    const files = generated(argument, "v2", replacement);
    expect(await renderedChange(files, values("v1"))).toEqual([config]);
  });

  test("isn't an excuse for another reference", async () => {
    const moved = { ...values("v1"), [`${directory}/references.yaml`]: "nameReference: []\n" };
    expect(await renderedChange(generated(custom, "v2"), moved)).toEqual([
      expect.stringMatching(/^wider-than-declared: .* `?Checkout shop\/checkout spec\.configs/),
    ]);
  });
});
