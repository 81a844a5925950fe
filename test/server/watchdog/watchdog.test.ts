import { expect, it } from "vitest";
import { appPermissions } from "../../../src/sandbox/github/app-permissions.ts";
import { createWatchdog } from "../../../src/server/watchdog/watchdog.ts";
import { repo } from "../../sandbox/github/world.ts";
import { prom, start, watchedShop } from "./watched-shop.ts";

const { issues: _, ...withoutIssues } = appPermissions;
const { checks: __, ...withoutChecks } = appPermissions;

it("a source that falls silent is trouble at once, and an issue when it lasts; heard again, the issue closes", {
  timeout: 60_000,
}, async () => {
  const { heard, wait, issue, issues, kinds } = await watchedShop([prom]);
  heard.alive(prom);
  await wait(15);
  expect(await kinds()).toEqual([]);
  expect(await issues()).toEqual([]);
  await wait(1);
  expect(await kinds()).toEqual(["source-silent"]);
  expect(await issues()).toEqual([]);
  await wait(3);
  expect(await issue()).toMatchObject({ state: "open", title: "Remit can't do its work here" });
  const { body } = await issue();
  expect(body).toContain(
    "The source prom is silent for longer than it may be: alerts may be lost (source-silent), since 2026-11-20 10:00:00 UTC.",
  );
  expect(body).toContain("It has to send an alert that fires, named: `Watchdog`.");
  heard.alive(prom);
  expect(await kinds()).toEqual([]);
  await wait(9);
  expect(await issue()).toMatchObject({ state: "open", body });
  heard.alive(prom);
  await wait(5);
  expect(await issue()).toMatchObject({ state: "closed", body: expect.stringContaining("All is right again") });
});

it("trouble that comes again is told in the same issue", { timeout: 60_000 }, async () => {
  const { heard, wait, issue, github } = await watchedShop([prom]);
  await wait(20);
  const { number } = await issue();
  heard.alive(prom);
  await wait(14);
  expect(await issue()).toMatchObject({ number, state: "closed" });
  await wait(10);
  expect(await issue()).toMatchObject({ number, state: "open" });
  github.assertNoViolations();
});

it("while nothing changes nothing is asked of GitHub, whether or not there is trouble", {
  timeout: 60_000,
}, async () => {
  const { wait, asked, github } = await watchedShop([prom]);
  await wait(5);
  const quiet = asked();
  await wait(10);
  expect(asked()).toBe(quiet);
  await wait(10);
  const told = asked();
  expect(told).toBeGreaterThan(quiet);
  await wait(30);
  expect(asked()).toBe(told);
  expect(github.requests.filter(({ operation }) => operation === "apps/get-installation")).toHaveLength(1);
});

it("an issue that a person closed stays closed until something else breaks", { timeout: 60_000 }, async () => {
  const { wait, issue, people, assembly, clock } = await watchedShop([prom]);
  await wait(20);
  const { number } = await issue();
  await people.rest.issues.update({ ...repo, issue_number: number, state: "closed" });
  await wait(20);
  expect(await issue()).toMatchObject({ state: "closed", body: expect.stringContaining("source-silent") });
  await assembly.store.queue.add("late", clock.now() - 11 * 60_000);
  await wait(5);
  expect(await issue()).toMatchObject({ number, state: "open", body: expect.stringContaining("queue-stuck") });
});

it("an inbox that isn't worked off, and what was parked in it, is told to the source's repository", {
  timeout: 60_000,
}, async () => {
  const { wait, issue, assembly, clock, kinds } = await watchedShop([prom]);
  const { inbox } = assembly.store;
  const common = { source: "prom", type: "alertmanager", event: "", body: "{}" };
  await inbox.accept({ ...common, dedupeKey: "old", receivedAt: clock.now() - 16 * 60_000 });
  const { id } = await inbox.accept({ ...common, dedupeKey: "bad", receivedAt: clock.now() });
  await inbox.fail(id, "unreadable", undefined);
  expect(await kinds()).toEqual(["inbox-stuck", "deliveries-parked"]);
  await wait(5);
  expect((await issue()).body).toContain("Deliveries of prom were given up (deliveries-parked)");
});

it("a mirror that can't be fetched any more is told with what git said, and forgotten when it works again", {
  timeout: 60_000,
}, async () => {
  const { wait, assembly, clock, github, kinds, dog } = await watchedShop();
  await assembly.endLeases?.();
  const times = 100;
  const disarm = github.faults.fail(
    { operation: "apps/create-installation-access-token", times },
    { kind: "status", status: 500, when: "before" },
  );
  clock.advance(61 * 60_000);
  await wait(1);
  expect(await kinds()).toEqual([]);
  await wait(11);
  expect(await dog.look()).toMatchObject([
    { kind: "mirror-stale", repository: "acme/shop", since: start, detail: expect.stringContaining("500") },
  ]);
  disarm();
  await wait(6);
  expect(await kinds()).toEqual([]);
});

it("an installation that is suspended is noticed by the first request that is refused, and so is its end", {
  timeout: 60_000,
}, async () => {
  const { wait, github, assembly, kinds, lines, issues, clock } = await watchedShop();
  await wait(5);
  github.setInstallation({ installed: "suspended" });
  clock.advance(61 * 60_000);
  await assembly.endLeases?.();
  await expect(assembly.handleDelivery(push(clock.now()))).rejects.toThrow("suspended");
  await wait(1);
  expect(await kinds()).toContain("app-suspended");
  expect(lines.map(({ message }) => message)).toContain("the watchdog found trouble");
  await wait(5);
  expect(lines.map(({ message }) => message)).toContain("the watchdog's issue can't be written");
  expect(await issues()).toEqual([]);
  github.setInstallation({ installed: "active" });
  await wait(30);
  expect(await kinds()).toEqual([]);
});

it("an App that was taken away is told as such", { timeout: 60_000 }, async () => {
  const { wait, github, assembly, kinds, clock } = await watchedShop();
  await wait(2);
  github.setInstallation({ installed: "removed" });
  await assembly.handleDelivery(installation("deleted", clock.now()));
  await wait(1);
  expect(await kinds()).toEqual(["app-not-installed"]);
});

it("permissions that are fewer than app.yml's are told by name, in the issue where it can be written", {
  timeout: 60_000,
}, async () => {
  const { wait, issue, github, assembly, kinds, clock } = await watchedShop();
  await wait(1);
  github.setInstallation({ permissions: { ...withoutChecks, contents: "read" } });
  await assembly.handleDelivery(installation("new_permissions_accepted", clock.now()));
  await wait(1);
  expect(await kinds()).toEqual(["permission-missing"]);
  await wait(4);
  expect((await issue()).body).toContain("What is missing: `contents: write, checks: write`.");
  github.setInstallation({ permissions: appPermissions });
  await wait(25);
  expect(await kinds()).toEqual([]);
  expect(await issue()).toMatchObject({ state: "closed" });
});

it("where the issue itself may not be written it is tried again four times an hour, and written when it may", {
  timeout: 60_000,
}, async () => {
  const { wait, issues, issue, github, assembly, clock, asked } = await watchedShop();
  github.setInstallation({ permissions: withoutIssues });
  await assembly.handleDelivery(installation("new_permissions_accepted", clock.now()));
  await wait(10);
  const before = asked();
  await wait(30);
  expect(asked() - before).toBeLessThan(12);
  expect(await issues()).toEqual([]);
  github.setInstallation({ permissions: { ...appPermissions, checks: "read" } });
  await wait(40);
  expect((await issue()).body).toContain("checks: write");
});

it("a request that is refused for want of a permission is told for an hour, where the installation looks right", {
  timeout: 60_000,
}, async () => {
  const { wait, github, assembly, dog } = await watchedShop([], { dashboard: true });
  await wait(2);
  const message = "Resource not accessible by integration";
  github.faults.fail({ operation: "issues/create" }, { kind: "status", status: 403, when: "before", message });
  await expect(assembly.reconcile("dashboard acme/shop", hold)).rejects.toThrow(message);
  await wait(1);
  expect(await dog.look()).toMatchObject([
    { kind: "permission-missing", detail: "GitHub refused a request of Remit's: its log tells which" },
  ]);
  await wait(75);
  expect(await dog.look()).toEqual([]);
});

it("a key that GitHub doesn't accept any more is told", { timeout: 60_000 }, async () => {
  const { wait, github, dog } = await watchedShop();
  github.faults.fail({ operation: /^apps\//, times: 100 }, { kind: "status", status: 401, when: "before" });
  await wait(1);
  expect(await dog.look()).toMatchObject([
    { kind: "permission-missing", detail: "GitHub doesn't accept the App's key" },
  ]);
});

it("a watchdog whose turn hangs shows by when it last looked, and asks nothing twice meanwhile", async () => {
  const { assembly, clock } = await watchedShop();
  let begun = 0;
  const never = new Promise<void>(() => {});
  const ends = {
    facts: () => ({ mirrors: [], access: [] }),
    issues: undefined,
    look: () => {
      begun += 1;
      return never;
    },
  };
  const { store } = assembly;
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const parts = { store, clock, log, sources: [], heard: async () => [], workedAt: () => clock.now(), self: "x" };
  const dog = createWatchdog({ ...parts, ends, everyMs: 60_000, patienceMs: 1 });
  for (let look = 0; look < 4; look++) await dog.runDue();
  expect(begun).toBe(1);
  expect(dog.lookedAt()).toBeUndefined();
});

it("two replicas keep one issue, whatever each of them sees", { timeout: 60_000 }, async () => {
  const { wait, issue, issues, assembly, process, dog, github } = await watchedShop([prom]);
  const other = process({ ...assembly, store: assembly.store }, "two");
  await other.dog.runDue();
  await wait(20, [dog, other.dog]);
  expect(await issues()).toHaveLength(1);
  const writes = github.requests.filter(({ method, operation }) => method !== "GET" && operation.startsWith("issues/"));
  expect(writes).toHaveLength(1);
  expect(await issue()).toMatchObject({ state: "open" });
});

it("what others wrote is quoted as code", { timeout: 60_000 }, async () => {
  const bad = { ...prom, watchdog: { silenceMs: 60_000, alert: "`@alice` <img src=x> [x](https://evil.example) #1" } };
  const { wait, issue } = await watchedShop([bad]);
  await wait(6);
  expect((await issue()).body).toContain("`` `@alice` <img src=x> [x](https://evil.example) #1 ``");
});

const hold = { lease: { key: "", token: "" }, renew: async () => {} };

function delivery(event: string, body: object, receivedAt: number) {
  return {
    id: "1",
    source: "github",
    type: "github",
    event,
    dedupeKey: "x",
    body: JSON.stringify(body),
    receivedAt,
    state: "pending" as const,
    attempts: 1,
    error: undefined,
  };
}

function installation(action: string, at: number) {
  const repositories = [{ id: 730_001, name: "shop", full_name: "acme/shop" }];
  return delivery(
    "installation",
    { action, repositories, installation: { id: 52_000_001 }, sender: { login: "alice" } },
    at,
  );
}

function push(at: number) {
  const repository = { id: 730_001, full_name: "acme/shop" };
  return delivery(
    "push",
    { ref: "refs/heads/main", repository, installation: { id: 52_000_001 }, sender: { login: "alice" } },
    at,
  );
}
