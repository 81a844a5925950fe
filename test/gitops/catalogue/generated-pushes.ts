/** Repositories of every shape that the catalogue knows, and pushes that change what others in them depend on. */
import fc from "fast-check";
import type { Catalogue } from "../../../src/gitops/catalogue/catalogue.ts";
import { deployment, kustomization } from "./catalogue-of.ts";

export type Content = ReadonlyMap<string, string>;

/** What may stand at a path: alternatives that differ in what others look at. */
type Shelf = Readonly<Record<string, readonly string[]>>;

function service(name: string): Shelf {
  const workload = deployment(name, `r.io/${name}:v1`);
  const base = `apps/${name}/base`;
  const overlays = ["prod", "staging"].map((environment) => overlay(name, environment));
  return Object.assign({}, ...overlays, {
    [`${base}/deployment.yaml`]: [
      workload,
      deployment(`${name}-worker`, `r.io/${name}:v1`),
      deployment(name, `r.io/${name}:v1`, "own"),
      `${workload}          env: [{name: A, value: "\${TAG}"}]\n`,
    ],
    [`${base}/kustomization.yaml`]: [
      kustomization("resources: [deployment.yaml]\n"),
      kustomization("resources: [deployment.yaml]\nimages: [{name: r.io/cart, newName: r.io/basket}]\n"),
      kustomization("namespace: base\nresources: [deployment.yaml, ../overlays/prod]\n"),
      kustomization("resources: [deployment.yaml]\nconfigMapGenerator: [{name: settings, envs: [settings.env]}]\n"),
    ],
    [`${base}/kustomization.yml`]: [kustomization("nameSuffix: -yml\nresources: [deployment.yaml]\n")],
    [`${base}/settings.env`]: ["TAG=v1\n", "OTHER=1\n"],
  });
}

function overlay(name: string, environment: string): Shelf {
  const home = `apps/${name}/overlays/${environment}`;
  const patched = (object: string) =>
    kustomization(`resources: [../../base]\npatches: [{path: patch.yaml, target: {name: ${object}}}]\n`);
  return {
    [`${home}/kustomization.yaml`]: [
      patched("cart"),
      patched("search"),
      kustomization("namespace: shop\nresources: [../../base]\n"),
      kustomization("resources: [../../base, extra.yaml]\nnamePrefix: x-\n"),
      kustomization("resources: [../../base]\nimages: [{name: r.io/basket, newTag: v9}]\n#  - ../../../search/base\n"),
    ],
    [`${home}/patch.yaml`]: ["- {op: remove, path: /spec}\n", deployment(name, "r.io/x:v1")],
    [`apps/${name}/${environment}/values.yaml`]: [
      "image: {tag: v1}\n",
      "apps: [{name: cart, port: {a: 1}}, {name: search, port: {a: 2}}, {name: other, x: {y: 1}}]\n",
    ],
  };
}

const collections: Shelf = {
  "apps/kustomization.yaml": [
    kustomization("resources: [cart/overlays/prod, search/base]\n"),
    kustomization("resources: [cart/base/deployment.yaml, search/base/deployment.yaml]\n"),
  ],
  "lists/services.yaml": ["services: [{name: cart, port: {a: 1}}, {name: search, port: {a: 2}}]\n"],
  "readme.env": ["A=1\n"],
};

/** A patch is called what the object is called that it is merged into. */
const scaled: Shelf = {
  "scaled/base/all.yaml": [
    `${deployment("cart", "r.io/cart:v1")}---\n${autoscaler("{scaleTargetRef: {name: cart}}")}`,
    `${deployment("cart", "r.io/cart:v1")}---\n${autoscaler("{scaleTargetRef: {name: search}}")}`,
  ],
  "scaled/base/kustomization.yaml": [kustomization("resources: [all.yaml]\n"), kustomization("resources: []\n")],
  "scaled/prod/kustomization.yaml": [
    kustomization("resources: [../base]\npatches: [more.yaml]\n"),
    kustomization("resources: [../base, more.yaml]\n"),
  ],
  "scaled/prod/more.yaml": [autoscaler("{maxReplicas: 3}")],
};

/** Objects of one name that belong together only because of who draws them in. */
const jobs: Shelf = {
  "near/job.yaml": [deployment("job", "r.io/job:v1")],
  "far/job.yaml": [deployment("job", "r.io/job:v1")],
  "bundle/kustomization.yaml": [
    kustomization("resources: [../near/job.yaml, ../inner]\n"),
    kustomization("resources: [../near/job.yaml, ../far/job.yaml]\n"),
    kustomization("resources: [../near/job.yaml]\n"),
  ],
  "inner/kustomization.yaml": [
    kustomization("resources: [../far/job.yaml]\n"),
    kustomization("resources: [../tools/one/tool.yaml]\n"),
  ],
};

const flux: Shelf = {
  "clusters/prod/apps.yaml": [
    applied("apps", "apps", "there"),
    applied("apps", "apps", "elsewhere"),
    applied("search-staging", "apps/search", "there"),
    applied("all", "lists", "there"),
  ],
  "clusters/eu-1/apps.yaml": [applied("apps", "./apps/cart/base", "there"), "kind: Nothing\n"],
  "clusters/prod/release.yaml": [release("cart", "ConfigMap"), release("search", "Secret"), release("charts", "None")],
  "clusters/prod/values-map.yaml": [configMap("values"), configMap("settings"), "broken: [\n"],
};

const argo: Shelf = {
  "sets/apps.yaml": [
    applicationSet("directories: [{path: apps/*}]", "{{path}}", "{{path.basename}}"),
    applicationSet("directories: [{path: apps/*/overlays/*}]", "{{path}}", "{{path[1]}}-{{path.basename}}"),
  ],
  "sets/files.yaml": [applicationSet("files: [{path: sets/config/*.json}]", "apps/{{name}}", "{{name}}-made")],
  "sets/config/one.json": ['{"name": "cart", "size": 1}', '{"name": "search", "size": 2}'],
  "argo/cart.yaml": [
    application("cart", "apps/cart/overlays/prod", "values.yaml"),
    application("x", "umbrella", "../lists/services.yaml"),
  ],
  "argo/told.yaml": [application("told", "conf", "test.yaml")],
};

const helm: Shelf = {
  "umbrella/Chart.yaml": [
    "name: umbrella\ndependencies: [{name: cart, version: 1.0.0}, {name: search, alias: find, version: 1.0.0}]\n",
    "name: umbrella\n",
  ],
  "umbrella/values.yaml": ["cart: {image: {tag: v1}}\nfind: {replicas: 1}\nglobal: {a: 1}\n", "image: {tag: v1}\n"],
  "config/prod.yaml": ["cart: {image: {tag: v2}}\nglobal: {a: 2}\n"],
  "helmfile.yaml": [
    "releases: [{name: cart, chart: x/y, values: ['values/{{ .Environment.Name }}.yaml']}]\n",
    "releases: [{name: cart, chart: x/y, values: ['values/{{ .Environment.Name }}.yaml.gotmpl']}]\n",
  ],
  "environments/helmfile.yaml": [
    "environments: {prod: {values: [../conf/one.yaml, {cart: {tag: v1}}]}}\nreleases: [{name: cart, chart: x/y}]\n",
    "environments: {lab: {values: [../conf/one.yaml]}, prod: {values: [../conf/test.yaml]}}\nreleases: [{name: cart, chart: x/y}, {name: search, chart: '{{ .Values.image.tag }}'}]\n",
  ],
  "values/prod.yaml": ["tag: v1\n"],
  "values/staging.yaml": ["tag: v1\n"],
  "values/prod.yaml.gotmpl": ["tag: v1\n"],
};

/** Words that are environments only beside others. */
const words: Shelf = {
  ...at(["integration", "prod", "one", "two"], "tools/*/tool.yaml", [deployment("tool", "r.io/tool:v1")]),
  "tools/integration/deep/values.yaml": ["image: {tag: v1}\n"],
  ...at(["test", "prod", "one", "two"], "conf/*.yaml", ["image: {tag: v1}\n"]),
  ...at(["cart/prod", "cart/staging", "cart/zone"], "regions/*/values.yaml", ["image: {tag: v1}\n", "name: cart\n"]),
  ...at(["search/prod", "search/staging", "search/zone"], "regions/*/values.yaml", ["image: {tag: v1}\n"]),
};

function at(names: readonly string[], pattern: string, texts: readonly string[]): Shelf {
  return Object.fromEntries(names.map((name) => [pattern.replace("*", name), texts]));
}

function autoscaler(spec: string): string {
  return `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: scaler}\nspec: ${spec}\n`;
}

function applied(name: string, path: string, namespace: string): string {
  const substitute = "postBuild: {substitute: {TAG: v1}, substituteFrom: [{kind: ConfigMap, name: settings}]}";
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux}
spec: {path: ${path}, targetNamespace: ${namespace}, ${substitute}}
`;
}

function release(name: string, kind: string): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: ${name}, namespace: shop}
spec:
  chart: {spec: {chart: ./umbrella}}
  valuesFrom: [{kind: ${kind}, name: values}]
  values: {image: {tag: v1}}
`;
}

function configMap(name: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}}
data: {TAG: v7, values.yaml: "image: {tag: v3}"}
`;
}

function application(name: string, path: string, values: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}}
spec: {source: {path: ${path}, helm: {valueFiles: [${values}]}}, destination: {namespace: argo}}
`;
}

function applicationSet(git: string, path: string, name: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all}
spec:
  generators: [{git: {${git}}}, {clusters: {}}]
  template: {metadata: {name: '${name}'}, spec: {source: {path: '${path}'}, destination: {namespace: made}}}
`;
}

const shelf: Shelf = {
  ...service("cart"),
  ...service("search"),
  ...collections,
  ...jobs,
  ...flux,
  ...argo,
  ...helm,
  ...words,
  ...scaled,
};
const shelves: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(shelf));

/** A text that stands there already is one with a new comment: nothing but bytes changes. */
const edit = fc.constantFrom(...shelves).chain(([path, texts]) =>
  fc.record({
    path: fc.constant(path),
    text: fc.option(fc.constantFrom(...texts, `${texts[0]}# new\n`), { freq: 4 }),
  }),
);

/** Most of what may be there. */
export const first: fc.Arbitrary<Content> = fc
  .array(fc.constantFrom(...shelves.keys()), { maxLength: 30 })
  .map(
    (missing) => new Map([...shelves].flatMap(([path, [text = ""]]) => (missing.includes(path) ? [] : [[path, text]]))),
  );

export const pushes = fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 });

export function pushed(
  content: Content,
  edits: readonly { readonly path: string; readonly text: string | null }[],
): Content {
  const next = new Map(content);
  for (const { path, text } of edits) {
    if (text === null) next.delete(path);
    else next.set(path, text);
  }
  return next;
}

export function filesOf(content: Content) {
  return [...content].map(([path, text]) => ({ path, text }));
}

/** Everything that a catalogue tells, holders of paths without a file included. */
export function told(catalogue: Catalogue): string {
  const { controllers, collections: drawing, diagnostics, unresolved } = catalogue;
  const targets = catalogue.targets.map(({ target, runsAs, scopes, fields, mentions }) => ({
    target,
    runsAs,
    scopes,
    fields,
    mentions,
  }));
  const holders = [...shelves.keys()].map((path) => catalogue.holders?.(path));
  return JSON.stringify({ targets, holders, controllers, drawing, diagnostics, unresolved }, undefined, 1);
}
