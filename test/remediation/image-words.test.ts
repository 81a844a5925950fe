import { describe, expect, test } from "vitest";
import { registryImages } from "../../src/server/registries/registry-images.ts";
import { asked, codes, history, written } from "../actions/asked.ts";
import { digestOf, ociRegistry } from "../server/registries/oci-registry.ts";

const registry = () => ociRegistry({ images: ["shop/checkout:v1.4.2", "old/checkout:v1.4.2", "shop/checkout:v1.5.0"] });
const there = digestOf("shop/checkout:v1.4.2");
const gone = digestOf("a manifest of long ago");

const deployment = (image: string, sidecar = "r.io/proxy:v9") =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n        - name: main\n          image: ${image}\n        - name: proxy\n          image: ${sidecar}\n`;
const kustomization = (name: string, version: string) =>
  `resources:\n  - ../../base\nimages:\n  - name: checkout\n    newName: ${name}\n    ${version}\n`;
const overlay = "apps/checkout/overlays/production/kustomization.yaml";
const based = (text: string) => ({
  [overlay]: text,
  "apps/checkout/base/kustomization.yaml": "resources:\n  - deployment.yaml\n",
  "apps/checkout/base/deployment.yaml": deployment("checkout:v0"),
});
const values = (host: string, repository: string, tag: string) =>
  `image:\n  registry: ${host}\n  repository: ${repository}\n  tag: ${tag}\n`;
const charted = (text: string) => ({
  "charts/checkout/Chart.yaml": "apiVersion: v2\nname: checkout\nversion: 1.0.0\n",
  "charts/checkout/values.yaml": text,
});

type Files = Readonly<Record<string, string>>;
type Layout = (host: string, version: "v1.4.2" | "v1.3.0" | "v1.5.0") => Files;

const layouts: readonly (readonly [name: string, layout: Layout])[] = [
  [
    "a manifest",
    (host, version) => ({ "apps/checkout/deployment.yaml": deployment(`${host}/shop/checkout:${version}`) }),
  ],
  ["an overlay's tag", (host, version) => based(kustomization(`${host}/shop/checkout`, `newTag: ${version}`))],
  [
    "an overlay's digest",
    (host, version) =>
      based(
        kustomization(
          `${host}/shop/checkout`,
          `digest: ${{ "v1.4.2": there, "v1.3.0": gone, "v1.5.0": digestOf("shop/checkout:v1.5.0") }[version]}`,
        ),
      ),
  ],
  [
    "an overlay that moves to another repository",
    (host, version) =>
      based(kustomization(`${host}/${version === "v1.5.0" ? "shop" : "old"}/checkout`, `newTag: ${version}`)),
  ],
  ["a chart's values", (host, version) => charted(values(host, "shop/checkout", version))],
];

describe.each(layouts)("field note 11: %s", (_, layout) => {
  test("an image that is gone from its registry isn't gone back to", async () => {
    const { host, config } = await registry();
    const answer = await asked(history(layout(host, "v1.3.0"), layout(host, "v1.5.0")), "/remit rollback checkout", {
      images: registryImages([config()]),
    });
    expect([answer.outcome, codes(answer)]).toEqual(["abstain", ["image-gone"]]);
  });

  test("one that is there is gone back to, and only that one is asked for", async () => {
    const { host, config, requests } = await registry();
    const before = layout(host, "v1.4.2");
    const repository = history(before, layout(host, "v1.5.0"));
    const answer = await asked(repository, "/remit rollback checkout", { images: registryImages([config()]) });
    expect(Object.values(written(answer)).every((text) => Object.values(before).includes(`${text}`))).toBe(true);
    expect(codes(answer)).toContain("image-there");
    expect(requests.map(({ line }) => line)).toEqual([expect.stringMatching(/^HEAD .*(v1\.4\.2|sha256:)/)]);
  });
});

test("what can't be told stands, and says so", async () => {
  const { host, config, requests } = await registry();
  const repository = history(
    { "apps/checkout/deployment.yaml": deployment(`${host}/shop/checkout:v1.3.0`) },
    { "apps/checkout/deployment.yaml": deployment(`${host}/shop/checkout:v1.5.0`) },
  );
  const elsewhere = registryImages([config({ host: "registry.example" })]);
  const answer = await asked(repository, "/remit rollback checkout", { images: elsewhere });
  expect(answer.outcome).toBe("change");
  expect(answer.reasons.find(({ code }) => code === "image-unknown")?.message).toContain("doesn't name its registry");
  expect(requests).toEqual([]);
  const unasked = await asked(repository, "/remit rollback checkout");
  expect(codes(unasked).filter((code) => code.startsWith("image-"))).toEqual([]);
});

test("a version that never stood there isn't proposed where its registry doesn't have it", async () => {
  const { host, config } = await registry();
  const files = {
    "apps/checkout/deployment.yaml": deployment(`${host}/shop/checkout:v1.5.0`, `${host}/shop/checkout:v1.5.0`),
  };
  const ask = (version: string) =>
    asked(history(files), `/remit rollback checkout to ${version}`, { images: registryImages([config()]) });
  expect(codes(await ask("v1.6.0"))).toEqual(["image-gone"]);
  expect(codes(await ask("v1.4.2"))).toEqual(expect.arrayContaining(["value-unknown", "image-there"]));
});
