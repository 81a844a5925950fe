// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Flux, not of this language.
/** Flux's `postBuild`: who sets a variable, and whose it is. */
import { describe, expect, test } from "vitest";
import type { CatalogueTarget } from "../../../src/gitops/catalogue/catalogue.ts";
import { variableNames } from "../../../src/gitops/catalogue/variable-names.ts";
import { catalogueOf, deployment, type Files, kustomization, select } from "./catalogue-of.ts";

const flux = (name: string, build: string, path = "./deploy"): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}}\nspec:\n  path: ${path}\n  postBuild:\n${build}`;

const image = (variable: string): string => deployment("checkout", `r.io/checkout:\${${variable}}`);

const setters = (entry: CatalogueTarget): string[] =>
  entry.fields.flatMap(({ value, setBy = [] }) => setBy.map(({ file, line }) => `${value} < ${file}:${line}`));

const own = (entry: CatalogueTarget, file: string): string[] =>
  entry.fields.filter((field) => field.file === file).map(({ path, value }) => `${path.at(-1)}=${value}`);

const base: Files = {
  "deploy/kustomization.yaml": kustomization("resources: [checkout.yaml, cart.yaml]\n"),
  "deploy/checkout.yaml": image("tag:=v0"),
  "deploy/cart.yaml": deployment("cart", "r.io/cart:v1"),
};

describe("substitute", () => {
  const files: Files = {
    ...base,
    "clusters/prod/all.yaml": flux("all", "    substitute:\n      tag: v2\n      level: info\n"),
    "clusters/dev/all.yaml": flux("all", "    substitute:\n      tag: v3\n"),
  };

  test("the variable belongs to the service that it is put into, environment by environment", () => {
    const entry = select(catalogueOf(files), { service: "checkout", environment: "prod" });
    expect(own(entry, "clusters/prod/all.yaml")).toEqual(["tag=v2"]);
    expect(own(entry, "clusters/dev/all.yaml")).toEqual([]);
    expect(setters(entry)).toEqual(["r.io/checkout:${tag:=v0} < clusters/prod/all.yaml:8"]);
    expect(entry.fields.find(({ path }) => path.at(-1) === "tag")?.consumers).toEqual([
      { file: "deploy/checkout.yaml", line: 11 },
    ]);
    expect(own(select(catalogueOf(files), { service: "cart", environment: "prod" }), "clusters/prod/all.yaml")).toEqual(
      [],
    );
  });

  test("a Kustomization doesn't fill in what another one among its own applies", () => {
    const nested = {
      ...base,
      "clusters/prod/root.yaml": flux("root", "    substitute: {tag: v9}\n", "./apps"),
      "apps/kustomization.yaml": kustomization("resources: [ks.yaml]\n"),
      "apps/ks.yaml": flux("inner", "    substitute: {tag: v2}\n"),
    };
    expect(setters(select(catalogueOf(nested), { service: "checkout" }))).toEqual([
      "r.io/checkout:${tag:=v0} < apps/ks.yaml:7",
    ]);
  });

  test("a part that several Kustomizations of one environment fill in is about none of them", () => {
    const shared = {
      ...base,
      "clusters/prod/a.yaml": flux("a", "    substitute: {tag: v1}\n"),
      "clusters/prod/b.yaml": flux("b", "    substitute: {tag: v2}\n"),
    };
    const entry = select(catalogueOf(shared), { service: "checkout", environment: "prod" });
    expect(entry.fields.map(({ file }) => file)).not.toContain("clusters/prod/a.yaml");
    expect(setters(entry)).toHaveLength(2);
  });

  test("components of a Kustomization are filled in, too, and it doesn't deliver them as a whole", () => {
    const files = {
      ...base,
      "clusters/prod/all.yaml": `${flux("all", "    substitute: {tag: v2}\n", "./apps")}  components: [../deploy]\n`,
      "apps/kustomization.yaml": kustomization("resources: []\n"),
    };
    const catalogue = catalogueOf(files);
    const entry = select(catalogue, { service: "checkout", environment: "prod" });
    expect(setters(entry)).toEqual(["r.io/checkout:${tag:=v0} < clusters/prod/all.yaml:7"]);
    expect(catalogue.controllers.map(({ paths }) => paths)).toEqual([["apps"]]);
  });

  test("what many services share is nobody's own", () => {
    const names = Array.from({ length: 30 }, (_, index) => `s${index}`);
    const many = Object.fromEntries(names.map((name) => [`deploy/${name}.yaml`, deployment(name, "r.io/${tag}:v1")]));
    const entry = select(
      catalogueOf({ ...many, "clusters/prod/all.yaml": flux("all", "    substitute: {tag: x}\n") }),
      { service: "s3", environment: "prod" },
    );
    expect(own(entry, "clusters/prod/all.yaml")).toEqual([]);
    expect(setters(entry)).toEqual(["r.io/${tag}:v1 < clusters/prod/all.yaml:7"]);
  });
});

describe("substituteFrom", () => {
  const build = "    substituteFrom:\n    - {kind: ConfigMap, name: first}\n    - {kind: ConfigMap, name: second}\n";
  const config = (name: string, data: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {${data}}\n`;

  test("the last ConfigMap that has the variable decides", () => {
    const files = {
      ...base,
      "clusters/prod/all.yaml": flux("all", build),
      "clusters/prod/a.yaml": config("first", "tag: v1, level: info"),
      "clusters/prod/b.yaml": config("second", "tag: v2"),
      "clusters/prod/c.yaml": config("third", "tag: v3"),
    };
    const entry = select(catalogueOf(files), { service: "checkout", environment: "prod" });
    expect(setters(entry)).toEqual(["r.io/checkout:${tag:=v0} < clusters/prod/b.yaml:4"]);
    expect(own(entry, "clusters/prod/b.yaml")).toEqual(["tag=v2"]);
  });

  test("what the Kustomization sets itself wins; a variable that no ConfigMap has comes from nowhere", () => {
    const files = {
      ...base,
      "clusters/prod/all.yaml": flux("all", `${build}    substitute: {tag: v9}\n`),
      "clusters/prod/a.yaml": config("first", "tag: v1"),
    };
    expect(setters(select(catalogueOf(files), { service: "checkout", environment: "prod" }))).toEqual([
      "r.io/checkout:${tag:=v0} < clusters/prod/all.yaml:10",
    ]);
    const without = {
      ...files,
      "clusters/prod/all.yaml": flux("all", build),
      "clusters/prod/a.yaml": config("first", "x: y"),
    };
    expect(setters(select(catalogueOf(without), { service: "checkout" }))).toEqual([]);
  });
});

test("variables in Flux's spelling", () => {
  expect(variableNames("${a} ${b:=1} ${c:-x} $${d} ${e-f} ${1} ${g")).toEqual(["a", "b", "c", "e"]);
});
