import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { shadow } from "../store/store-fixtures.ts";
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

test("with each look, what Remit would have done where it might not is compared with what people merged", async () => {
  const source = {
    name: "shop",
    type: "alertmanager",
    repository: "acme/shop",
    environments: undefined,
    tokens: [],
  } as const;
  const { assembly, clock } = await assembledShop(start, { sources: [source] }, undefined);
  await assembly.store.shadows.add(shadow("of an incident that is forgotten", { plannedAt: start }));
  await assembly.endLeases?.();
  expect(await assembly.store.shadows.waiting("acme/shop")).toHaveLength(1);
  clock.advance(24 * 60 * 60_000);
  await assembly.endLeases?.();
  expect(await assembly.store.shadows.results()).toMatchObject([{ outcome: "none" }]);
});
