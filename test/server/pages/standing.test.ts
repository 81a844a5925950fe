import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { minute } from "../../support/situation.ts";
import { assembledShop } from "../assembled-shop.ts";
import { source } from "./status-world.ts";

const start = Date.parse("2026-11-20T10:00:00Z");
const hold = { lease: { key: "dashboard acme/shop", token: "t" }, renew: async () => {} };

it("a repository's standing is told from what is here: nothing is cloned or asked for it", async () => {
  const { assembly, clock, mirrors } = await assembledShop(
    start,
    { sources: [source, { ...source, name: "gone", repository: "acme/gone" }], dashboard: true },
    { info: () => {}, warn: () => {}, error: () => {} },
  );
  const before = await assembly.standing?.();
  expect(before).toMatchObject({ model: false, budgets: [] });
  expect(before?.repositories.map(({ fetchedAt, dashboard }) => [fetchedAt, dashboard])).toEqual([
    [undefined, undefined],
    [undefined, undefined],
  ]);
  expect(existsSync(mirrors)).toBe(false);

  await assembly.endLeases?.();
  const openedAt = clock.now();
  clock.advance(5 * minute);
  const [shop, gone] = (await assembly.standing?.())?.repositories ?? [];
  expect(shop?.fetchedAt).toBe(openedAt);
  expect(shop?.dashboard?.authority.kind).toBe("present");
  expect(shop?.stopLookedAt).toBeUndefined();
  expect(gone).toMatchObject({ repository: "acme/gone", fetchedAt: undefined, dashboard: undefined });

  await assembly.reconcile(hold.lease.key, hold);
  const after = await assembly.standing?.();
  expect(after?.repositories[0]?.stopLookedAt).toBe(clock.now());
  const graphql = after?.budgets.find(({ resource }) => resource === "graphql");
  expect(graphql).toMatchObject({ account: "acme", at: clock.now() });
  const { remaining = 0, limit = 0 } = graphql ?? {};
  expect(remaining).toBeGreaterThan(0);
  expect(remaining).toBeLessThan(limit);
});
