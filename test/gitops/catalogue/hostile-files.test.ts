import { describe, expect, test } from "vitest";
import { catalogueOf, deployment, kustomization, select, told } from "./catalogue-of.ts";

describe("what can't be read", () => {
  const good = { "apps/cart/deployment.yaml": deployment("cart", "r.io/cart:v1") };

  test.each([
    ["broken YAML", "a: [1\nb: 2\n", 2],
    ["a template", "{{- if .Values.x }}\na: b\n{{- end }}\n", 1],
    ["deep nesting", "[".repeat(100_000), 1],
    ["deep nesting of mappings", "{a: ".repeat(100_000), 1],
    ["an undefined alias or a broken tail", "a: 'x", undefined],
  ])("%s is a diagnostic, and everything else still works", (_, text, line) => {
    const catalogue = catalogueOf({ ...good, "broken.yaml": text });
    expect(catalogue.diagnostics).toHaveLength(1);
    expect(catalogue.diagnostics[0]?.file).toBe("broken.yaml");
    if (line !== undefined) expect(catalogue.diagnostics[0]?.line).toBeGreaterThanOrEqual(1);
    expect(told(select(catalogue, { service: "cart" }))).toHaveLength(2);
  });

  test("field note S7: an alias bomb is one more file", () => {
    const levels = Array.from(
      { length: 60 },
      (_, n) => `l${n}: &l${n} [${Array(9).fill(n === 0 ? "x" : `*l${n - 1}`)}]`,
    );
    const catalogue = catalogueOf({ ...good, "apps/bomb/values.yaml": `${levels.join("\n")}\nimage: {tag: v1}\n` });
    expect(told(select(catalogue, { service: "bomb" }))).toEqual(["apps/bomb/values.yaml#image.tag=v1 (image-tag)"]);
  });

  test("too large a file is left out", () => {
    const catalogue = catalogueOf({ ...good, "huge.yaml": `a: ${"x".repeat(5 * 1024 * 1024)}` });
    expect(catalogue.diagnostics).toMatchObject([{ file: "huge.yaml", message: "the file is too large to be read" }]);
  });

  test("links out of the repository, to addresses and to variables lead nowhere", () => {
    const catalogue = catalogueOf({
      ...good,
      "apps/cart/kustomization.yaml": kustomization(
        `resources: [../../../../etc, 'https://example.com/x?ref=v1', '\${ENV}/x', deployment.yaml, '', ./, ../cart]\n`,
      ),
    });
    expect(told(select(catalogue, { service: "cart" })).length).toBeGreaterThan(1);
  });
});

test("the order of the files doesn't matter", () => {
  const files = {
    "apps/a/prod/d.yaml": deployment("a", "a:1"),
    "apps/a/dev/d.yaml": deployment("a", "a:2"),
    "apps/b/values.yaml": "image: {tag: x}\n",
  };
  const flat = (entries: readonly (readonly [string, string])[]): unknown =>
    catalogueOf(Object.fromEntries(entries)).targets.map((entry) => [entry.target, entry.fields]);
  expect(flat(Object.entries(files).reverse())).toEqual(flat(Object.entries(files)));
});
