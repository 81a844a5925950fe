/** What kustomize and charts put into a Secret stands there in base64. */
import { expect, test } from "vitest";
import { kustomization } from "../../gitops/catalogue/catalogue-of.ts";
import { describeRenderer } from "../../support/rendering/describe-renderer.ts";
import { chart } from "./one-chart.ts";
import { renderedChange } from "./rendered-change.ts";

const directory = "apps/checkout/production";
const workload = `apiVersion: apps/v1
kind: Deployment
metadata: {name: checkout}
spec: {template: {spec: {containers: [{name: app, image: r.io/checkout:v1, envFrom: [{secretRef: {name: checkout}}]}]}}}
`;
const around = (generator: string) => ({
  [`${directory}/kustomization.yaml`]: kustomization(`resources: [checkout.yaml]\nsecretGenerator:\n${generator}`),
  [`${directory}/checkout.yaml`]: workload,
});
const told = (key: string) =>
  expect.stringMatching(new RegExp(`^Secret checkout-\\w{10} data\\.${key}: \\(secret\\) → \\(secret\\)$`));

describeRenderer("kustomize", "a generated Secret", () => {
  test("changes as the file of variables does that it is made of", async () => {
    const settings = (mode: string) => ({ [`${directory}/settings.env`]: `MODE=${mode}\nLEVEL=info\n` });
    const files = { ...around("- name: checkout\n  envs: [settings.env]\n"), ...settings("new") };
    expect(await renderedChange(files, settings("old"))).toEqual([told("MODE")]);
  });

  test("changes as the literals do", async () => {
    const literals = (mode: string) => around(`- name: checkout\n  literals:\n  - MODE=${mode}\n  - LEVEL=info\n`);
    expect(await renderedChange(literals("new"), literals("old"))).toEqual([told("MODE")]);
  });

  test("changes as a whole file does, line by line", async () => {
    const config = (mode: string) => ({ [`${directory}/app.yaml`]: `mode: ${mode}\nlevel: info\n` });
    const files = { ...around("- name: checkout\n  files: [app.yaml]\n"), ...config("new") };
    expect(await renderedChange(files, config("old"))).toEqual([told("app.yaml")]);
  });
});

describeRenderer("helm", "a chart's Secret", () => {
  const values = (mode: string) => ({ "charts/checkout/values.yaml": `image: {tag: v1}\nmode: ${mode}\n` });
  const change = (encoded: string) => {
    const secret = {
      "charts/checkout/templates/config.yaml": `apiVersion: v1\nkind: Secret\nmetadata: {name: checkout}\ndata: {mode: {{ ${encoded} | quote }}}\n`,
      "apps/checkout/application.yaml": `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: checkout-production}
spec:
  source: {repoURL: https://github.com/acme/shop, path: charts/checkout}
  destination: {namespace: shop}
`,
    };
    const files = { ...chart("charts/checkout", "checkout"), ...secret, ...values("new") };
    return renderedChange(files, values("old"));
  };

  test("changes as the value does that the chart encodes", async () => {
    expect(await change(".Values.mode | b64enc")).toEqual(["Secret checkout data.mode: (secret) → (secret)"]);
  });

  test("doesn't follow where the chart makes something else of the value", async () => {
    expect(await change(".Values.mode | sha1sum | b64enc")).toEqual([
      expect.stringMatching(/^wider-than-declared: .*Secret checkout data\.mode/),
    ]);
  });
});
