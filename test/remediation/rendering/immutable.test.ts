import { expect, test } from "vitest";
import { kustomization } from "../../gitops/catalogue/catalogue-of.ts";
import { describeRenderer } from "../../support/rendering/describe-renderer.ts";
import { overlay, shop } from "./one-overlay.ts";
import { renderedChange, renderedResult } from "./rendered-change.ts";

describeRenderer("kustomize", "field note 13: what is immutable where it is applied", () => {
  const settings = "apps/checkout/base/settings.yaml";
  const object = (fixed: string, mode: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: checkout}\n${fixed}data: {MODE: ${mode}}\n`;
  const files = (fixed: string, mode: string) => ({
    ...shop,
    "apps/checkout/base/kustomization.yaml": kustomization("resources: [deployment.yaml, settings.yaml]\n"),
    [settings]: object(fixed, "standard"),
    "apps/checkout/overlays/production/settings.yaml": object("", mode),
    [overlay]: kustomization("resources: [../../base]\npatches:\n- path: settings.yaml\n"),
  });
  const change = { "apps/checkout/overlays/production/settings.yaml": object("", "old") };

  test("isn't changed in place, whatever layer says so", async () => {
    expect(await renderedChange(files("immutable: true\n", "new"), change)).toEqual([
      expect.stringMatching(/^field-immutable: the ConfigMap `?checkout/),
    ]);
    expect(await renderedChange(files("", "new"), change)).toEqual(["ConfigMap checkout data.MODE: new → old"]);
  });

  test("is a person's to judge where a change goes back", async () => {
    const past = { "apps/checkout/overlays/production/settings.yaml": object("", "old") };
    const result = await renderedResult(files("immutable: true\n", "new"), change, { past });
    expect(result.outcome === "candidate" && result.candidate.risks.map(({ code }) => code)).toContain(
      "field-immutable",
    );
  });

  test("is generated anew with another content, under another name", async () => {
    const generated = (mode: string) => ({
      ...shop,
      [overlay]: kustomization(
        `resources: [../../base]\ngeneratorOptions: {immutable: true}\nconfigMapGenerator:\n- name: checkout\n  literals: [MODE=${mode}]\n`,
      ),
    });
    expect(await renderedChange(generated("new"), { [overlay]: generated("old")[overlay] ?? "" })).toEqual([
      expect.stringMatching(/^ConfigMap checkout-\w{10} data\.MODE: new → old$/),
    ]);
  });
});
