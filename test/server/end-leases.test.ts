import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { assembledShop } from "./assembled-shop.ts";

const start = Date.parse("2026-11-20T10:00:00Z");

test("a repository that can't be opened keeps no other from being looked at", async () => {
  const source = (repository: string) =>
    ({ name: repository, type: "alertmanager", repository, environments: undefined, tokens: [] }) as const;
  const failed: object[] = [];
  const { assembly, mirrors } = await assembledShop(
    start,
    { sources: [source("acme/gone"), source("acme/shop")] },
    { info: () => {}, warn: () => {}, error: (fields) => void failed.push(fields) },
  );
  await assembly.endLeases?.();
  expect(failed).toMatchObject([{ repository: "acme/gone" }]);
  // To be looked at it was cloned.
  expect(readdirSync(mirrors)).toContainEqual(expect.stringMatching(/^acme_shop-/));
});
