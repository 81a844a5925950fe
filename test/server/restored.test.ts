/** `serve` with an empty data directory: what was open comes back before anything is heard. */
import { expect, it } from "vitest";
import { alertmanagerBody } from "../../src/sandbox/cluster/alertmanager-body.ts";
import { badRelease, shopHistory } from "../../src/sandbox/demo/shop-history.ts";
import type { Assembly } from "../../src/server/assembly.ts";
import type { Delivery } from "../../src/store/store.ts";
import { repo } from "../sandbox/github/world.ts";
import { minute, reviewedShop, start } from "./review/reviewed-shop.ts";
import { prom } from "./watchdog/watched-shop.ts";

const labels = { alertname: "HighErrorRate", service: "checkout", environment: "production", severity: "critical" };

async function proposedShop() {
  const shop = await reviewedShop({ sources: [prom], review: false }, { initial: shopHistory(start, "propose") });
  const { github, assembly, clock, look } = shop;
  const startsAt = start + 11 * minute;
  const told = (endsAt?: number): Delivery => {
    const body = alertmanagerBody(
      { labels, annotations: {}, startsAt, endsAt },
      "remit",
      "http://alertmanager.example",
    );
    const common = { source: "prom", type: "alertmanager", event: "", dedupeKey: body, body, receivedAt: clock.now() };
    return { ...common, id: "1", state: "pending", attempts: 1, error: undefined };
  };
  const { author, message, files } = badRelease(start);
  clock.advance(10 * minute);
  await github.commitAs(author, { branch: "main", message, files });
  clock.advance(3 * minute);
  await assembly.handleDelivery(told());
  await look();
  clock.advance(6 * minute);
  await look();
  const pulls = async () => (await shop.people.rest.pulls.list({ ...repo, state: "all" })).data;
  const open = async (each: Assembly) => (await each.store.incidents.open()).map(({ incident }) => incident.id);
  return { ...shop, told, pulls, open };
}

it("an incident is known again at the first look, and ends when its alert does", { timeout: 120_000 }, async () => {
  const { assembly, another, look, told, pulls, open, clock } = await proposedShop();
  expect(await pulls()).toMatchObject([{ state: "open" }]);
  const before = await open(assembly);
  expect(before).toHaveLength(1);
  const second = await another();
  await second.endLeases?.();
  expect(await open(second)).toEqual(before);
  await second.handleDelivery(told(clock.now()));
  await look(second);
  expect(await open(second)).toEqual([]);
  expect(await pulls()).toMatchObject([{ state: "closed", merged_at: null }]);
});

it("an incident is known before the first delivery is handled, and where GitHub doesn't answer, at the next look", {
  timeout: 120_000,
}, async () => {
  const { assembly, another, github, told, open, clock } = await proposedShop();
  const before = await open(assembly);
  const second = await another();
  const notes = await second.handleDelivery(told(clock.now()));
  expect(notes.join()).toContain(`updated: incident ${before[0]}`);
  const third = await another();
  const refused = { kind: "status", status: 403, when: "before" } as const;
  github.faults.fail({ operation: "repository", times: 9 }, refused);
  await third.endLeases?.();
  expect(await open(third)).toEqual([]);
  github.faults.clear();
  await third.endLeases?.();
  expect(await open(third)).toEqual(before);
});

it("an alert that comes before GitHub answers waits, and opens no second incident of the same target", {
  timeout: 120_000,
}, async () => {
  const { assembly, another, github, told, open, look, clock } = await proposedShop();
  const before = await open(assembly);
  const second = await another();
  github.faults.fail({ operation: "repository", times: 9 }, { kind: "status", status: 502, when: "before" });
  const later = told();
  const twice = [second.handleDelivery(later), second.handleDelivery(later)];
  for (const { status } of await Promise.allSettled(twice)) expect(status).toBe("rejected");
  expect(await second.store.incidents.list(9)).toEqual([]);
  github.faults.clear();
  await second.handleDelivery(later);
  expect(await open(second)).toEqual(before);
  await second.handleDelivery(told(clock.now()));
  await look(second);
  expect(await open(second)).toEqual([]);
});
