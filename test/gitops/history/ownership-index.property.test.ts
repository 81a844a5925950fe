import fc from "fast-check";
import { expect, test } from "vitest";
import { plainName } from "../../../src/gitops/catalogue/plain-name.ts";
import { ownedFiles } from "../../../src/gitops/history/owned-files.ts";
import { ownershipIndex } from "../../../src/gitops/history/ownership-index.ts";
import { catalogueOf, deployment, select } from "../catalogue/catalogue-of.ts";

const segment = fc.constantFrom("apps", "cart", "Cart", "car_t", "cart.prod", "cartel", "base", "ΑΣ", "İ", "cart.yaml");
const paths = fc.uniqueArray(fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join("/")));

function names(path: string, word: string): boolean {
  return path.split("/").some((part) => plainName(part.replace(/\.[^.]*$/, "")) === word);
}

test("every path with a segment of the name is told, in order, and each once", () => {
  fc.assert(
    fc.property(paths, segment.map(plainName), (all, word) => {
      const told = ownershipIndex({ targets: [], controllers: [], diagnostics: [] }, all).pathsNaming(word);
      expect(told).toEqual(all.filter((path) => told.includes(path)));
      for (const path of all) if (names(path, word)) expect(told).toContain(path);
    }),
    { numRuns: 500 },
  );
});

test("a plan looks only at the files that its own target may have", () => {
  const services = Array.from({ length: 50 }, (_, index) => `service-${index}`);
  const files = Object.fromEntries(
    services.map((name) => [`apps/${name}/deployment.yaml`, deployment(name, "r.io/a:v1")]),
  );
  const catalogue = catalogueOf(files);
  const asked: string[] = [];
  const holders = (file: string) => {
    asked.push(file);
    return catalogue.holders?.(file) ?? [];
  };
  const tree = [...Object.keys(files), "apps/service-7/notes.yaml", "apps/service-7/README.md"];
  const index = ownershipIndex({ ...catalogue, holders }, tree);
  const entry = select(catalogue, { service: "service-7" });
  const owned = ownedFiles(index, entry, [entry.target]);
  expect(owned.present).toEqual(["apps/service-7/deployment.yaml", "apps/service-7/notes.yaml"]);
  expect([...new Set(asked)].every((file) => file.startsWith("apps/service-7/"))).toBe(true);
});
