/** Environments that draw in another one's files. */
import { expect, test } from "vitest";
import type { Candidate } from "../../../src/actions/candidate.ts";
import type { Reason } from "../../../src/reason.ts";
import { renderedOf } from "../../../src/remediation/plan-answer.ts";
import { renderedWords } from "../../../src/remediation/prose/rendered-words.ts";
import type { Renderer, RenderJob } from "../../../src/remediation/rendering/renderer.ts";
import { deployment, kustomization } from "../../gitops/catalogue/catalogue-of.ts";
import { describeRenderer, renderer } from "../../support/rendering/describe-renderer.ts";
import { renderedChange, renderedResult } from "./rendered-change.ts";

const overlays = "apps/checkout/overlays";
const conf = (limit: number) => ({ [`${overlays}/production/common/app.conf`]: `limit ${limit}\nmode fast\n` });
const files = {
  "apps/checkout/base/kustomization.yaml": kustomization("resources: [deployment.yaml]\n"),
  "apps/checkout/base/deployment.yaml": deployment("checkout", "r.io/checkout:v1"),
  [`${overlays}/production/kustomization.yaml`]: kustomization("resources: [common]\n"),
  [`${overlays}/production/common/kustomization.yaml`]: kustomization(
    "resources: [../../../base]\ngeneratorOptions: {disableNameSuffixHash: true}\nconfigMapGenerator:\n- name: checkout\n  files: [app.conf]\n",
  ),
  ...conf(1024),
};
const drawnIn = (environment: string, more = "") => ({
  [`${overlays}/${environment}/kustomization.yaml`]: kustomization(`resources: [../production/common]\n${more}`),
});
const seen = "ConfigMap checkout data.app.conf: limit 1024\nmode fast\n → limit 2048\nmode fast\n";

async function decided(given: Readonly<Record<string, string>>, risks: readonly Reason[] = []): Promise<Candidate> {
  const result = await renderedResult(given, conf(2048), { risks });
  if (result.outcome === "refused") throw new Error(result.reasons[0]?.code);
  return result.candidate;
}

describeRenderer("kustomize", "a change that reaches other environments of its service", () => {
  const shared = { ...files, ...drawnIn("staging"), ...drawnIn("development") };

  test("isn't refused: each environment is told, and a person is asked", async () => {
    expect((await renderedChange(shared, conf(2048))).toSorted()).toEqual([
      seen,
      `development: ${seen}`,
      `staging: ${seen}`,
    ]);
    const candidate = await decided(shared);
    expect(candidate.risks).toEqual([
      { code: "shared-field", message: expect.stringMatching(/^what changes is applied in .*, too$/) },
    ]);
    expect(renderedWords(renderedOf(candidate))).toMatch(
      /: 3 values of 1 object would change, as declared, in (staging and development|development and staging), too$/,
    );
    // Before a merge it is rendered again, with what is known from the plan.
    expect((await decided(shared, candidate.risks)).risks).toEqual(candidate.risks);
  });

  test("names all that one overlay is applied in", async () => {
    const cluster = (environment: string) => ({
      [`clusters/${environment}/apps.yaml`]: `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {path: ./apps/checkout/lower}\n`,
    });
    const lower = {
      "apps/checkout/lower/kustomization.yaml": kustomization("resources: [../overlays/production/common]\n"),
    };
    const candidate = await decided({ ...files, ...lower, ...cluster("staging"), ...cluster("development") });
    expect(candidate.risks).toEqual([
      {
        code: "shared-field",
        message: expect.stringMatching(/applied in (staging, development|development, staging), too$/),
      },
    ]);
  });

  test("is no risk where it stays in its own", async () => {
    const apart = { ...files, [`${overlays}/staging/kustomization.yaml`]: kustomization("resources: [../../base]\n") };
    expect((await decided(apart)).risks).toEqual([]);
  });

  test("is refused where it changes something else there", async () => {
    const replaced = drawnIn(
      "staging",
      "replacements:\n- source: {kind: ConfigMap, name: checkout, fieldPath: 'data.[app.conf]', options: {delimiter: '0', index: 0}}\n  targets: [{select: {kind: Deployment}, fieldPaths: [spec.template.spec.containers.0.image]}]\n",
    );
    const jobs: RenderJob[] = [];
    const counting: Renderer = {
      ...renderer,
      render(job) {
        jobs.push(job);
        return renderer.render(job);
      },
    };
    expect(await renderedChange({ ...files, ...replaced }, conf(2048), { renderer: counting })).toEqual([
      expect.stringMatching(/^wider-than-declared: .*Deployment.* in `?apps\/checkout\/overlays\/staging/),
    ]);
    // kustomize draws no lots: what it printed is good enough.
    expect(new Set(jobs.map(({ again }) => again))).toEqual(new Set([undefined]));
  });

  test("is refused where it reaches another service there", async () => {
    const cart = {
      "apps/cart/base/kustomization.yaml": kustomization("resources: [deployment.yaml]\n"),
      "apps/cart/base/deployment.yaml": deployment("cart", "r.io/cart:v1"),
      [`${overlays}/staging/kustomization.yaml`]: kustomization(
        "resources: [../../../cart/base]\ngeneratorOptions: {disableNameSuffixHash: true}\nconfigMapGenerator:\n- name: cart\n  files: [app.conf=../production/common/app.conf]\n",
      ),
    };
    expect(await renderedChange({ ...files, ...cart }, conf(2048))).toEqual([
      expect.stringMatching(/^wider-than-declared: .* in `?apps\/checkout\/overlays\/staging.* is of cart/),
    ]);
  });
});
