import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";

const versions = z.record(z.string(), z.string()).optional();
const kinds = { dependencies: versions, devDependencies: versions, optionalDependencies: versions };
const manifest = z.object(kinds).parse(JSON.parse(readFileSync("package.json", "utf8")));
const { packages } = z
  .object({ packages: z.record(z.string(), z.object(kinds)) })
  .parse(JSON.parse(readFileSync("package-lock.json", "utf8")));

test("the lockfile says what package.json says, or npm ci refuses it", () => {
  expect(packages[""]).toEqual(manifest);
});

test("the lockfile holds every platform's packages, or npm ci refuses it on the others", () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => packages[`${path}/node_modules/${name}`] === undefined)
      .filter((name) => packages[`node_modules/${name}`] === undefined),
  );
  expect(missing).toEqual([]);
});
