import fc from "fast-check";
import { expect, test } from "vitest";
import { buildCatalogue } from "../../../src/gitops/catalogue/build-catalogue.ts";
import type { Catalogue } from "../../../src/gitops/catalogue/catalogue.ts";
import { deployment, kustomization } from "./catalogue-of.ts";

const paths = [
  "apps/cart/base/deployment.yaml",
  "apps/cart/base/kustomization.yaml",
  "apps/cart/overlays/prod/kustomization.yaml",
  "apps/cart/overlays/dev/kustomization.yaml",
  "apps/search/prod/values.yaml",
  "apps/search/dev/values.yaml",
  "clusters/prod/apps.yaml",
];
const texts = [
  deployment("cart", "r.io/cart:v1"),
  deployment("cart", "r.io/cart:v2"),
  deployment("basket", "r.io/cart:v2"),
  kustomization("resources: [deployment.yaml]\n"),
  kustomization("resources: [../../base]\nimages: [{name: r.io/cart, newTag: v3}]\n"),
  kustomization("namespace: shop\nresources: [../../base]\nimages: [{name: r.io/cart, newTag: v4}]\n"),
  "image: {tag: v1}\n",
  "image: {tag: v2}\nsidecar: {image: {tag: v1}}\n",
  "broken: [\n",
];

const repository = fc.dictionary(fc.constantFrom(...paths), fc.constantFrom(...texts), { noNullPrototype: true });

function filesOf(content: Readonly<Record<string, string>>) {
  return Object.entries(content).map(([path, text]) => ({ path, text }));
}

function told(catalogue: Catalogue): unknown {
  const targets = catalogue.targets.map(({ target, fields, scopes }) => ({ target, fields, scopes }));
  return { targets, controllers: catalogue.controllers, diagnostics: catalogue.diagnostics };
}

test("a catalogue is the same whatever other revisions were read before it", () => {
  fc.assert(
    fc.property(fc.array(repository, { minLength: 2, maxLength: 5 }), (revisions) => {
      let before: Catalogue | undefined;
      for (const content of revisions) {
        before = buildCatalogue(filesOf(content), before);
        expect(told(before)).toEqual(told(buildCatalogue(filesOf(content))));
      }
    }),
    { numRuns: 300 },
  );
});

test("the usual push, new values in a file, keeps everything but the texts", () => {
  const content = {
    "apps/cart/base/deployment.yaml": deployment("cart", "r.io/cart:v1"),
    "apps/cart/base/kustomization.yaml": kustomization("resources: [deployment.yaml]\n"),
  };
  const before = buildCatalogue(filesOf(content));
  const files = filesOf({ ...content, "apps/cart/base/deployment.yaml": deployment("cart", "r.io/cart:v2") });
  const after = buildCatalogue(files, before);
  // The same object: nothing of it was computed again.
  expect(after.controllers).toBe(before.controllers);
  const values = (catalogue: Catalogue) => catalogue.targets[0]?.fields.map((field) => field.value);
  expect(values(after)).toContain("r.io/cart:v2");
  expect(values(before)).toContain("r.io/cart:v1");
});

test("a values file that isn't in an environment any more, since its neighbour is gone, isn't in one for the release that names it", () => {
  const release = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: told}
spec: {source: {path: conf, helm: {valueFiles: [test.yaml]}}, destination: {namespace: argo}}
`;
  const left = {
    "argo/told.yaml": release,
    ...Object.fromEntries(["one", "two", "test"].map((name) => [`conf/${name}.yaml`, "image: {tag: v1}\n"])),
  };
  const before = buildCatalogue(filesOf({ ...left, "conf/prod.yaml": "image: {tag: v1}\n" }));
  const after = buildCatalogue(filesOf(left), before);
  const environments = (catalogue: Catalogue) =>
    catalogue.targets.filter(({ target }) => target.service === "told").map(({ target }) => target.environment);
  expect([environments(before), environments(after)]).toEqual([["test"], [undefined]]);
});
