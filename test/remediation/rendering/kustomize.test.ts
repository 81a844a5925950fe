import { expect, test } from "vitest";
import { codes, history, written } from "../../actions/asked.ts";
import { deployment, kustomization } from "../../gitops/catalogue/catalogue-of.ts";
import { describeRenderer } from "../../support/rendering/describe-renderer.ts";
import { effect, renderedPlan } from "./rendered-plan.ts";

const base = {
  "apps/checkout/base/kustomization.yaml": kustomization("resources: [deployment.yaml]\n"),
  "apps/checkout/base/deployment.yaml": deployment("checkout", "r.io/checkout:v1"),
};
const overlay = (environment: string, body: string) => ({
  [`apps/checkout/overlays/${environment}/kustomization.yaml`]: kustomization(
    `resources: [../../base]\nnamespace: shop\n${body}`,
  ),
});
const image = (tag: string) => `images:\n- name: r.io/checkout\n  newTag: ${tag}\n`;
const rollback = "/remit rollback checkout --environment production";
const imageField = "Deployment shop/checkout spec.template.spec.containers.[name=main].image";

describeRenderer("kustomize", "what kustomize shows", () => {
  test("an overlay's image goes back, and nothing else changes", async () => {
    const repository = history(
      { ...base, ...overlay("production", image("v1")), ...overlay("staging", image("v1")) },
      overlay("production", image("v2")),
    );
    const answer = await renderedPlan(repository, rollback);
    expect(effect(answer)).toEqual([`${imageField}: r.io/checkout:v2 → r.io/checkout:v1`]);
    expect(answer.rendered).toEqual({ by: [expect.stringMatching(/^kustomize v5\./)] });
  });

  test("a base's pinned image that an overlay's patch decides is refused: nothing would change", async () => {
    // A pattern that the catalogue doesn't follow: only kustomize shows what it does.
    const patch =
      "patches:\n- target: {kind: Deployment, name: check.*}\n  patch: |-\n    - {op: replace, path: /spec/template/spec/containers/0/image, value: r.io/checkout:v9}\n";
    const pinned = (tag: string) => ({
      "apps/checkout/base/kustomization.yaml": kustomization(`resources: [deployment.yaml]\n${image(tag)}`),
    });
    const repository = history({ ...base, ...pinned("v1"), ...overlay("production", patch) }, pinned("v2"));
    const answer = await renderedPlan(repository, rollback);
    expect([answer.outcome, codes(answer)]).toEqual(["abstain", expect.arrayContaining(["shadowed-in-render"])]);
    const seen = history({ ...base, ...pinned("v1"), ...overlay("production", "") }, pinned("v2"));
    expect(effect(await renderedPlan(seen, rollback))).toEqual([`${imageField}: r.io/checkout:v2 → r.io/checkout:v1`]);
  });

  test("a patch that overrides the replicas is refused where the base is scaled, and not where the patch is", async () => {
    const patch = (replicas: number) => ({
      "apps/checkout/overlays/production/replicas.yaml": `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: checkout}\nspec: {replicas: ${replicas}}\n`,
    });
    const repository = history({
      ...base,
      ...overlay("production", "patches: [{path: replicas.yaml}]\n"),
      ...patch(4),
    });
    const answer = await renderedPlan(repository, "/remit scale checkout 6 --environment production");
    expect(Object.keys(written(answer))).toEqual(["apps/checkout/overlays/production/replicas.yaml"]);
    expect(effect(answer)).toEqual(["Deployment shop/checkout spec.replicas: 4 → 6"]);
  });

  test("a component's value goes back", async () => {
    const component = (tag: string) => ({
      "apps/checkout/parts/canary/kustomization.yaml": `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${image(tag)}`,
    });
    const parts = overlay("production", "components: [../../parts/canary]\n");
    const repository = history({ ...base, ...parts, ...component("v1") }, component("v2"));
    const answer = await renderedPlan(repository, rollback);
    expect(effect(answer)).toEqual([`${imageField}: r.io/checkout:v2 → r.io/checkout:v1`]);
  });

  test("configuration of a generated ConfigMap goes back with the hash in its name, and all that refers to it", async () => {
    const generator = "configMapGenerator:\n- name: checkout\n  envs: [checkout.env]\n";
    const env = (limit: number) => ({
      "apps/checkout/overlays/production/checkout.env": `LIMIT=${limit}\nMODE=fast\n`,
    });
    const uses = deployment("checkout", "r.io/checkout:v1").replace(
      "          image:",
      "          envFrom: [{configMapRef: {name: checkout}}]\n          image:",
    );
    const repository = history(
      { ...base, "apps/checkout/base/deployment.yaml": uses, ...overlay("production", generator), ...env(10) },
      env(20),
    );
    const answer = await renderedPlan(repository, rollback);
    expect(effect(answer)).toEqual([expect.stringMatching(/^ConfigMap shop\/checkout-\w{10} data\.LIMIT: 20 → 10$/)]);
  });

  test("a base that two environments draw in changes both, which were counted", async () => {
    const repository = history(
      { ...base, ...overlay("production", ""), ...overlay("staging", "") },
      { "apps/checkout/base/deployment.yaml": deployment("checkout", "r.io/checkout:v2") },
    );
    const answer = await renderedPlan(repository, rollback);
    expect(codes(answer)).toContain("shared-field");
    const seen = { object: "Deployment shop/checkout", from: "r.io/checkout:v2", to: "r.io/checkout:v1" };
    expect(answer.effect).toMatchObject([seen, { ...seen, environment: "staging" }]);
  });

  test("an overlay that can't be built any more is refused, and one that never could isn't rendered", async () => {
    const broken = history(
      { ...base, ...overlay("production", `${image("v1")}patches: [{path: gone.yaml}]\n`) },
      overlay("production", `${image("v2")}patches: [{path: gone.yaml}]\n`),
    );
    expect(effect(await renderedPlan(broken, rollback))).toEqual([
      "not rendered: apps/checkout/overlays/production: apps/checkout/overlays/production/kustomization.yaml names gone.yaml, which isn't there",
    ]);
  });
});

test("without a renderer a candidate says so, and plain objects need none", async () => {
  const none = { tools: {}, render: () => Promise.reject(new Error("nobody asks")) };
  const repository = history({ ...base, ...overlay("production", image("v1")) }, overlay("production", image("v2")));
  const answer = await renderedPlan(repository, rollback, none);
  expect([answer.outcome, effect(answer)]).toEqual([
    "change",
    ["not rendered: apps/checkout/overlays/production: no kustomize 5 is at hand"],
  ]);
  const plain = (tag: string) => ({
    "apps/checkout/production/deployment.yaml": deployment("checkout", `r.io/checkout:${tag}`),
  });
  const planned = await renderedPlan(history(plain("v1"), plain("v2")), rollback, none);
  expect(effect(planned)).toEqual([
    "Deployment checkout spec.template.spec.containers.[name=main].image: r.io/checkout:v2 → r.io/checkout:v1",
  ]);
  expect(planned.rendered).toEqual({ by: [] });
});
