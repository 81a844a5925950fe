/** Which files belong to a target even where they have no fields, or hold no more than a line about it. */
import { describe, expect, test } from "vitest";
import type { CatalogueTarget } from "../../../src/gitops/catalogue/catalogue.ts";
import { resolveTarget } from "../../../src/gitops/catalogue/resolve-target.ts";
import { targetName } from "../../../src/target.ts";
import { catalogueOf, deployment, kustomization, select } from "./catalogue-of.ts";

const files = (entry: CatalogueTarget): string[] => [...new Set((entry.scopes ?? []).map(({ file }) => file))];

describe("a file that can't be read", () => {
  const broken = `${deployment("checkout", "r.io/checkout:v2", "shop")}  oops: [\n`;

  test("belongs to the object that it still names", () => {
    const catalogue = catalogueOf({ "k8s/all/one.yaml": broken });
    const entry = select(catalogue, { deployment: "checkout", namespace: "shop" });
    expect([files(entry), entry.fields]).toEqual([["k8s/all/one.yaml"], []]);
    expect(catalogue.diagnostics).toHaveLength(1);
  });

  test("belongs to its directory's service where it names nothing", () => {
    const catalogue = catalogueOf({
      "apps/checkout/deployment.yaml": deployment("checkout", "r.io/checkout:v1"),
      "apps/checkout/templates/extra.yaml": "{{ if .Values.x }}\na: b\n{{ end }}\n",
    });
    expect(files(select(catalogue, { service: "checkout" }))).toContain("apps/checkout/templates/extra.yaml");
  });

  test("no shape of whitespace keeps its reading busy", () => {
    const text = `apiVersion: v1\nkind: X\nmetadata:\n${" ".repeat(200)}\n`.repeat(2_000);
    expect(catalogueOf({ "a.yaml": `${text}\n[` }).diagnostics).toHaveLength(1);
  });
});

test("a file with nothing but comments belongs to its directory's service", () => {
  const catalogue = catalogueOf({
    "apps/checkout/prod/deployment.yaml": deployment("checkout", "r.io/checkout:v1"),
    "apps/checkout/prod/hpa.yaml": "# nothing for now\n",
  });
  expect(files(select(catalogue, { service: "checkout" }))).toContain("apps/checkout/prod/hpa.yaml");
});

test("a companion in the service's directory counts for the environment that only it is in", () => {
  const namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shield}\n";
  const catalogue = catalogueOf({
    "components/shield/staging/ns.yaml": namespace,
    "components/shield/production/ns.yaml": namespace,
    "components/shield/staging/deployment.yaml": deployment("shield", "r.io/shield:v1"),
  });
  expect(files(select(catalogue, { service: "shield", environment: "production" }))).toEqual([
    "components/shield/production/ns.yaml",
  ]);
});

describe("mentions", () => {
  const repository = (list: string) => ({
    "apps/checkout/base/deployment.yaml": deployment("checkout", "r.io/checkout:v1"),
    "apps/checkout/base/kustomization.yaml": kustomization("resources: [deployment.yaml]\n"),
    "apps/cart/base/deployment.yaml": deployment("cart", "r.io/cart:v1"),
    "apps/cart/base/kustomization.yaml": kustomization("resources: [deployment.yaml]\n"),
    "clusters/prod/kustomization.yaml": kustomization(`resources:\n${list}`),
    "clusters/dev/kustomization.yaml": kustomization("resources:\n  - ../../apps/checkout/base\n"),
  });
  const mentions = (list: string) =>
    catalogueOf(repository(list)).targets.find(({ target }) => targetName(target) === "checkout/prod")?.mentions;

  test("the line of another file that draws the target in", () => {
    expect(mentions("  - ../../apps/cart/base\n  - ../../apps/checkout/base\n")).toEqual([
      { file: "clusters/prod/kustomization.yaml", line: 5, text: "../../apps/checkout/base", disabled: false },
    ]);
  });

  test("also while it is commented out", () => {
    const catalogue = catalogueOf({
      ...repository(
        "  - ../../apps/cart/base\n  # - ../../apps/checkout/base\npatches:\n#  - path: ../../apps/checkout/prod/p.yaml\n",
      ),
      "apps/checkout/prod/p.yaml": "# later\n",
    });
    const entry = select(catalogue, { service: "checkout", environment: "prod" });
    expect(entry.mentions).toEqual([
      { file: "clusters/prod/kustomization.yaml", line: 5, text: "../../apps/checkout/base", disabled: true },
      { file: "clusters/prod/kustomization.yaml", line: 7, text: "../../apps/checkout/prod/p.yaml", disabled: true },
    ]);
  });
});

describe("environments", () => {
  const overlay = kustomization("images: [{name: a, newTag: v1}]\n");

  test("a variant of an environment beside it is one itself", () => {
    const catalogue = catalogueOf(
      Object.fromEntries(
        ["cart", "checkout"].flatMap((service) =>
          ["production", "staging", "production-eu"].map((environment) => [
            `components/${service}/${environment}/${environment}-only.yaml`,
            overlay,
          ]),
        ),
      ),
    );
    expect(select(catalogue, { service: "cart", environment: "production-eu" }).target.environment).toBe(
      "production-eu",
    );
  });

  const clusters = (services: readonly string[], prefix: string) =>
    Object.fromEntries(
      services.flatMap((service) =>
        ["eu-prod-1", "eu-prod-2", "ocp-p01"].map((cluster) => [
          `${prefix}${service}/production/${cluster}/kustomization.yaml`,
          overlay,
        ]),
      ),
    );

  test("a cluster without a telling name, beside telling ones in several services", () => {
    const catalogue = catalogueOf(clusters(["cart", "checkout"], "components/"));
    expect(select(catalogue, { service: "cart", environment: "ocp-p01" }).target.service).toBe("cart");
  });

  test("what stands inside one place only stays a service", () => {
    const catalogue = catalogueOf(clusters(["cart"], "components/"));
    expect(resolveTarget(catalogue, { service: "ocp-p01" }).outcome).toBe("resolved");
  });

  test("a service is no environment of itself", () => {
    const catalogue = catalogueOf({
      "argocd/base/member/integration.yaml":
        "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: integration}\nspec: {template: {spec: {destination: {namespace: x}}}}\n",
      "components/integration/production/kustomization.yaml": overlay,
      "components/integration/staging/kustomization.yaml": overlay,
    });
    expect(
      catalogue.targets
        .filter(({ target }) => target.service === "integration")
        .map(({ target }) => target.environment),
    ).toEqual(["production", "staging"]);
  });
});

describe("what the labels leave open", () => {
  const catalogue = catalogueOf({
    "apps/web/prod/deployment.yaml": deployment("web", "a:1", "shop"),
    "apps/web/dev/kustomization.yaml": kustomization("images: [{name: a, newTag: v1}]\n"),
    "apps/cart/prod/deployment.yaml": deployment("cart", "a:1", "shop"),
  });

  test("are all environments of the one service, those without a known namespace included", () => {
    const resolution = resolveTarget(catalogue, { service: "web", namespace: "shop" });
    expect(resolution.outcome === "ambiguous" && resolution.candidates.map(targetName)).toEqual([
      "web/dev",
      "web/prod",
    ]);
    expect(resolution.outcome === "ambiguous" && resolution.entries?.map(({ target }) => target)).toEqual(
      resolution.outcome === "ambiguous" && resolution.candidates,
    );
  });

  test("no namespace in the labels prefers none", () => {
    const resolution = resolveTarget(catalogue, { service: "web" });
    expect(resolution.outcome).toBe("ambiguous");
  });
});

test("the namespace of a kustomization of controller objects is where those live", () => {
  const application = (name: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}}\nspec: {source: {path: components/${name}}}\n`;
  const catalogue = catalogueOf({
    "argocd/production/web/app.yaml": application("web"),
    "argocd/production/web/kustomization.yaml": kustomization("namespace: argocd\nresources: [app.yaml]\n"),
  });
  expect(select(catalogue, { service: "web", namespace: "shop" }).target.namespace).toBeUndefined();
});

describe("items of a list without a version", () => {
  const list = (...names: string[]) =>
    [
      "applications:",
      ...names.flatMap((name) => [`  - name: ${name}`, "    resources:", "      memory: 1Gi"]),
      "",
    ].join("\n");
  const known = Object.fromEntries(
    ["cart", "mail"].map((name) => [`apps/${name}/deployment.yaml`, deployment(name, `r.io/${name}:v1`)]),
  );
  const file = "charts/platform/values-production.yaml";

  test("belong to the services that they are called like, where most of them are", () => {
    const catalogue = catalogueOf({ ...known, [file]: list("cart", "mail", "new") });
    const cart = select(catalogue, { service: "cart", environment: "production" });
    expect(cart.scopes?.filter((scope) => scope.file === file).map(({ path }) => path)).toEqual([["applications", 0]]);
    expect(catalogue.targets.some(({ target }) => target.service === "new")).toBe(false);
  });

  test.each([
    ["one of them is", list("cart", "settings")],
    ["few of them are", list("cart", "mail", "a", "b", "c")],
    ["they hold nothing but a value", "applications:\n  - name: cart\n    value: 1\n  - name: mail\n    value: 2\n"],
  ])("are nobody's own where %s", (_, text) => {
    const catalogue = catalogueOf({ ...known, [file]: text });
    const holders = catalogue.targets.filter(({ scopes = [] }) => scopes.some((scope) => scope.file === file));
    expect(holders.filter(({ target }) => ["cart", "mail"].includes(target.service))).toEqual([]);
  });
});
