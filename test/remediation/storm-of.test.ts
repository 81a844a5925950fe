import { expect, it } from "vitest";
import { correlate } from "../../src/incidents/correlate.ts";
import { leaseAlert } from "../../src/incidents/lease-alert.ts";
import { newRecord } from "../../src/remediation/new-record.ts";
import { stormOf } from "../../src/remediation/storm-of.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { alert, incident, minute, t0 } from "../support/situation.ts";

const now = t0 + 60 * minute;

/** Services whose alerts were heard of an hour ago, when their incidents were last worked on. */
async function asleep(services: readonly string[]) {
  const store = await openSqliteStore({ directory: ":memory:" });
  for (const service of services) {
    const target = { service, environment: "production", namespace: "shop" };
    const record = newRecord(incident({ id: service, target, alerts: [alert({ fingerprint: service })] }));
    await store.incidents.save(record);
  }
  const repeat = (fingerprint: string, status: "firing" | "resolved" = "firing") =>
    store.inbox.accept({
      source: "prometheus",
      type: "alertmanager",
      event: "",
      dedupeKey: `${fingerprint} ${status}`,
      body: "{}",
      receivedAt: now - 2 * minute,
      sightings: [{ fingerprint, startsAt: t0, status }],
    });
  const sick = async () => (await stormOf(store, "acme/shop", now - 10 * minute, "")).sickServices;
  return { store, repeat, sick };
}

it("a service whose incident sleeps counts as sick as long as its alert repeats", async () => {
  const { store, repeat, sick } = await asleep(["cart", "search", "checkout"]);
  expect(await sick()).toBe(0);
  await repeat("cart");
  await repeat("search");
  expect(await sick()).toBe(2);
  await repeat("checkout", "resolved");
  expect(await sick()).toBe(2);
  await repeat("checkout");
  expect(await sick()).toBe(3);
  await store.close();
});

it("nobody is asked after where the breaker is tripped anyway", async () => {
  const { store } = await asleep([]);
  const incidents = Object.assign(Object.create(store.incidents), {
    open: () => expect.unreachable("read for nothing"),
    storm: async () => ({ sickServices: 3, branchesUnderWay: [] }),
  });
  expect(await stormOf({ incidents, inbox: store.inbox }, "acme/shop", 0, "")).toMatchObject({ sickServices: 3 });
  await store.close();
});

it("a mitigation whose time is over makes no service sick", async () => {
  const { store, sick } = await asleep([]);
  for (const service of ["cart", "search", "checkout"]) {
    const target = { service, environment: "production", namespace: "shop" };
    const at = { startsAt: t0, expiresAt: t0, observedAt: now };
    const told = { repository: "acme/shop", target, commit: service, over: false, ...at };
    const { incident: opened } = correlate([], leaseAlert(told), target);
    if (opened !== undefined) await store.incidents.save(newRecord(opened));
  }
  expect(await store.incidents.open("acme/shop")).toHaveLength(3);
  expect(await sick()).toBe(0);
  await store.close();
});
