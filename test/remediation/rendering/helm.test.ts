import { expect, test } from "vitest";
import { describeRenderer } from "../../support/rendering/describe-renderer.ts";
import { chart } from "./one-chart.ts";
import { renderedChange } from "./rendered-change.ts";

const application = (helm: string, name = "checkout-production", path = "charts/checkout") => ({
  [`argocd/${name}.yaml`]: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  destination: {namespace: shop}
  source:
    repoURL: https://example.com/acme/shop.git
    path: ${path}
    helm: ${helm}
`,
});
const production = "charts/checkout/values-production.yaml";
const values = (tag: string, more = "") => ({ [production]: `image:\n  tag: ${tag}\n${more}` });
const named = `{valueFiles: [values-production.yaml]}`;
const image = (from: string, to: string) =>
  `Deployment checkout-production-checkout spec.template.spec.containers.[name=app].image: r.io/checkout:${from} → r.io/checkout:${to}`;

describeRenderer("helm", "what helm shows of an Application's chart", () => {
  const shop = { ...chart("charts/checkout", "checkout"), ...values("v2"), ...application(named) };

  test("a value in a values file reaches the deployment", async () => {
    expect(await renderedChange(shop, values("v1"))).toEqual([image("v2", "v1")]);
  });

  test.each([
    [
      "parameters over valuesObject",
      "{valueFiles: [values-production.yaml], parameters: [{name: image.tag, value: v9}]}",
    ],
    ["valuesObject over a values file", "{valueFiles: [values-production.yaml], valuesObject: {image: {tag: v9}}}"],
    ["values over a values file", "{valueFiles: [values-production.yaml], values: 'image: {tag: v9}'}"],
  ])("%s: what they decide is refused where the file below is changed", async (_, helm) => {
    expect(await renderedChange({ ...shop, ...application(helm) }, values("v1"))).toEqual([
      expect.stringMatching(/^shadowed-in-render: nothing would change/),
    ]);
  });

  test("parameters, valuesObject and values each count where they stand", async () => {
    const over = (winner: string, ...losers: string[]) => [winner, ...losers].join(", ");
    const layers = [
      "parameters: [{name: image.tag, value: TAG}]",
      "valuesObject: {image: {tag: TAG}}",
      "valueFiles: [values-production.yaml]",
    ];
    for (const [index, layer] of layers.slice(0, 2).entries()) {
      const lower = layers.slice(index + 1).map((text) => text.replace("TAG", "v5"));
      const helm = (tag: string) => `{${over(layer.replace("TAG", tag), ...lower)}}`;
      const files = { ...shop, ...application(helm("v2")) };
      const effects = await renderedChange(files, application(helm("v1")));
      expect(effects).toEqual([
        expect.stringMatching(/^Application argocd\/checkout-production .*: v2 → v1$/),
        image("v2", "v1"),
      ]);
    }
  });

  test("Argo CD's own file in the directory counts over the Application's parameters", async () => {
    const override = (tag: string) => ({
      "charts/checkout/.argocd-source-checkout-production.yaml": `helm:\n  parameters:\n  - {name: image.tag, value: ${tag}}\n`,
    });
    const files = { ...shop, ...application("{parameters: [{name: image.tag, value: v9}]}"), ...override("v2") };
    expect(await renderedChange(files, override("v1"))).toEqual([image("v2", "v1")]);
  });

  test("a checksum of configuration follows by itself", async () => {
    const files = { ...shop, ...values("v2", "mode: fast\n") };
    expect(await renderedChange(files, values("v2", "mode: slow\n"))).toEqual([
      "ConfigMap checkout-production-checkout data.MODE: fast → slow",
    ]);
  });

  test("what a value switches on is more than was declared, but for going back to what stood there", async () => {
    const files = { ...shop, ...values("v2", "proxy: true\n") };
    const after = values("v1", "proxy: false\n");
    expect(await renderedChange(files, after)).toEqual([expect.stringMatching(/^wider-than-declared: /)]);
    const back = await renderedChange(files, after, { past: after });
    expect(back).toEqual([
      image("v2", "v1"),
      "Deployment checkout-production-checkout spec.template.spec.containers.[name=proxy].name: proxy → undefined",
      "Deployment checkout-production-checkout spec.template.spec.containers.[name=proxy].image: r.io/proxy:v1 → undefined",
    ]);
    // Somewhere else, nothing of that kind stood.
    expect(await renderedChange(files, after, { past: values("v1", "proxy: true\n") })).toEqual([
      expect.stringMatching(/^wider-than-declared: /),
    ]);
  });

  test("what a chart draws by lot differs from itself, and counts for nothing", async () => {
    const files = { ...shop, ...values("v2", "lots: true\n") };
    expect(await renderedChange(files, values("v1", "lots: true\n"))).toEqual([image("v2", "v1")]);
  });

  test("a template that can't be rendered any more is refused", async () => {
    expect(await renderedChange(shop, values("v1", "image: [\n"))).toEqual([expect.stringMatching(/^render-fails: /)]);
  });

  test("a chart's default reaches every release, and those that weren't counted are too many", async () => {
    const both = { ...shop, ...application("{}", "checkout-staging") };
    const defaults = "charts/checkout/values.yaml";
    const text = chart("charts/checkout", "checkout")[defaults] ?? "";
    const after = { [defaults]: text.replace("mode: slow", "mode: fast") };
    expect(await renderedChange(both, after)).toEqual([
      "ConfigMap checkout-production-checkout data.MODE: slow → fast",
      "staging: ConfigMap checkout-staging-checkout data.MODE: slow → fast",
    ]);
  });
});

describeRenderer("helm", "what helm shows of an umbrella chart", () => {
  const umbrella = {
    "charts/shop/Chart.yaml":
      "apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n- {name: checkout, version: 1.0.0}\n- {name: cart, version: 1.0.0}\n",
    ...chart("charts/shop/charts/checkout", "checkout"),
    ...chart("charts/shop/charts/cart", "cart"),
  };
  const file = "charts/shop/values-production.yaml";
  const tags = (checkout: string, cart = "v1") => ({
    [file]: `checkout:\n  image: {tag: ${checkout}}\ncart:\n  image: {tag: ${cart}}\n`,
  });
  const shop = (helm: string) => application(helm, "shop-production", "charts/shop");

  test("a subchart's value that the Application's parameters decide is refused", async () => {
    const files = { ...umbrella, ...tags("v2"), ...shop("{valueFiles: [values-production.yaml]}") };
    expect(await renderedChange(files, tags("v1"))).toEqual([
      "Deployment shop-production-checkout spec.template.spec.containers.[name=app].image: r.io/checkout:v2 → r.io/checkout:v1",
    ]);
    const over = shop("{valueFiles: [values-production.yaml], parameters: [{name: checkout.image.tag, value: v9}]}");
    expect(await renderedChange({ ...files, ...over }, tags("v1"))).toEqual([
      expect.stringMatching(/^shadowed-in-render: /),
    ]);
  });

  test("another service's objects are too many", async () => {
    const files = { ...umbrella, ...tags("v2", "v2"), ...shop("{valueFiles: [values-production.yaml]}") };
    expect(await renderedChange(files, tags("v1", "v1"))).toEqual([
      expect.stringMatching(/^wider-than-declared: .* which is of cart$/),
    ]);
  });

  test("a dependency that isn't there is never fetched", async () => {
    const files = {
      ...umbrella,
      "charts/shop/Chart.yaml":
        "apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n- {name: redis, version: 1.0.0, repository: https://charts.example.com}\n",
      ...tags("v2"),
      ...shop("{valueFiles: [values-production.yaml]}"),
    };
    expect(await renderedChange(files, tags("v1"))).toEqual([
      "not rendered: argocd/shop-production.yaml: charts/shop/Chart.yaml takes redis from elsewhere, and nothing is fetched",
    ]);
  });
});

const release = (spec: string, values: string) => ({
  "apps/production/checkout.yaml": `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: checkout, namespace: shop}
spec:
  chart: {spec: ${spec}}
  values: ${values}
`,
});

describeRenderer("kustomize+helm", "what helm shows of a HelmRelease", () => {
  const local = "{chart: ./charts/checkout, sourceRef: {kind: GitRepository, name: shop}}";
  const charts = chart("charts/checkout", "checkout");

  test("its values reach the deployment, and its own object with them", async () => {
    const files = { ...charts, ...release(local, "{image: {tag: v2}}") };
    expect(await renderedChange(files, release(local, "{image: {tag: v1}}"))).toEqual([
      "HelmRelease shop/checkout spec.values.image.tag: v2 → v1",
      "Deployment checkout-checkout spec.template.spec.containers.[name=app].image: r.io/checkout:v2 → r.io/checkout:v1",
    ]);
  });

  test("a value that the chart doesn't use is refused, though its own object shows it", async () => {
    const files = { ...charts, ...release(local, "{img: {tag: v2}}") };
    expect(await renderedChange(files, release(local, "{img: {tag: v1}}"))).toEqual([
      expect.stringMatching(/^shadowed-in-render: /),
    ]);
  });

  test("a chart from elsewhere isn't fetched: what is said is compared, and it says that it isn't rendered", async () => {
    const remote = "{chart: checkout, version: 1.0.0, sourceRef: {kind: HelmRepository, name: shop}}";
    const files = { ...charts, ...release(remote, "{image: {tag: v2}}") };
    expect(await renderedChange(files, release(remote, "{image: {tag: v1}}"))).toEqual([
      "not rendered: HelmRelease checkout: apps/production/checkout.yaml takes checkout from elsewhere, and nothing is fetched",
    ]);
  });

  test("a ConfigMap of values that stands beside it counts below its own values", async () => {
    const config = (tag: string) => ({
      "apps/production/kustomization.yaml": "resources: [checkout.yaml, values.yaml]\n",
      "apps/production/values.yaml": `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: defaults, namespace: shop}\ndata:\n  values.yaml: |\n    image:\n      tag: ${tag}\n`,
    });
    const { "apps/production/checkout.yaml": text = "" } = release(local, "{}");
    const from = (own: string) => ({
      "apps/production/checkout.yaml": `${text.replace("values: {}", `values: ${own}`)}  valuesFrom: [{kind: ConfigMap, name: defaults}]\n`,
    });
    const object = "ConfigMap shop/defaults data.values.yaml: image:\n  tag: v2\n → image:\n  tag: v1\n";
    expect(await renderedChange({ ...charts, ...config("v2"), ...from("{}") }, config("v1"))).toEqual([
      object,
      "Deployment checkout-checkout spec.template.spec.containers.[name=app].image: r.io/checkout:v2 → r.io/checkout:v1",
    ]);
    const below = { ...charts, ...config("v2"), ...from("{image: {tag: v9}}") };
    expect(await renderedChange(below, config("v1"))).toEqual([expect.stringMatching(/^shadowed-in-render: /)]);
  });
});

describeRenderer("helm", "what helm shows of a helmfile", () => {
  test("a release's values in their order", async () => {
    const helmfile = (values: string) => ({
      "helmfile.yaml": `releases:\n- name: checkout\n  namespace: shop\n  chart: ./charts/checkout\n  values: [${values}]\n- name: redis\n  chart: bitnami/redis\n`,
    });
    const files = { ...chart("charts/checkout", "checkout"), "values/production.yaml": "image: {tag: v2}\n" };
    const after = { "values/production.yaml": "image: {tag: v1}\n" };
    expect(await renderedChange({ ...files, ...helmfile("values/production.yaml") }, after)).toEqual([
      "Deployment checkout-checkout spec.template.spec.containers.[name=app].image: r.io/checkout:v2 → r.io/checkout:v1",
    ]);
    expect(
      await renderedChange({ ...files, ...helmfile("values/production.yaml, {image: {tag: v9}}") }, after),
    ).toEqual([expect.stringMatching(/^shadowed-in-render: /)]);
  });
});
