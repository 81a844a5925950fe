/** Which layer wins over a field. */
import { describe, expect, test } from "vitest";
import type { CatalogueTarget } from "../../../src/gitops/catalogue/catalogue.ts";
import { catalogueOf, deployment, kustomization, select } from "./catalogue-of.ts";

const shadows = (entry: CatalogueTarget): string[] =>
  entry.fields.flatMap(({ file, path, shadowedBy }) =>
    shadowedBy === undefined ? [] : [`${file}#${path.join(".")} < ${shadowedBy.file}:${shadowedBy.line}`],
  );

describe("24: the layer that wins", () => {
  test("25: Kustomize images and replicas over what they draw in; a renamed image is matched by its new name", () => {
    const entry = select(
      catalogueOf({
        "apps/checkout/base/deployment.yaml": deployment("checkout", "r.io/checkout:v0"),
        "apps/checkout/base/kustomization.yaml": kustomization(
          "resources: [deployment.yaml]\nimages:\n- {name: r.io/checkout, newName: r.io/shop/checkout, newTag: v1}\n",
        ),
        "apps/checkout/overlays/prod/kustomization.yaml": kustomization(
          "resources: [../../base]\nimages:\n- {name: r.io/shop/checkout, newTag: v2}\nreplicas:\n- {name: checkout, count: 3}\n",
        ),
      }),
      { service: "checkout", environment: "prod" },
    );
    expect(shadows(entry)).toEqual([
      "apps/checkout/base/deployment.yaml#spec.replicas < apps/checkout/overlays/prod/kustomization.yaml:7",
      "apps/checkout/base/deployment.yaml#spec.template.spec.containers.0.image < apps/checkout/base/kustomization.yaml:5",
      "apps/checkout/base/kustomization.yaml#images.0.newTag < apps/checkout/overlays/prod/kustomization.yaml:5",
    ]);
  });

  test("25: a digest over the tag beside it", () => {
    const entry = select(
      catalogueOf({
        "apps/checkout/kustomization.yaml": kustomization(
          "images:\n- name: r.io/checkout\n  newTag: v1\n  digest: sha256:abc\n",
        ),
      }),
      { service: "checkout" },
    );
    expect(shadows(entry)).toEqual([
      "apps/checkout/kustomization.yaml#images.0.newTag < apps/checkout/kustomization.yaml:6",
    ]);
  });

  test("a patch of the environment over the object that it patches, key by key", () => {
    const release = (values: string): string =>
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: checkout}\nspec:\n  values:\n${values}`;
    const entry = select(
      catalogueOf({
        "apps/checkout/checkout.yaml": release("    image: {tag: v1}\n    level: info\n"),
        "apps/checkout/prod.yaml": release("    image: {tag: v2}\n"),
        "clusters/prod/kustomization.yaml": kustomization(
          "resources: [../../apps/checkout/checkout.yaml]\npatches: [{path: ../../apps/checkout/prod.yaml}]\n",
        ),
      }),
      { service: "checkout", environment: "prod" },
    );
    expect(shadows(entry)).toEqual(["apps/checkout/checkout.yaml#spec.values.image.tag < apps/checkout/prod.yaml:6"]);
  });

  test("what one of several overlays of an environment says isn't said for the environment", () => {
    const files = {
      "base/checkout.yaml": deployment("checkout", "r.io/checkout:v0"),
      "base/kustomization.yaml": kustomization("resources: [checkout.yaml]\n"),
      "overlays/prod/one/kustomization.yaml": kustomization(
        "resources: [../../../base]\nimages: [{name: r.io/checkout, newTag: v1}]\npatches:\n- target: {name: checkout}\n  patch: |-\n    - {op: replace, path: /spec/replicas, value: 9}\n",
      ),
      "overlays/prod/two/kustomization.yaml": kustomization("resources: [../../../base]\n"),
    };
    const of = (tree: Record<string, string>): string[] =>
      shadows(select(catalogueOf(tree), { service: "checkout", environment: "prod" }));
    expect(of(files)).toEqual([]);
    const { "overlays/prod/two/kustomization.yaml": _, ...alone } = files;
    expect(of(alone)).toHaveLength(2);
  });

  describe("patches", () => {
    const patched = (patches: string, more: Record<string, string> = {}): string[] =>
      shadows(
        select(
          catalogueOf({
            "base/checkout.yaml": deployment("checkout", "r.io/checkout:v1"),
            "base/kustomization.yaml": kustomization("resources: [checkout.yaml]\n"),
            "overlays/prod/kustomization.yaml": kustomization(`resources: [../../base]\n${patches}`),
            "overlays/dev/kustomization.yaml": kustomization("resources: [../../base]\n"),
            ...more,
          }),
          { service: "checkout", environment: "prod" },
        ),
      );
    const replicas = (line: number, file = "kustomization.yaml"): string[] => [
      `base/checkout.yaml#spec.replicas < overlays/prod/${file}:${line}`,
    ];
    const json = "- {op: replace, path: /spec/replicas, value: 5}\n";

    test("JSON 6902 operations, in a file or in the kustomization, by their pointers", () => {
      const target = "target: {kind: Deployment, name: checkout}";
      expect(patched(`patches:\n- path: p.yaml\n  ${target}\n`, { "overlays/prod/p.yaml": json })).toEqual(
        replicas(1, "p.yaml"),
      );
      expect(patched(`patches:\n- ${target}\n  patch: |\n    ${json}`)).toEqual(replicas(7));
      expect(
        patched(
          `patchesJson6902:\n- ${target}\n  patch: |\n    - op: add\n      path: /spec/template/spec/containers/0/image\n      value: r.io/checkout:v2\n`,
        ),
      ).toEqual(["base/checkout.yaml#spec.template.spec.containers.0.image < overlays/prod/kustomization.yaml:9"]);
      expect(patched(`patches:\n- ${target}\n  patch: |\n    - {op: remove, path: /spec/replicas}\n`)).toEqual(
        replicas(7),
      );
      expect(patched(`patches:\n- ${target}\n  patch: |\n    - {op: test, path: /spec/replicas, value: 5}\n`)).toEqual(
        [],
      );
    });

    test.each([
      ["kind: Deployment", true],
      ["name: check.*", true],
      ["name: .*out, kind: Deployment", true],
      ["kind: StatefulSet, name: checkout", false],
      ["name: check.*t.*x", false],
      ["name: cart", false],
      ["kind: Deployment, labelSelector: app=x", false],
    ])("a target {%s} is taken at its word: %s", (target, wins) => {
      const named = `patches:\n- target: {${target}}\n  patch: |\n    ${json}- target: {name: checkout}\n  patch: |\n    - {op: test, path: /x, value: 1}\n`;
      expect(patched(named)).toEqual(wins ? replicas(7) : []);
    });

    describe("by labels and annotations", () => {
      const labelled = deployment("checkout", "r.io/checkout:v1").replace(
        "metadata:\n",
        "metadata:\n  labels: {app: checkout, shop.example/tier: web}\n  annotations: {owner: payments}\n",
      );
      const chosen = (target: string, base = "", list = "patches", own = "") =>
        patched(`${list}:\n- target: {${target}}\n  patch: |\n    ${json}${own}`, {
          "base/checkout.yaml": labelled,
          "base/kustomization.yaml": kustomization(`resources: [checkout.yaml]\n${base}`),
        });
      const wins = ["base/checkout.yaml#spec.replicas < overlays/prod/kustomization.yaml:7"];

      test.each([
        ["labelSelector: app=checkout", true],
        ["labelSelector: 'app==checkout, shop.example/tier in (web, api)'", true],
        ["labelSelector: 'shop.example/tier notin (api),app'", true],
        ["annotationSelector: owner=payments, kind: Deployment", true],
        ["labelSelector: app=checkout, name: cart", false],
        ["labelSelector: app=cart", false],
        ["labelSelector: app!=checkout", false],
        ["labelSelector: 'app notin (checkout)'", false],
        ["labelSelector: app=checkout, annotationSelector: owner=others", false],
        // Who knows what puts the label on, or takes it away.
        ["labelSelector: '!legacy'", false],
        ["labelSelector: size>3", false],
      ])("{%s}: %s", (target, expected) => {
        expect(chosen(target)).toEqual(expected ? wins : []);
      });

      test.each([
        ["app=checkout", "commonLabels: {app: other}\n", false],
        ["app=checkout", "labels: [{pairs: {app: other}}]\n", false],
        ["app=checkout", "commonLabels: {team: other}\n", true],
        [
          "app=checkout",
          "patches:\n- target: {name: checkout}\n  patch: |\n    - {op: replace, path: /metadata/labels/app, value: x}\n",
          false,
        ],
        [
          "app=checkout",
          "patches:\n- patch: |\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: checkout, labels: {app: x}}\n",
          false,
        ],
      ])("a label that the base changes isn't known: %s, %s", (selector, base, expected) => {
        expect(chosen(`labelSelector: ${selector}`, base).filter((line) => wins.includes(line))).toEqual(
          expected ? wins : [],
        );
      });

      test("what a patch itself puts on doesn't count for whom it is for", () => {
        const own = "    - {op: add, path: /metadata/labels/app, value: other}\n";
        expect(chosen("labelSelector: app=checkout", "", "patches", own)).toEqual(wins);
      });

      test("a kustomization's own labels come after its patches, and before its patchesJson6902", () => {
        const own = "commonLabels: {app: other}\n";
        expect(chosen("labelSelector: app=checkout", "", "patches", own)).toEqual(wins);
        expect(chosen("labelSelector: app=checkout", "", "patchesJson6902", own)).toEqual([]);
        expect(chosen("labelSelector: app=checkout", "", "patchesJson6902")).toEqual(wins);
      });
    });

    test("a strategic merge patch, by the names of a workload's containers", () => {
      const merge = (name: string): string =>
        `patches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata:\n      name: checkout\n    spec:\n      template:\n        spec:\n          containers:\n          - {name: ${name}, image: r.io/checkout:v2}\n`;
      expect(patched(merge("main"))).toEqual([
        "base/checkout.yaml#spec.template.spec.containers.0.image < overlays/prod/kustomization.yaml:14",
      ]);
      expect(patched(merge("sidecar"))).toEqual([]);
    });

    test("two patches of one kustomization say nothing of each other", () => {
      const files = ["a", "b"].map((name) => [
        `overlays/prod/${name}.yaml`,
        deployment("checkout", `r.io/checkout:${name}`),
      ]);
      const lines = patched("patches: [{path: a.yaml}, {path: b.yaml}]\n", Object.fromEntries(files));
      expect(lines.filter((line) => !line.startsWith("base/"))).toEqual([]);
      expect(lines[0]).toContain("overlays/prod/b.yaml");
    });
  });

  test("Argo CD: parameters over valuesObject over values files, the last of which wins", () => {
    const entry = select(
      catalogueOf({
        "argocd/checkout.yaml": `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: checkout}
spec:
  source:
    path: charts/checkout
    helm:
      valueFiles: [values.yaml, values-prod.yaml]
      valuesObject: {image: {tag: v2, name: x}, level: debug}
      parameters:
      - {name: image.tag, value: v3}
`,
        "charts/checkout/values.yaml": "image: {tag: v0}\nlevel: info\nsize: 1\n",
        "charts/checkout/values-prod.yaml": "size: 2\n",
      }),
      { service: "checkout" },
    );
    expect(shadows(entry)).toEqual([
      "argocd/checkout.yaml#spec.source.helm.valuesObject.image.tag < argocd/checkout.yaml:11",
      "charts/checkout/values.yaml#image.tag < argocd/checkout.yaml:11",
      "charts/checkout/values.yaml#level < argocd/checkout.yaml:9",
      "charts/checkout/values.yaml#size < charts/checkout/values-prod.yaml:1",
    ]);
  });
});
