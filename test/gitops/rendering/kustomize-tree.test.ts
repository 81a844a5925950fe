import { describe, expect, test } from "vitest";
import { kustomizeTree } from "../../../src/gitops/rendering/kustomize-tree.ts";
import { viewOf } from "./view-of.ts";

const resource = "kind: Service\n";

function hindrance(kustomization: string, files: Record<string, string> = {}, others: Record<string, string> = {}) {
  const view = viewOf({ "app/kustomization.yaml": kustomization, ...files }, others);
  const tree = kustomizeTree("app", view);
  return "why" in tree ? [tree.why, tree.name] : "planned";
}

test("what a kustomization draws in is laid out, and nothing else", () => {
  const view = viewOf({
    "apps/prod/kustomization.yaml":
      "resources: [../base/, extra.yaml]\ncomponents: [../parts/tls]\npatches: [{path: patch.yaml}, {patch: '- op: remove'}]\n" +
      "configMapGenerator: [{name: a, files: [a.conf, key=b.conf], envs: [c.env], literals: [d=e]}]\n",
    "apps/prod/extra.yaml": resource,
    "apps/prod/patch.yaml": resource,
    "apps/prod/a.conf": "a",
    "apps/prod/b.conf": "b",
    "apps/prod/c.env": "C=1",
    "apps/prod/unused.yaml": resource,
    "apps/base/kustomization.yml": "resources:\n- a.yaml\nreplacements: [{path: r.yaml}]\n",
    "apps/base/a.yaml": resource,
    "apps/base/r.yaml": resource,
    "apps/parts/tls/kustomization.yaml": "kind: Component\npatchesStrategicMerge:\n- p.yaml\n- |-\n  kind: A\n  b: c\n",
    "apps/parts/tls/p.yaml": resource,
  });
  const tree = kustomizeTree("apps/prod", view);
  if ("why" in tree) throw new Error(tree.why);
  expect([...tree.copied.keys()].toSorted()).toEqual([
    "apps/base/a.yaml",
    "apps/base/r.yaml",
    "apps/parts/tls/p.yaml",
    ...["a.conf", "b.conf", "c.env", "extra.yaml", "patch.yaml"].map((name) => `apps/prod/${name}`),
  ]);
  expect([...tree.written.keys()].toSorted()).toEqual([
    "apps/base/kustomization.yml",
    "apps/parts/tls/kustomization.yaml",
    "apps/prod/kustomization.yaml",
  ]);
});

describe("whatever might be fetched is refused, however it is spelled", () => {
  test.each([
    "https://example.com/base",
    "http://127.0.0.1:8000/a.yaml",
    "github.com/acme/base",
    "GitHub.com/acme/base?ref=v1",
    "www.github.com/acme/base",
    "git@example.com:acme/base",
    "git::https://example.com/base",
    "ssh://git@example.com/base",
    "file:///etc",
    "oci://example.com/base",
    "gh:acme/base",
    "acme@example.com/base",
    "a//b",
  ])("%s", (address) => {
    const local = { [`app/${address}`]: resource, [`app/${address.replace(/\/+/g, "/")}/kustomization.yaml`]: "" };
    const named = JSON.stringify(address);
    for (const key of ["resources", "bases", "components", "crds", "configurations", "patchesStrategicMerge"])
      expect([key, hindrance(`${key}: [${named}]\n`, local)]).toEqual([key, ["remote", address]]);
    for (const key of ["patches", "patchesJson6902", "replacements"])
      expect(hindrance(`${key}: [{path: ${named}}]\n`, local)).toEqual(["remote", address]);
    for (const key of ["configMapGenerator", "secretGenerator"]) {
      expect(hindrance(`${key}: [{name: a, files: [${JSON.stringify(`k=${address}`)}]}]\n`, local)).toEqual([
        "remote",
        address,
      ]);
      expect(hindrance(`${key}: [{name: a, envs: [${named}]}]\n`, local)).toEqual(["remote", address]);
      expect(hindrance(`${key}: [{name: a, env: ${named}}]\n`, local)).toEqual(["remote", address]);
    }
    expect(hindrance(`openapi: {path: ${named}}\n`, local)).toEqual(["remote", address]);
  });
});

describe("whatever runs, or leads out, is refused", () => {
  test.each([
    ["generators: [g.yaml]", {}, {}, ["runs-code", "generators"]],
    ["transformers: [g.yaml]", {}, {}, ["runs-code", "transformers"]],
    ["validators: [g.yaml]", {}, {}, ["runs-code", "validators"]],
    ["helmCharts: [{name: a}]", {}, {}, ["inflates-charts", "helmCharts"]],
    ["helmGlobals: {chartHome: /etc}", {}, {}, ["inflates-charts", "helmGlobals"]],
    // kustomize doesn't mind case.
    ["Resources: [https://example.com/]", {}, {}, ["unknown-key", "Resources"]],
    ["HelmCharts: [{name: a}]", {}, {}, ["unknown-key", "HelmCharts"]],
    ["patches: [{Path: https://example.com/}]", {}, {}, ["unknown-key", "patches.Path"]],
    ["configMapGenerator: [{name: a, Files: [/etc/passwd]}]", {}, {}, ["unknown-key", "configMapGenerator.Files"]],
    ["replacements: [{Path: /etc/passwd}]", {}, {}, ["unknown-key", "replacements.Path"]],
    ["resources: [/etc/passwd]", {}, {}, ["outside", "/etc/passwd"]],
    ["resources: [../../etc/passwd]", {}, {}, ["outside", "../../etc/passwd"]],
    ["configMapGenerator: [{name: a, files: [../../../etc/passwd]}]", {}, {}, ["outside", "../../../etc/passwd"]],
    ["resources: [a.yaml]", {}, { "app/a.yaml": "120000" }, ["not-plain", "a.yaml"]],
    ["resources: [a/b.yaml]", { "app/a/b.yaml": resource }, { "app/a": "120000" }, ["not-plain", "a/b.yaml"]],
    ["resources: [vendored]", {}, { "app/vendored": "160000" }, ["not-plain", "vendored"]],
    ["resources: [gone.yaml]", {}, {}, ["missing", "gone.yaml"]],
    ["patches: [{path: gone}]", { "app/gone/kustomization.yaml": "{}" }, {}, ["missing", "gone"]],
  ] as const)("%s", (kustomization, files, others, expected) => {
    expect(hindrance(`${kustomization}\n`, files, others)).toEqual(expected);
  });
});

test.each([
  "resources: &a [a.yaml]\ncomponents: *a\n",
  "resources: [a.yaml]\nresources: [b.yaml]\n",
  "resources: !!str a.yaml\n",
  "images: [{name: a, newTag: 0x1f}]\n",
  "images: [{name: a, newTag: yes}]\n",
  "resources: []\n---\nresources: []\n",
  "resources: [[a.yaml]]\n",
  "resources: {a: b}\n",
])("what two readers could take for different things isn't built: %j", (text) => {
  expect(hindrance(text, { "app/a.yaml": resource, "app/b.yaml": resource })).toEqual(["unreadable", undefined]);
});

test("a file beside a kustomization is laid out where it may be read, under the same key", () => {
  const view = viewOf({
    "apps/prod/kustomization.yaml":
      "resources: [../shared/a.yaml]\npatches: [{path: ../shared/b.yaml}]\nconfigMapGenerator: [{name: a, files: [../shared/c.conf, key=../shared/d.conf], envs: [../shared/e.env]}]\n",
    ...Object.fromEntries(
      ["a.yaml", "b.yaml", "c.conf", "d.conf", "e.env"].map((name) => [`apps/shared/${name}`, resource]),
    ),
  });
  const tree = kustomizeTree("apps/prod", view);
  if ("why" in tree) throw new Error(tree.why);
  const places = ["a.yaml", "b.yaml", "e.env", "c.conf", "d.conf"].map((name, index) => `.beside/${index}/${name}`);
  expect([...tree.copied.keys()].toSorted()).toEqual(places.map((place) => `apps/prod/${place}`));
  const [a, b, e, c, d] = places;
  expect(JSON.parse(tree.written.get("apps/prod/kustomization.yaml") ?? "")).toEqual({
    resources: [a],
    patches: [{ path: b }],
    configMapGenerator: [{ name: "a", files: [`c.conf=${c}`, `key=${d}`], envs: [e] }],
  });
});

test("a circle of kustomizations ends", () => {
  expect(hindrance("resources: [../other]\n", { "other/kustomization.yaml": "resources: [../app]\n" })).toBe("planned");
});
