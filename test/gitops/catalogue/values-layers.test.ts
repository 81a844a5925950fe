/** Which layer of a chart's values decides, whoever installs the chart. */
import { describe, expect, test } from "vitest";
import type { CatalogueTarget } from "../../../src/gitops/catalogue/catalogue.ts";
import { catalogueOf, type Files, kustomization, select } from "./catalogue-of.ts";

const shadows = (entry: CatalogueTarget): string[] =>
  entry.fields.flatMap(({ file, path, shadowedBy }) =>
    shadowedBy === undefined ? [] : [`${file}#${path.join(".")} < ${shadowedBy.file}:${shadowedBy.line}`],
  );

const release = (spec: string): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: checkout}\nspec:\n${spec}`;

const configMap = (name: string, data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata:\n${data}`;

describe("Flux: valuesFrom", () => {
  const values = "  values:\n    level: info\n";

  test("a ConfigMap that the kustomization makes of a file: the file is the release's, and the release's own values win", () => {
    const files: Files = {
      "apps/checkout/release.yaml": release(`  valuesFrom: [{kind: ConfigMap, name: base-values}]\n${values}`),
      "apps/checkout/kustomization.yaml": kustomization(
        "resources: [release.yaml]\nconfigMapGenerator:\n- {name: base-values, files: [values.yaml=../../shared/common.yaml]}\n",
      ),
      "shared/common.yaml": "level: debug\nimage: {tag: v1}\n",
      "apps/other/kustomization.yaml": kustomization("configMapGenerator: [{name: base-values, files: [x.yaml]}]\n"),
    };
    const entry = select(catalogueOf(files), { service: "checkout" });
    expect(entry.fields.filter(({ file }) => file.startsWith("shared")).map(({ path }) => path.join("."))).toEqual([
      "level",
      "image.tag",
    ]);
    expect(shadows(entry)).toEqual(["shared/common.yaml#level < apps/checkout/release.yaml:7"]);
  });

  test("ConfigMaps with a block of values, in their order, and a targetPath over everything", () => {
    const references =
      "  valuesFrom:\n  - {kind: ConfigMap, name: checkout-a}\n  - {kind: ConfigMap, name: checkout-b, valuesKey: more.yaml}\n  - {kind: ConfigMap, name: checkout-c, valuesKey: tag, targetPath: image.tag}\n";
    const entry = select(
      catalogueOf({
        "apps/checkout/release.yaml": release(`${references}  values: {image: {tag: v0}}\n`),
        "apps/checkout/a.yaml": configMap(
          "checkout-a",
          "  values.yaml: |\n    size: 1\n    color: red\n    image:\n      tag: v1\n",
        ),
        "apps/checkout/b.yaml": configMap("checkout-b", "  more.yaml: |\n    size: 2\n"),
        "apps/checkout/c.yaml": configMap("checkout-c", "  tag: v3\n"),
      }),
      { service: "checkout" },
    );
    expect(shadows(entry)).toEqual([
      "apps/checkout/a.yaml#data.values.yaml.size < apps/checkout/b.yaml:6",
      "apps/checkout/a.yaml#data.values.yaml.image.tag < apps/checkout/c.yaml:5",
      "apps/checkout/release.yaml#spec.values.image.tag < apps/checkout/c.yaml:5",
    ]);
  });

  test("a name that several ConfigMaps have elsewhere is nobody's", () => {
    const entry = select(
      catalogueOf({
        "apps/checkout/release.yaml": release(`  valuesFrom: [{kind: ConfigMap, name: values}]\n${values}`),
        "a/x.yaml": configMap("values", "  values.yaml: |\n    level: a\n"),
        "b/x.yaml": configMap("values", "  values.yaml: |\n    level: b\n"),
      }),
      { service: "checkout" },
    );
    expect(entry.fields.map(({ file }) => file)).not.toContain("a/x.yaml");
  });
});

describe("Argo CD", () => {
  test("values as text lie between values files and valuesObject, and the chart's own below everything", () => {
    const entry = select(
      catalogueOf({
        "argocd/checkout.yaml": `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: checkout}
spec:
  source:
    path: charts/checkout
    helm:
      valueFiles: [values-prod.yaml]
      values: |
        image:
          tag: v3
        level: info
      valuesObject: {level: debug}
`,
        "charts/checkout/values.yaml": "image: {tag: v1}\nsize: 1\nonly: here\n",
        "charts/checkout/values-prod.yaml": "image: {tag: v2}\nsize: 2\n",
      }),
      { service: "checkout" },
    );
    expect(shadows(entry)).toEqual([
      "argocd/checkout.yaml#spec.source.helm.values.level < argocd/checkout.yaml:13",
      "charts/checkout/values-prod.yaml#image.tag < argocd/checkout.yaml:11",
      "charts/checkout/values.yaml#image.tag < argocd/checkout.yaml:11",
      "charts/checkout/values.yaml#size < charts/checkout/values-prod.yaml:2",
    ]);
  });

  test("values files beyond the chart's directory are the application's; an override file wins over its parameters", () => {
    const entry = select(
      catalogueOf({
        "argocd/checkout.yaml":
          "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: checkout}\nspec:\n  source:\n    path: deploy\n    helm:\n      valueFiles: [/envs/one.yaml]\n      parameters:\n      - {name: image.tag, value: v2}\n",
        "deploy/.argocd-source-checkout.yaml": "helm:\n  parameters:\n  - {name: image.tag, value: v3}\n",
        "envs/one.yaml": "image: {tag: v1}\n",
      }),
      { service: "checkout" },
    );
    expect(shadows(entry)).toEqual([
      "argocd/checkout.yaml#spec.source.helm.parameters.0.value < deploy/.argocd-source-checkout.yaml:3",
      "envs/one.yaml#image.tag < deploy/.argocd-source-checkout.yaml:3",
    ]);
  });
});

describe("several releases", () => {
  const application = (name: string, tag: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, labels: {app.kubernetes.io/name: checkout}}\nspec:\n  source:\n    path: charts/generic\n    helm: {valueFiles: [values-a.yaml], parameters: [{name: tag, value: ${tag}}]}\n`;
  const files: Files = {
    "argocd/one.yaml": application("checkout-one", "v1"),
    "argocd/two.yaml": application("checkout-two", "v2"),
    "charts/generic/Chart.yaml": "apiVersion: v2\nname: generic\n",
    "charts/generic/values.yaml": "tag: v0\n",
    "charts/generic/values-a.yaml": "tag: v3\n",
  };

  test("what one of them is given says nothing about the others", () => {
    expect(shadows(select(catalogueOf(files), { service: "checkout" }))).toEqual([]);
    const { "argocd/two.yaml": _, ...one } = files;
    expect(shadows(select(catalogueOf(one), { service: "checkout" }))).toEqual([
      "charts/generic/values-a.yaml#tag < argocd/one.yaml:7",
    ]);
  });

  test("the defaults of a chart belong to whoever keeps the chart", () => {
    const entry = select(catalogueOf(files), { service: "checkout-one" });
    expect(entry.fields.map(({ file }) => file)).toContain("charts/generic/values-a.yaml");
    expect(entry.fields.map(({ file }) => file)).not.toContain("charts/generic/values.yaml");
  });
});

describe("Helm", () => {
  test("a list is replaced as a whole", () => {
    const entry = select(
      catalogueOf({
        "apps/checkout/values.yaml": "hosts: [a, b]\nports: [1]\n",
        "apps/checkout/values-prod.yaml": "hosts: [c]\n",
      }),
      { service: "checkout", environment: "prod" },
    );
    expect(shadows(entry)).toEqual([
      "apps/checkout/values.yaml#hosts.0 < apps/checkout/values-prod.yaml:1",
      "apps/checkout/values.yaml#hosts.1 < apps/checkout/values-prod.yaml:1",
    ]);
  });

  test.each([
    ["apps/checkout/values-prod.yaml", "apps/checkout/values.yaml"],
    ["apps/checkout/prod/values.yaml", "apps/checkout/values.yaml"],
    ["apps/checkout/environments/prod/values.yaml", "apps/checkout/common.yaml"],
  ])("without a release that says otherwise, %s wins over %s", (special, common) => {
    const files = { [common]: "image: {tag: v1}\n", [special]: "image: {tag: v2}\n" };
    expect(shadows(select(catalogueOf(files), { service: "checkout", environment: "prod" }))).toEqual([
      `${common}#image.tag < ${special}:1`,
    ]);
  });

  test("a chart around others: its values below a dependency's alias, and what is global, over the dependency's own", () => {
    const catalogue = catalogueOf({
      "umbrella/Chart.yaml":
        "apiVersion: v2\nname: umbrella\ndependencies:\n- {name: generic, alias: checkout, version: 1.0.0, repository: 'file://charts/generic'}\n- {name: cart, version: 1.0.0}\n",
      "umbrella/values.yaml": "global: {registry: r.io}\ncheckout: {image: {tag: v2}}\ncart: {enabled: true}\n",
      "umbrella/charts/generic/Chart.yaml": "apiVersion: v2\nname: generic\n",
      "umbrella/charts/generic/values.yaml": "global: {registry: x.io}\nimage: {tag: v1}\nlevel: info\n",
      "umbrella/charts/cart/values.yaml": "image: {tag: v1}\n",
    });
    const entry = select(catalogue, { service: "checkout" });
    expect(shadows(entry)).toEqual([
      "umbrella/charts/generic/values.yaml#global.registry < umbrella/values.yaml:1",
      "umbrella/charts/generic/values.yaml#image.tag < umbrella/values.yaml:2",
    ]);
    const global = entry.fields.find(({ file, path }) => file === "umbrella/values.yaml" && path[0] === "global");
    expect(global?.sharedWith.map((key) => key.split("\u0000")[0])).toContain("cart");
    expect(select(catalogue, { service: "cart" }).fields.map(({ path }) => path.join("."))).toContain("cart.enabled");
  });
});

describe("helmfile", () => {
  test("a release's values in their order, `set` over them; templates are left alone", () => {
    const entry = select(
      catalogueOf({
        "helmfile.yaml":
          "releases:\n- name: checkout\n  chart: x/y\n  values:\n  - common/all.yaml\n  - image: {tag: v2}\n  - '{{ .Environment.Name }}.yaml'\n  - more.yaml.gotmpl\n  set:\n  - {name: size, value: 3}\n- name: cart\n  chart: x/y\n  values: [common/all.yaml]\n",
        "common/all.yaml": "image: {tag: v1}\nsize: 1\nlevel: info\n",
        "more.yaml.gotmpl": "size: {{ .Values.size }}\n",
      }),
      { service: "checkout" },
    );
    expect(shadows(entry)).toEqual([
      "common/all.yaml#image.tag < helmfile.yaml:6",
      "common/all.yaml#size < helmfile.yaml:10",
    ]);
    expect(entry.fields.map(({ file }) => file)).not.toContain("more.yaml.gotmpl");
    const shared = entry.fields.find(({ file }) => file === "common/all.yaml")?.sharedWith ?? [];
    expect(shared.map((key) => key.split("\u0000")[0])).toEqual(["cart"]);
  });

  test("a values file for each environment, whose name a placeholder fills in", () => {
    const catalogue = catalogueOf({
      "deploy/helmfile.yaml":
        "releases:\n- name: checkout\n  chart: x/y\n  values:\n  - values/all.yaml\n  - values/{{ .Environment.Name }}/image.yaml\n",
      "deploy/values/all.yaml": "image: {tag: v1}\n",
      "deploy/values/prod/image.yaml": "image: {tag: v2}\n",
      "deploy/values/dev/image.yaml": "image: {tag: v3}\n",
    });
    expect(shadows(select(catalogue, { service: "checkout", environment: "prod" }))).toEqual([
      "deploy/values/all.yaml#image.tag < deploy/values/prod/image.yaml:1",
    ]);
    const dev = select(catalogue, { service: "checkout", environment: "dev" });
    expect(dev.fields.map(({ file }) => file)).not.toContain("deploy/values/prod/image.yaml");
  });
});

describe("helmfile's own values by environment", () => {
  const helmfile = `environments:
  default: {values: [settings/common.yaml]}
  prod:
    values:
    - settings/common.yaml
    - settings/top.yaml
    - checkout: {size: 3}
    - settings/more.yaml.gotmpl
  staging:
    values: [settings/common.yaml]
  dev: {values: [settings/top.yaml, settings/common.yaml]}
---
releases:
- name: checkout
  chart: x/y
  version: '{{ .Values.checkout.version }}'
  values: [{size: '{{ .StateValues.checkout.size }}'}]
- name: cart
  chart: x/y
  installed: '{{ .Environment.Values.cart.enabled | default true }}'
`;
  const files: Files = {
    "shop/helmfile.yaml": helmfile,
    "shop/settings/common.yaml": "checkout: {version: 1.0.0, size: 1, notes: x}\ncart: {enabled: true}\nother: 1\n",
    "shop/settings/top.yaml": "checkout: {version: 2.0.0}\n",
    "shop/settings/more.yaml.gotmpl": "checkout: {size: {{ .x }}}\n",
    "live/prod/checkout/note.yaml": "a: 1\n",
    "live/staging/checkout/note.yaml": "a: 1\n",
  };
  const fieldsOf = (environment: string, service: string) =>
    select(catalogueOf(files), { service, environment })
      .fields.filter(({ file }) => file.startsWith("shop/settings"))
      .map(({ file, path, value }) => `${file}#${path.join(".")}=${value}`);

  test("what a release's templates look up belongs to it, in the environment that names the file", () => {
    expect(fieldsOf("prod", "cart")).toEqual(["shop/settings/common.yaml#cart.enabled=true"]);
    expect(fieldsOf("staging", "checkout")).toContain("shop/settings/common.yaml#checkout.size=1");
    expect(fieldsOf("staging", "checkout").join()).not.toContain("top.yaml");
    expect(fieldsOf("prod", "checkout")).toContain("shop/settings/top.yaml#checkout.version=2.0.0");
    expect(fieldsOf("prod", "checkout").join()).not.toMatch(/other|cart/);
  });

  test("a later entry of the environment wins, a file or a mapping, and only in that environment", () => {
    const here = "shop/helmfile.yaml:7";
    expect(shadows(select(catalogueOf(files), { service: "checkout", environment: "prod" }))).toEqual([
      `shop/settings/common.yaml#checkout.version < shop/settings/top.yaml:1`,
      `shop/settings/common.yaml#checkout.size < ${here}`,
    ]);
    expect(shadows(select(catalogueOf(files), { service: "checkout", environment: "staging" }))).toEqual([]);
    expect(shadows(select(catalogueOf(files), { service: "checkout", environment: "dev" }))).toEqual([
      "shop/settings/top.yaml#checkout.version < shop/settings/common.yaml:1",
    ]);
    expect(catalogueOf(files).targets.map(({ target }) => target.environment)).not.toContain("default");
  });

  test("a file that the path says nothing of is in the environment that names it, and a template's text, too", () => {
    const prod = select(catalogueOf(files), { service: "shop", environment: "prod" });
    const own = prod.scopes?.map(({ file }) => file) ?? [];
    expect(own).toContain("shop/settings/more.yaml.gotmpl");
    const staging = select(catalogueOf(files), { service: "shop", environment: "staging" });
    expect(staging.scopes?.map(({ file }) => file)).not.toContain("shop/settings/top.yaml");
  });

  test("what is written into the helmfile for one environment is of no other one", () => {
    const written = helmfile.replace("- checkout: {size: 3}", "- cart: {tag: v7}");
    const valuesIn = (environment: string) =>
      select(catalogueOf({ ...files, "shop/helmfile.yaml": written }), { service: "cart", environment })
        .fields.filter(({ file }) => file === "shop/helmfile.yaml")
        .map(({ value }) => value);
    expect(valuesIn("prod")).toContain("v7");
    expect(valuesIn("staging")).not.toContain("v7");
  });

  test("the only release of a helmfile has all of them", () => {
    const only = "environments: {prod: {values: [a.yaml, {size: 2}]}}\nreleases: [{name: cart, chart: x/y}]\n";
    const entry = select(catalogueOf({ "helmfile.yaml": only, "a.yaml": "size: 1\nnote: x\n" }), { service: "cart" });
    expect(entry.target.environment).toBe("prod");
    expect(shadows(entry)).toEqual(["a.yaml#size < helmfile.yaml:1"]);
    expect(entry.fields.map(({ value }) => value)).toContain("x");
  });
});
