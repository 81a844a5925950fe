/** Applications that an ApplicationSet makes: what they are called, what they deliver, and what isn't known. */
import { describe, expect, test } from "vitest";
import { buildCatalogue } from "../../../src/gitops/catalogue/build-catalogue.ts";
import { delivers } from "../../../src/gitops/catalogue/delivers.ts";
import { catalogueOf, deployment, type Files, kustomization, select } from "./catalogue-of.ts";

interface Template {
  readonly name: string;
  readonly path: string;
  readonly namespace?: string;
  readonly go?: boolean;
}

const applicationSet = (generators: string, { name, path, namespace = "shop", go = false }: Template): string =>
  `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all}
spec:
  goTemplate: ${go}
  generators:
${generators.replace(/^/gm, "  ").trimEnd()}
  template:
    metadata: {name: '${name}'}
    spec:
      source: {path: '${path}', targetRevision: main}
      destination: {namespace: '${namespace}'}
`;

const applications = (files: Files): string[] =>
  catalogueOf(files).controllers.map(({ name, paths }) => `${name}: ${paths.join(" ")}`);

const apps: Files = {
  "apps/checkout/prod/d.yaml": deployment("checkout", "r.io/checkout:v1"),
  "apps/cart/prod/d.yaml": deployment("cart", "r.io/cart:v1"),
  "apps/legacy/prod/d.yaml": deployment("legacy", "r.io/legacy:v1"),
};

describe("generators that the repository resolves", () => {
  test.each([
    ["{{path[1]}}-{{path.basename}}", "{{path}}", false],
    ["{{ index .path.segments 1 }}-{{ .path.basename }}", "{{.path.path}}", true],
    ["{{path[1]}}-{{path.basenameNormalized}}", "{{ path }}", false],
  ])("directories, with exclusions, and placeholders %s", (name, path, go) => {
    const generators = "- git:\n    directories:\n    - path: apps/*/*\n    - {path: apps/legacy/*, exclude: true}\n";
    expect(applications({ ...apps, "argocd/all.yaml": applicationSet(generators, { name, path, go }) })).toEqual([
      "cart-prod: apps/cart/prod",
      "checkout-prod: apps/checkout/prod",
    ]);
  });

  test("files: their values, their directories, and lists of objects", () => {
    const generators = "- git:\n    files:\n    - path: config/**/app.json\n    values: {stage: '{{cluster.stage}}'}\n";
    const files = {
      ...apps,
      "config/a/app.json": '{"app": "checkout", "cluster": {"stage": "prod"}}',
      "config/b/c/app.json":
        '[{"app": "cart", "cluster": {"stage": "prod"}}, {"app": "nowhere", "cluster": {"stage": "prod"}}]',
      "config/other.json": '{"app": "legacy", "cluster": {"stage": "prod"}}',
      "argocd/all.yaml": applicationSet(generators, {
        name: "{{app}}-{{path.basename}}",
        path: "apps/{{app}}/{{values.stage}}",
      }),
    };
    expect(applications(files)).toEqual(["checkout-a: apps/checkout/prod", "cart-c: apps/cart/prod"]);
  });

  test("a matrix, whose second generator speaks of the first one's parameters", () => {
    const generators =
      "- matrix:\n    generators:\n    - list:\n        elements: [{app: checkout}, {app: cart}]\n    - git:\n        directories: [{path: 'apps/{{app}}/*'}]\n";
    const name = "{{app}}-{{path.basename}}";
    expect(
      applications({ ...apps, "argocd/all.yaml": applicationSet(generators, { name, path: "{{path}}" }) }),
    ).toEqual(["checkout-prod: apps/checkout/prod", "cart-prod: apps/cart/prod"]);
  });

  test.each([
    ["matchLabels: {ring: one}", ["checkout"]],
    ["matchExpressions: [{key: ring, operator: In, values: [two, three]}]", ["cart"]],
    ["matchExpressions: [{key: ring, operator: NotIn, values: [one]}]", ["cart", "legacy"]],
    ["matchExpressions: [{key: ring, operator: Exists}]", ["checkout", "cart"]],
    ["matchExpressions: [{key: ring, operator: DoesNotExist}]", ["legacy"]],
    ["{matchLabels: {ring: one}, matchExpressions: [{key: app, operator: NotIn, values: [checkout]}]}", []],
    ["matchExpressions: [{key: ring, operator: Gt, values: ['1']}]", ["checkout", "cart", "legacy"]],
  ])("a selector chooses: %s", (selector, chosen) => {
    const generators = `- list:\n    elements: [{app: checkout, ring: one}, {app: cart, ring: two}, {app: legacy}]\n  selector:\n    ${selector}\n`;
    const set = applicationSet(generators, { name: "{{app}}", path: "apps/{{app}}/prod" });
    expect(applications({ ...apps, "argocd/all.yaml": set })).toEqual(chosen.map((app) => `${app}: apps/${app}/prod`));
  });

  test("a selector inside a matrix chooses among that generator's own", () => {
    const generators =
      "- matrix:\n    generators:\n    - list:\n        elements: [{app: checkout, on: 'true'}, {app: cart, on: 'false'}]\n      selector: {matchLabels: {on: 'true'}}\n    - git:\n        directories: [{path: 'apps/{{app}}/*'}]\n";
    const set = applicationSet(generators, { name: "{{app}}-{{path.basename}}", path: "{{path}}" });
    expect(applications({ ...apps, "argocd/all.yaml": set })).toEqual(["checkout-prod: apps/checkout/prod"]);
  });

  test("a merge, by its keys", () => {
    const generators =
      "- merge:\n    mergeKeys: [app]\n    generators:\n    - list:\n        elements: [{app: checkout, dir: legacy}, {app: cart, dir: cart}]\n    - list:\n        elements: [{app: checkout, dir: checkout}, {app: nobody, dir: legacy}]\n";
    const set = applicationSet(generators, { name: "{{app}}", path: "apps/{{dir}}/prod" });
    expect(applications({ ...apps, "argocd/all.yaml": set })).toEqual([
      "checkout: apps/checkout/prod",
      "cart: apps/cart/prod",
    ]);
  });

  test("a generator's own template wins over the common one", () => {
    const generators =
      "- list:\n    elements: [{app: checkout}]\n    template: {spec: {source: {path: apps/cart/prod}}}\n- list:\n    elements: [{app: cart}]\n";
    const set = applicationSet(generators, { name: "{{app}}", path: "apps/legacy/prod" });
    expect(applications({ ...apps, "argocd/all.yaml": set })).toEqual([
      "checkout: apps/cart/prod",
      "cart: apps/legacy/prod",
    ]);
  });
});

describe("generators that only the cluster resolves", () => {
  test.each(["clusters", "scmProvider", "pullRequest", "clusterDecisionResource", "plugin"])(
    "%s is told, with its line, and makes no application",
    (kind) => {
      const catalogue = catalogueOf({
        ...apps,
        "argocd/all.yaml": applicationSet(`- ${kind}: {}\n`, { name: "checkout-{{name}}", path: "apps/checkout/prod" }),
      });
      expect(catalogue.controllers).toEqual([]);
      expect(catalogue.unresolved).toMatchObject([{ file: "argocd/all.yaml", line: 7 }]);
      expect(catalogue.unresolved?.[0]?.message).toContain(`a ${kind} generator`);
    },
  );

  test("what it draws in is known all the same, and so are the clusters that a merge names", () => {
    const generators =
      "- merge:\n    mergeKeys: [nameNormalized]\n    generators:\n    - clusters: {values: {root: apps/checkout, dir: prod}}\n    - list:\n        elements: [{nameNormalized: eu-1, values.dir: eu}, {nameNormalized: us-1, values.dir: us}]\n";
    const files = {
      ...apps,
      "apps/checkout/eu/d.yaml": deployment("checkout", "r.io/checkout:v1"),
      "argocd/all.yaml": applicationSet(generators, {
        name: "checkout-{{nameNormalized}}",
        path: "{{values.root}}/{{values.dir}}",
        namespace: "checkout",
      }),
    };
    const catalogue = catalogueOf(files);
    expect(catalogue.controllers.map(({ name, paths }) => [name, paths])).toEqual([
      ["checkout-eu-1", ["apps/checkout/eu"]],
    ]);
    expect(catalogue.targets.map(({ target }) => target.service)).not.toContain("checkout-eu-1");
    expect(select(catalogue, { service: "checkout", environment: "prod" }).target.namespace).toBe("checkout");
  });
});

describe("what the applications determine", () => {
  const generators =
    "- list:\n    elements:\n    - {cluster: prod, revision: v1}\n    - {cluster: dev, revision: v2}\n";
  const files: Files = {
    "apps/checkout/prod/d.yaml": deployment("checkout", "r.io/checkout:v1"),
    "apps/checkout/dev/d.yaml": deployment("checkout", "r.io/checkout:v1"),
    "argocd/all.yaml": applicationSet(generators, { name: "checkout-{{cluster}}", path: "apps/checkout/{{cluster}}" }),
  };
  const entry = select(catalogueOf(files), { service: "checkout", environment: "prod" });
  const own = entry.fields.filter(({ file }) => file === "argocd/all.yaml").map(({ path }) => path.slice(1).join("."));

  test("field note 2: their own element and the template, which they share; no other element", () => {
    expect(own).toContain("template.spec.source.targetRevision");
    expect(own).toContain("generators.0.list.elements.0.revision");
    expect(own).not.toContain("generators.0.list.elements.1.revision");
    const field = entry.fields.find(({ path }) => path.at(-1) === "targetRevision");
    expect(field?.sharedWith.map((key) => key.split("\u0000").slice(0, 2).join(" "))).toContain("checkout-dev dev");
  });

  test("a controller's report about a generated application is about its target", () => {
    const catalogue = catalogueOf(files);
    const sync = {
      controller: "argocd" as const,
      application: "checkout-prod",
      namespace: undefined,
      environment: undefined,
    };
    expect(
      catalogue.targets.filter((each) => delivers(catalogue, sync, each)).map(({ target }) => target.environment),
    ).toContain("prod");
    const dev = catalogue.targets.filter(
      (each) => each.target.service === "checkout" && each.target.environment === "dev",
    );
    expect(dev.map((each) => delivers(catalogue, sync, each))).toEqual([false]);
  });
});

describe("templatePatch", () => {
  const generators = "- list:\n    elements: [{app: checkout, ns: shop}, {app: cart, ns: basket}]\n";
  const set = (patch: string, go = true) =>
    `${applicationSet(generators, { name: "{{.app}}", path: "apps/{{.app}}/prod", go })}  templatePatch: |\n${patch.replace(/^(?=.)/gm, "    ")}`;
  const legacy = "legacy: apps/legacy/prod";

  test.each<[what: string, patch: string, go: boolean, expected: readonly string[], unresolved: number]>([
    [
      "wins over the template where it is plain",
      "metadata: {name: '{{ .app }}-new'}\nspec:\n  source: {path: apps/legacy/prod}\n",
      true,
      ["checkout-new: apps/legacy/prod", "cart-new: apps/legacy/prod"],
      0,
    ],
    [
      "leaves what it doesn't mention, whatever it says conditionally",
      "metadata:\n  annotations:\n  {{- range .notes }}\n    note: {{ . }}\n  {{- end }}\nspec:\n  syncPolicy: {}\n  info: [{name: a, value: b}]\n",
      true,
      ["checkout: apps/checkout/prod", "cart: apps/cart/prod"],
      0,
    ],
    [
      "hides a path that it says conditionally",
      'spec:\n  source:\n  {{- if eq .app "cart" }}\n    path: apps/legacy/prod\n  {{- end }}\n',
      true,
      [],
      1,
    ],
    [
      "hides a name that it says conditionally",
      "metadata:\n  {{- if .x }}\n  name: other\n  {{- end }}\n",
      true,
      [],
      1,
    ],
    ["hides everything on one line", '{"spec": {{ .spec | toJson }}}', true, [], 1],
    ["counts for Go templates only", "metadata: {name: other}\n", false, [], 0],
  ])("%s", (_, patch, go, expected, unresolved) => {
    const catalogue = catalogueOf({ ...apps, "argocd/all.yaml": set(patch, go) });
    const told = catalogue.controllers.map(({ name, paths }) => `${name}: ${paths.join(" ")}`);
    // Without Go templates `{{.app}}` is filled in as well.
    expect(told).toEqual(go ? expected : ["checkout: apps/checkout/prod", "cart: apps/cart/prod"]);
    expect(told).not.toContain(legacy);
    expect(catalogue.unresolved?.map(({ message }) => message)).toEqual(
      Array.from({ length: unresolved }, () => expect.stringContaining("templatePatch")),
    );
  });

  test("says where it runs", () => {
    const patch = set("spec:\n  destination: {namespace: '{{ .ns }}'}\n");
    const catalogue = catalogueOf({ ...apps, "argocd/all.yaml": patch });
    expect(select(catalogue, { deployment: "cart" }).target.namespace).toBe("basket");
  });
});

test("a file that a generator reads changes the catalogue, though no path and no shape changes", () => {
  const set = applicationSet("- git:\n    files: [{path: config/*.yaml}]\n", {
    name: "{{app}}",
    path: "apps/{{app}}/prod",
  });
  const of = (app: string) =>
    Object.entries({ ...apps, "config/a.yaml": `app: ${app}\n`, "argocd/all.yaml": set }).map(([path, text]) => ({
      path,
      text,
    }));
  const before = buildCatalogue(of("checkout"));
  expect(before.controllers.map(({ name }) => name)).toEqual(["checkout"]);
  expect(buildCatalogue(of("cart"), before).controllers.map(({ name }) => name)).toEqual(["cart"]);
});

test("whoever draws in an Application says where that lives, not what it applies", () => {
  const application = `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: checkout-app}\nspec:\n  source: {path: deploy}\n  destination: {namespace: shop}\n`;
  const catalogue = catalogueOf({
    "argocd/kustomization.yaml": kustomization("namespace: argocd\nresources: [checkout.yaml]\n"),
    "argocd/checkout.yaml": application,
    "deploy/d.yaml": deployment("checkout", "r.io/checkout:v1"),
  });
  expect(select(catalogue, { deployment: "checkout" }).target.namespace).toBe("shop");
});

test("hostile generators end", () => {
  const elements = Array.from({ length: 300 }, (_, index) => `{n: a${index}}`).join(", ");
  const list = `    - list:\n        elements: [${elements}]\n`;
  const set = applicationSet(`- matrix:\n    generators:\n${list.repeat(4)}`, {
    name: "{{n}}",
    path: "apps/checkout/prod",
  });
  const stars = applicationSet(`- git:\n    files: [{path: '${"*a".repeat(200)}'}]\n`, { name: "x", path: "apps" });
  const catalogue = catalogueOf({
    ...apps,
    "argocd/all.yaml": set,
    "argocd/b.yaml": stars,
    [`${"a".repeat(3000)}b.yaml`]: "a: 1\n",
  });
  expect(catalogue.controllers.length).toBeLessThanOrEqual(2_000);
});
