import { expect, test } from "vitest";
import { kustomization } from "../../gitops/catalogue/catalogue-of.ts";
import { describeRenderer } from "../../support/rendering/describe-renderer.ts";
import { shop, tagged } from "./one-overlay.ts";
import { renderedChange } from "./rendered-change.ts";

const application = (kustomize: string) => ({
  "argocd/checkout-production.yaml": `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: checkout-production}\nspec:\n  source:\n    repoURL: https://example.com/acme/shop.git\n    path: apps/checkout/overlays/production\n    kustomize: ${kustomize}\n`,
});
const image =
  "Deployment checkout spec.template.spec.containers.[name=main].image: r.io/checkout:v2 → r.io/checkout:v1";
/** As Flux spells it. */
const variable = (name: string) => `$\{${name}}`;
const shadowed = [expect.stringMatching(/^shadowed-in-render: /)];

describeRenderer("kustomize", "an Application's own kustomize options", () => {
  const files = { ...shop, ...tagged("v2") };

  test("are a part of what is rendered", async () => {
    expect(await renderedChange({ ...files, ...application("{namePrefix: x-}") }, tagged("v1"))).toEqual([image]);
    expect(await renderedChange({ ...files, ...application("{images: ['r.io/checkout:v9']}") }, tagged("v1"))).toEqual(
      shadowed,
    );
    expect(
      await renderedChange(
        { ...files, ...application("{images: ['r.io/checkout=r.io/other:v9@sha256:ab']}") },
        tagged("v1"),
      ),
    ).toEqual(shadowed);
    expect(await renderedChange({ ...files, ...application("{images: ['r.io/cart:v9']}") }, tagged("v1"))).toEqual([
      image,
    ]);
  });

  test("may be what changes", async () => {
    const before = { ...files, ...application("{images: ['r.io/checkout:v2']}") };
    expect(await renderedChange(before, application("{images: ['r.io/checkout:v1']}"))).toEqual([
      expect.stringMatching(/^Application checkout-production .*r\.io\/checkout:v2 → r\.io\/checkout:v1$/),
      image,
    ]);
  });

  test("count for replicas and patches, too", async () => {
    const counted = (count: number) => tagged("v2", `replicas:\n- name: checkout\n  count: ${count}\n`);
    const seen = "Deployment checkout spec.replicas: 3 → 5";
    expect(await renderedChange({ ...shop, ...counted(3), ...application("{}") }, counted(5))).toEqual([seen]);
    for (const options of [
      "{replicas: [{name: checkout, count: 9}]}",
      "{patches: [{target: {kind: Deployment}, patch: '- {op: replace, path: /spec/template/spec/containers/0/image, value: a}'}]}",
    ]) {
      const changed = options.includes("replicas") ? [counted(3), counted(5)] : [tagged("v2"), tagged("v1")];
      const [before = {}, after = {}] = changed;
      expect(await renderedChange({ ...shop, ...before, ...application(options) }, after)).toEqual(shadowed);
    }
  });

  test("that aren't followed are told", async () => {
    const components = application("{components: [../x]}");
    expect(await renderedChange({ ...files, ...components }, tagged("v1"))).toEqual([
      "not rendered: apps/checkout/overlays/production: argocd/checkout-production.yaml says components, which isn't followed",
    ]);
    const plugin = {
      "argocd/checkout-production.yaml": (application("{}")["argocd/checkout-production.yaml"] ?? "").replace(
        "kustomize: {}",
        "plugin: {name: x}",
      ),
    };
    expect(await renderedChange({ ...files, ...plugin }, tagged("v1"))).toEqual([
      "not rendered: apps/checkout/overlays/production: argocd/checkout-production.yaml has plugin, which may run programs",
    ]);
  });

  test("are patched before they count, where a kustomization draws the Application in", async () => {
    const patched = (tag: string) => ({
      ...application("{}"),
      "argocd/kustomization.yaml": kustomization(
        `resources: [checkout-production.yaml]\npatches:\n- target: {kind: Application}\n  patch: '- {op: add, path: /spec/source/kustomize/images, value: ["r.io/${tag}:v9"]}'\n`,
      ),
    });
    expect(await renderedChange({ ...files, ...patched("checkout") }, tagged("v1"))).toEqual(shadowed);
    expect(await renderedChange({ ...files, ...patched("cart") }, tagged("v1"))).toEqual([image]);
  });
});

describeRenderer("kustomize", "a Flux Kustomization", () => {
  const flux = (spec: string) => ({
    "clusters/production/apps.yaml": `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\nspec:\n  path: ./apps/checkout/overlays/production\n${spec}`,
  });
  const files = { ...shop, ...tagged("v2") };

  test("has images of its own", async () => {
    const own = flux("  images: [{name: r.io/checkout, newTag: v9}]\n");
    expect(await renderedChange({ ...files, ...own }, tagged("v1"))).toEqual(shadowed);
    expect(await renderedChange({ ...files, ...flux("  prune: true\n") }, tagged("v1"))).toEqual([image]);
  });

  test("fills in variables", async () => {
    const build = (tag: string) => flux(`  postBuild: {substitute: {TAG: ${tag}}}\n`);
    const filled = { ...shop, ...tagged(`"${variable("TAG")}"`) };
    expect(await renderedChange({ ...filled, ...build("v2") }, build("v1"))).toEqual([
      "Kustomization flux-system/apps spec.postBuild.substitute.TAG: v2 → v1",
      image,
    ]);
    const unused = { ...shop, ...tagged("v3") };
    expect(await renderedChange({ ...unused, ...build("v2") }, build("v1"))).toEqual(shadowed);
  });

  test("whose variables only the cluster knows isn't rendered", async () => {
    const from = flux("  postBuild: {substituteFrom: [{kind: ConfigMap, name: cluster}]}\n");
    expect(await renderedChange({ ...files, ...from }, tagged("v1"))).toEqual([image]);
    const asks = { ...shop, ...tagged("v2", `nameSuffix: -${variable("CLUSTER")}\n`) };
    expect(await renderedChange({ ...asks, ...from }, tagged("v1", `nameSuffix: -${variable("CLUSTER")}\n`))).toEqual([
      "not rendered: apps/checkout/overlays/production: it has variables that only the cluster knows",
    ]);
  });
});
