import { describe, expect, it } from "vitest";
import { affectedTarget } from "../../src/backtest/affected-target.ts";
import { buildCatalogue } from "../../src/gitops/catalogue/build-catalogue.ts";
import { deployment } from "./history-world.ts";

const cart = "apps/cart/production/deployment.yaml";
const both = "apps/production/all.yaml";

function hunk(file: number, line: number) {
  return { file, oldStart: line, newStart: line, removed: ["a"], added: ["b"] };
}

describe("the target of a change", () => {
  it("is the one whose fields stand on the changed lines of a file that several share", () => {
    const first = deployment("cart", "shop", "v1");
    const text = `${first}---\n${deployment("mail", "shop", "v2")}`;
    const catalogue = buildCatalogue([{ path: both, text }]);
    const image = (part: string) => part.split("\n").findIndex((line) => line.includes("image:")) + 1;
    const service = (line: number) =>
      affectedTarget(catalogue, { paths: [both], hunks: [hunk(0, line)] })?.target.service;
    expect(service(image(first))).toBe("cart");
    expect(service(first.split("\n").length + image(deployment("mail", "shop", "v2")))).toBe("mail");
  });

  it("is the item of a list that is named after a service, not whoever holds the list", () => {
    const path = "charts/platform/values-production.yaml";
    const text = [
      "applications:",
      ...["cart", "mail"].flatMap((name) => [`  - name: ${name}`, "    values:", "      image:", "        tag: v1"]),
      "",
    ].join("\n");
    const catalogue = buildCatalogue([
      { path: "charts/platform/Chart.yaml", text: "apiVersion: v2\nname: platform\nversion: 1.0.0\n" },
      { path, text },
    ]);
    const found = affectedTarget(catalogue, { paths: [path], hunks: [hunk(0, 9)] });
    expect(found?.target).toMatchObject({ service: "mail", environment: "production" });
  });

  it("is unknown where the files belong to none", () => {
    const catalogue = buildCatalogue([{ path: cart, text: deployment("cart", "shop", "v1") }]);
    expect(affectedTarget(catalogue, { paths: ["docs/notes.yaml"], hunks: [hunk(0, 1)] })).toBeUndefined();
  });

  it("is whose a template is that nothing can be read of", () => {
    const path = "charts/cart/templates/config.yaml";
    const catalogue = buildCatalogue([
      { path: "charts/cart/Chart.yaml", text: "apiVersion: v2\nname: cart\nversion: 1.0.0\n" },
      { path, text: "{{- if .Values.on }}\na: {{ .Values.a }}\n{{- end }}\n" },
    ]);
    expect(affectedTarget(catalogue, { paths: [path], hunks: [hunk(0, 2)] })?.target.service).toBe("cart");
  });

  it("is found without reading the fields of targets that have no part in the changed files", () => {
    const catalogue = buildCatalogue([{ path: cart, text: deployment("cart", "shop", "v1") }]);
    const [own] = catalogue.targets;
    const distant = {
      target: { service: "mail", environment: undefined, namespace: undefined },
      scopes: [{ file: "apps/mail.yaml", document: 0, path: [] }],
      get fields(): never {
        throw new Error("read");
      },
    };
    const all = { ...catalogue, targets: [distant, ...catalogue.targets] };
    expect(affectedTarget(all, { paths: [cart], hunks: [hunk(0, 1)] })?.target).toEqual(own?.target);
  });

  it("doesn't depend on the catalogue's order", () => {
    const files = ["cart", "mail", "search"].map((name) => ({
      path: `apps/${name}/production/deployment.yaml`,
      text: deployment(name, "shop", "v1"),
    }));
    const catalogue = buildCatalogue(files);
    const reversed = { ...catalogue, targets: catalogue.targets.toReversed() };
    const changed = { paths: files.map(({ path }) => path).slice(0, 2), hunks: [hunk(0, 18), hunk(1, 18)] };
    expect(affectedTarget(reversed, changed)?.target).toEqual(affectedTarget(catalogue, changed)?.target);
  });
});
