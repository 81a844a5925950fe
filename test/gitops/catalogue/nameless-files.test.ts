/** Files whose service no parser and no path's plain words tell. */
import { describe, expect, test } from "vitest";
import { catalogueOf, select } from "./catalogue-of.ts";

describe("a file that no parser reads", () => {
  test.each(["api.yaml.gotmpl", "api.jsonnet"])("is the service's that it is called after: %s", (name) => {
    const file = `helmfile/overrides/shop/${name}`;
    const entry = select(catalogueOf({ [file]: "a: {{ .Values.a }}\n" }), { service: "api" });
    expect(entry.scopes?.map((scope) => scope.file)).toEqual([file]);
    expect(entry.fields).toEqual([]);
  });

  test("called like a helper of templates is its directory's, and no service of its own", () => {
    const catalogue = catalogueOf({
      "charts/api/Chart.yaml": "apiVersion: v2\nname: api\nversion: 1.0.0\n",
      "charts/api/templates/labels.tpl": "{{ define }}\n",
    });
    expect(catalogue.targets.map(({ target }) => target.service)).toEqual(["api"]);
  });
});

describe("a values file of a whole environment", () => {
  const chart = {
    "shop/Chart.yaml":
      "apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n  - {name: cart, version: 1.0.0, repository: https://charts.example.com}\n  - {name: mail, version: 1.0.0, repository: https://charts.example.com}\n",
    "shop/values.yaml": "redirect: {}\ncart: {}\n",
  };
  const other = {
    "tools/Chart.yaml": "apiVersion: v2\nname: tools\nversion: 1.0.0\n",
    "tools/values.yaml": "debug: {}\nredirect: {}\n",
  };

  test("belongs to the chart that knows its keys", () => {
    const values = "config/prod.yaml";
    const catalogue = catalogueOf({ ...chart, ...other, [values]: "redirect: {hosts: 1}\ncart: {tag: v1}\nmore: 1\n" });
    const entry = select(catalogue, { service: "shop", environment: "prod" });
    expect(entry.scopes).toContainEqual({ file: values, document: 0, path: [] });
    const dependency = select(catalogue, { service: "cart", environment: "prod" });
    expect(dependency.scopes).toContainEqual({ file: values, document: 0, path: ["cart"] });
  });

  test("belongs to none where two charts know as many, or few of its keys are known", () => {
    for (const text of ["redirect: 1\ndebug: 1\ncart: 1\n", "redirect: 1\ncart: 1\na: 1\nb: 1\nc: 1\n"]) {
      const catalogue = catalogueOf({ ...chart, ...other, "config/prod.yaml": text });
      expect(catalogue.targets.filter(({ scopes }) => scopes?.some(({ file }) => file === "config/prod.yaml"))).toEqual(
        [],
      );
    }
  });

  test("is the cluster's that it stands in where nothing else names it", () => {
    const file = "config/clusters/leap/staging.values.yaml";
    const catalogue = catalogueOf({ [file]: "jupyterhub: {hub: {replicas: 1}}\n" });
    const entry = select(catalogue, { service: "leap", environment: "staging" });
    expect(entry.scopes?.map((scope) => scope.file)).toEqual([file]);
  });
});

test("the containers of a list item are parts of it, and no services", () => {
  const catalogue = catalogueOf({
    "charts/apps/values-production.yaml": [
      "applications:",
      "  - name: router",
      "    values:",
      "      image: {tag: v1}",
      "      initContainers:",
      "        - {name: fetch-routes, image: toolbox:v6}",
      "  - name: search",
      "    values:",
      "      image: {tag: v1}",
      "",
    ].join("\n"),
  });
  expect(catalogue.targets.map(({ target }) => target.service)).not.toContain("fetch-routes");
  expect(select(catalogue, { service: "router", environment: "production" }).fields).toContainEqual(
    expect.objectContaining({ value: "toolbox:v6" }),
  );
});
