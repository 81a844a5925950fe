import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { deployment } from "../../gitops/catalogue/catalogue-of.ts";
import { describeRenderer, renderer } from "../../support/rendering/describe-renderer.ts";
import { shop, tagged } from "./one-overlay.ts";
import { renderedChange } from "./rendered-change.ts";

const rolledBack = (more: string, files = {}, links = {}) =>
  renderedChange({ ...shop, ...files, ...tagged("v2", more) }, tagged("v1", more), { links });
const place = "not rendered: apps/checkout/overlays/production: apps/checkout/overlays/production/kustomization.yaml";

/** Answers everything, and remembers who asked. */
async function server() {
  const asked: string[] = [];
  const answering = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end(deployment("checkout", "r.io/checkout:v2"));
  });
  await new Promise<void>((resolve) => answering.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void answering.close());
  const address = answering.address();
  return { asked, url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}` };
}

describeRenderer("kustomize", "a repository that means harm", () => {
  test("has bases from elsewhere: nobody asks for them", async () => {
    const { asked, url } = await server();
    for (const name of [`${url}/base.yaml`, `${url}/acme/base.git?ref=v1`, `git::${url}/acme/base`]) {
      const found = await rolledBack(`components: [${JSON.stringify(name)}]\n`);
      expect(found).toEqual([expect.stringContaining("from elsewhere, and nothing is fetched")]);
    }
    expect(await rolledBack(`patches: [{path: "${url}/patch.yaml"}]\n`)).toEqual([
      expect.stringContaining("elsewhere"),
    ]);
    expect(await rolledBack(`Components: ["${url}/base"]\n`)).toEqual([
      `${place} says Components, which isn't followed`,
    ]);
    expect(asked).toEqual([]);
  });

  test("wants programs run", async () => {
    const generator = {
      "apps/checkout/overlays/production/run.yaml":
        "apiVersion: v1\nkind: Run\nmetadata:\n  name: run\n  annotations: {config.kubernetes.io/function: 'exec: {path: /bin/true}'}\n",
    };
    for (const key of ["generators", "transformers", "validators"])
      expect(await rolledBack(`${key}: [run.yaml]\n`, generator)).toEqual([
        `${place} has ${key}, which may run programs`,
      ]);
    expect(await rolledBack("helmCharts: [{name: a, repo: https://example.com}]\n")).toEqual([
      `${place} has helmCharts, which fetch charts`,
    ]);
  });

  test("wants files read that aren't its own", async () => {
    expect(await rolledBack("configMapGenerator: [{name: a, files: [../../../../../../../../etc/passwd]}]\n")).toEqual([
      `${place} names ../../../../../../../../etc/passwd, which is outside of the repository`,
    ]);
    expect(await rolledBack("resources: [/etc/passwd]\n")).toEqual([expect.stringContaining("not rendered")]);
    const links = { "apps/checkout/overlays/production/hosts.conf": "/etc/passwd" };
    const linked = await rolledBack("configMapGenerator: [{name: a, files: [hosts.conf]}]\n", {}, links);
    expect(linked).toEqual([`${place} leads to a link or a submodule`]);
    const directory = { "apps/checkout/overlays/production/up": "../../../.." };
    expect(await rolledBack("components: [up/base]\n", {}, directory)).toEqual([
      `${place} leads to a link or a submodule`,
    ]);
  });

  test("spends time", async () => {
    const slow = { ...renderer, render: async () => ({ outcome: "failed", why: "time", said: "" }) as const };
    const found = await renderedChange({ ...shop, ...tagged("v2") }, tagged("v1"), { renderer: slow });
    expect(found).toEqual(["not rendered: apps/checkout/overlays/production: kustomize took too long"]);
  });
});

describeRenderer("helm", "a chart that means harm", () => {
  const chart = (file: string, text: string) => ({
    "charts/checkout/Chart.yaml": "apiVersion: v2\nname: checkout\nversion: 1.0.0\n",
    "charts/checkout/values.yaml": "tag: v2\n",
    "charts/checkout/templates/a.yaml":
      "apiVersion: v1\nkind: Pod\nmetadata: {name: checkout}\nspec: {image: 'a:{{ .Values.tag }}'}\n",
    [`charts/checkout/${file}`]: text,
    "argocd/checkout-production.yaml":
      "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: checkout-production}\nspec: {source: {path: charts/checkout, helm: {releaseName: '--post-renderer=/bin/true'}}}\n",
  });
  const after = { "charts/checkout/values.yaml": "tag: v1\n" };

  test("names itself like an option: it is a name, and a wrong one", async () => {
    expect(await renderedChange(chart("README.md", ""), after)).toEqual([
      "not rendered: argocd/checkout-production.yaml: helm can't render it",
    ]);
  });

  test("has a schema from elsewhere: nobody asks for it", async () => {
    const { asked, url } = await server();
    const schema = JSON.stringify({ $ref: `${url}/schema.json` });
    const files = chart("values.schema.json", schema);
    const named = {
      "argocd/checkout-production.yaml": files["argocd/checkout-production.yaml"]?.replace(/, helm: .*/, "}}") ?? "",
    };
    expect(await renderedChange({ ...files, ...named }, after)).toEqual(["Pod checkout spec.image: a:v2 → a:v1"]);
    expect(asked).toEqual([]);
  });

  test("leads elsewhere by a link", async () => {
    const links = { "charts/checkout/templates/b.yaml": "/etc/passwd" };
    expect(await renderedChange(chart("README.md", ""), after, { links })).toEqual([
      "not rendered: argocd/checkout-production.yaml: charts/checkout/templates/b.yaml leads to a link or a submodule",
    ]);
  });

  test("takes values from an address: nobody asks for them", async () => {
    const { asked, url } = await server();
    const files = chart("README.md", "");
    const named = {
      "argocd/checkout-production.yaml":
        files["argocd/checkout-production.yaml"]?.replace(/helm: .*/, `helm: {valueFiles: ["${url}/v.yaml"]}}}`) ?? "",
    };
    expect(await renderedChange({ ...files, ...named }, after)).toEqual([expect.stringMatching(/^not rendered: /)]);
    expect(asked).toEqual([]);
  });
});
