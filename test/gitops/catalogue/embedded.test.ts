/** Files inside blocks of text: their values are fields with lines of their own. */
import { describe, expect, test } from "vitest";
import { fieldChanges } from "../../../src/gitops/history/field-changes.ts";
import { catalogueOf, describeField, kustomization, select } from "./catalogue-of.ts";

const application = (values: string): string =>
  `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: checkout}
spec:
  source:
    path: charts/checkout
    helm:
      values: |
${values}`;

describe("fields inside blocks of text", () => {
  test.each(["\n", "\r\n"])("an Application's values, each where it stands (line end %j)", (end) => {
    const text = application('\n        image:\n          tag: "v1" # now\n        replicaCount: 2\n').replaceAll(
      "\n",
      end,
    );
    const entry = select(catalogueOf({ "argocd/checkout.yaml": text }), { service: "checkout" });
    const inside = entry.fields.filter(({ path }) => path.includes("values"));
    expect(
      inside.map(({ path, line, role, range }) => [path.slice(4).join("."), line, role, text.slice(...range)]),
    ).toEqual([
      ["image.tag", 11, "image-tag", '"v1"'],
      ["replicaCount", 12, "replicas", "2"],
    ]);
  });

  test("a ConfigMap's files, and patches that stand in a kustomization", () => {
    const entry = select(
      catalogueOf({
        "apps/checkout/config.yaml":
          "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: checkout}\ndata:\n  app.properties: |\n    level=info\n  values.yaml: |-\n    tag: v1\n  note.txt: |\n    a: b\n",
        "apps/checkout/kustomization.yaml": kustomization(
          "resources: [config.yaml]\npatches:\n- target: {kind: Deployment, name: checkout}\n  patch: |-\n    - op: replace\n      path: /spec/replicas\n      value: 3\n",
        ),
      }),
      { service: "checkout" },
    );
    const lines = entry.fields.map((field) => `${field.line} ${describeField(field)}`);
    expect(lines).toContain("6 apps/checkout/config.yaml#data.app.properties.level=info (other)");
    expect(lines).toContain("8 apps/checkout/config.yaml#data.values.yaml.tag=v1 (image-tag)");
    expect(lines).toContain("10 apps/checkout/config.yaml#data.note.txt=a: b\n (other)");
    expect(lines).toContain("9 apps/checkout/kustomization.yaml#patches.0.patch.0.value=3 (replicas)");
  });

  test("folded or broken text, and templates, stay one field", () => {
    for (const values of [
      "        {{ x }}\n",
      "        a: [\n",
      "        just words\n",
      "        a: 1\n        ---\n        b: 2\n",
    ]) {
      const entry = select(catalogueOf({ "argocd/checkout.yaml": application(values) }), { service: "checkout" });
      expect(entry.fields.filter(({ path }) => path.includes("values")).map(({ path }) => path.length)).toEqual([4]);
    }
    const folded = application("        a: 1\n        b: 2\n").replace("values: |", "values: >");
    const entry = select(catalogueOf({ "argocd/checkout.yaml": folded }), { service: "checkout" });
    expect(entry.fields.find(({ path }) => path.includes("values"))?.value).toBe("a: 1 b: 2\n");
  });

  test("they have a history", () => {
    const text = (tag: string): string => application(`        image:\n          tag: ${tag}\n        level: info\n`);
    const entry = select(catalogueOf({ "argocd/checkout.yaml": text("v2") }), { service: "checkout" });
    const commit = {
      id: "c".repeat(40),
      parents: [],
      author: { name: "a", email: "" },
      committer: { name: "a", email: "" },
      authoredAt: 0,
      committedAt: 0,
      message: "m",
      files: [],
    };
    const texts = new Map([["argocd/checkout.yaml", { before: text("v1"), after: text("v2") }]]);
    const changes = fieldChanges(entry, [{ commit, texts }]);
    expect(changes.map(({ field, before, after }) => [field.role, before, after])).toEqual([["image-tag", "v1", "v2"]]);
  });
});
