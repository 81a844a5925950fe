/** The gate, where it is asked to render what a pull request changes. */
import { expect, onTestFinished, test } from "vitest";
import { openLocalMirror } from "../../../src/gitops/mirror/open-local-mirror.ts";
import { gateRevisions } from "../../../src/remediation/gate-revisions.ts";
import { diffSummary } from "../../../src/remediation/prose/diff-summary.ts";
import { repositoryReader } from "../../../src/remediation/repository-reader.ts";
import { kustomization } from "../../gitops/catalogue/catalogue-of.ts";
import { gitRepository } from "../../gitops/git-repository.ts";
import { describeRenderer, renderer } from "../../support/rendering/describe-renderer.ts";
import { overlay, shop, tagged } from "./one-overlay.ts";

type Files = Readonly<Record<string, string | undefined>>;

const policy = `apiVersion: remit.dev/v1alpha1
kind: Authority
metadata: {name: shop}
spec:
  version: 1
  grants:
    - name: all
      match: {environments: [production], services: ["*"], actions: ["*"]}
      tier: merge
      limits: {rendering: required}
`;

async function gated(base: Files, head: Files, renders = true) {
  const repository = gitRepository();
  const from = repository.commit({ ".github/remit/authority.yaml": policy, ...base });
  const to = repository.commit(head);
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  const answer = await gateRevisions(repositoryReader(mirror, undefined, renderer), from, to, { renders });
  const render = answer.verdict.operands.filter(({ name }) => name === "render");
  return { answer, tier: answer.verdict.tier, render: render.map(({ tier, reason }) => `${tier}: ${reason.code}`) };
}

describeRenderer("kustomize", "the gate renders", () => {
  const base = { ...shop, ...tagged("v2") };

  test("what a policy wants rendered, and tells what would be applied", async () => {
    const { answer, tier, render } = await gated(base, tagged("v1"));
    expect([tier, render]).toEqual(["merge", ["merge: within-limits"]]);
    expect(answer.rendered).toMatchObject({
      kind: "rendered",
      effects: [{ from: "r.io/checkout:v2", to: "r.io/checkout:v1" }],
    });
    const summary = diffSummary(answer);
    expect(summary).toContain("### What is applied");
    expect(summary).toContain("| `Deployment checkout` |");
  });

  test("only where it is asked to", async () => {
    const { answer, tier, render } = await gated(base, tagged("v1"), false);
    expect([tier, render, answer.rendered]).toEqual(["propose", ["propose: not-rendered"], undefined]);
    expect(diffSummary(answer)).not.toContain("What is applied");
  });

  test("and asks for a review where another layer decides", async () => {
    const patched = { ...base, ...tagged("v2", "patches:\n- path: image.yaml\n") };
    const image = "apps/checkout/overlays/production/image.yaml";
    const patch = (of: string) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: checkout}\nspec: {template: {spec: {containers: [{name: main, image: "r.io/checkout:${of}"}]}}}\n`;
    // The entry of images decides over the patch.
    const { tier, render } = await gated({ ...patched, [image]: patch("v8") }, { [image]: patch("v9") });
    expect([tier, render]).toEqual(["propose", ["propose: shadowed-in-render"]]);
  });

  test("and where more would change than the files say", async () => {
    const replaced = tagged(
      "v2",
      "configMapGenerator:\n- name: checkout\n  literals: [A=1, B=5]\n  options: {disableNameSuffixHash: true}\nreplacements:\n- source: {kind: ConfigMap, name: checkout, fieldPath: data.A}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [spec.replicas]\n    options: {create: true}\n",
    );
    const more = { [overlay]: replaced[overlay]?.replace("fieldPath: data.A", "fieldPath: data.B") };
    const { render } = await gated({ ...base, ...replaced }, more);
    expect(render).toEqual(["propose: wider-than-declared"]);
  });

  test("and takes a comment for what it is", async () => {
    const { render } = await gated(base, { [overlay]: `# Ours.\n${tagged("v2")[overlay]}` });
    expect(render).toEqual(["merge: within-limits"]);
  });

  test("and tells what couldn't be rendered any more", async () => {
    const broken = kustomization("resources: [../../base]\npatches:\n- path: image.yaml\n");
    const patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: elsewhere}\n";
    const { render } = await gated(
      { ...base, "apps/checkout/overlays/production/image.yaml": patch },
      { [overlay]: broken },
    );
    expect(render).toEqual(["propose: render-fails"]);
  });
});
