import { describe, expect, it } from "vitest";
import { authorityFile, overlay, overlayFile } from "../../../src/sandbox/demo/shop-files.ts";
import { minute } from "../../support/incident-world.ts";
import { incidentWorlds } from "../../support/incident-worlds.ts";
import { left, people, shop } from "../../support/play.ts";
import { breaks, checkout, mayOnly, pushed, recovers, rolledBack, shadowOfOne } from "../../support/shadow-world.ts";

const day = 24 * 60 * minute;
const renovate = { name: "renovate[bot]", email: "29139614+renovate[bot]@users.noreply.github.com" };

describe("a change that Remit may not make", { timeout: 240_000 }, () => {
  const opened = incidentWorlds();

  it("is kept without a word on GitHub where it may only watch, and is the same as what a person merges ten minutes later", async () => {
    const made = await opened(mayOnly("observe"));
    await breaks(made);
    const kept = await shadowOfOne(made);
    expect(kept).toMatchObject({ action: "rollback", runbook: "built-in", tier: "observe" });
    expect(kept.comparison).toBeUndefined();
    expect(kept.effects).toMatchObject([{ file: checkout, before: "v1.5.0", after: "v1.4.2" }]);
    await made.compareShadows();
    expect(await shadowOfOne(made)).toEqual(kept);

    const commit = await pushed(made, { after: 10, files: { [checkout]: rolledBack } });
    await made.compareShadows();
    const change = { commit, at: kept.plannedAt + 10 * minute, by: "person" };
    expect(await shadowOfOne(made)).toMatchObject({ comparison: { outcome: "same", change } });
    expect(await made.store.shadows.results()).toMatchObject([{ outcome: "same", leadMs: 10 * minute }]);
    expect(await left(made)).toMatchObject({ pulls: [], issues: [] });
  });

  it("that people answer by something else is another change, once the incident is over for a day", async () => {
    const made = await opened(mayOnly("observe"));
    await breaks(made);
    const commit = await pushed(made, {
      after: 3,
      files: { [checkout]: overlay("checkout", "production", "v1.5.0", 6) },
    });
    await made.compareShadows();
    expect(await shadowOfOne(made)).toMatchObject({ comparison: { outcome: "other" } });
    await recovers(made);
    made.clock.advance(day - minute);
    await made.compareShadows();
    expect((await shadowOfOne(made)).settledAt).toBeUndefined();
    made.clock.advance(minute);
    await made.compareShadows();
    const settled = await shadowOfOne(made);
    expect(settled).toMatchObject({
      comparison: { outcome: "other", change: { commit } },
      settledAt: made.clock.now(),
    });
    await pushed(made, { after: 1, files: { [checkout]: rolledBack } });
    await made.compareShadows();
    expect(await shadowOfOne(made)).toEqual(settled);
  });

  it("that nobody makes in git has no answer; what a program writes is none either", async () => {
    const made = await opened(mayOnly("observe"));
    await breaks(made);
    const commit = await pushed(made, { after: 3, files: { [checkout]: rolledBack }, signedBy: renovate });
    await pushed(made, { after: 1, files: { "README.md": "# Shop\n" } });
    await made.compareShadows();
    await recovers(made);
    made.clock.advance(day);
    await made.compareShadows();
    const change = { commit, by: "program" };
    expect(await shadowOfOne(made)).toMatchObject({ comparison: { outcome: "none", change } });
    expect(await made.store.shadows.results()).toMatchObject([{ outcome: "none", leadMs: undefined }]);
  });

  it("that a person makes with another change of the same target is the same and more, though a lost webhook told of nothing", async () => {
    const made = await opened(mayOnly("observe"));
    await breaks(made);
    made.clock.advance(5 * minute);
    const files = { [checkout]: overlay("checkout", "production", "v1.4.2", 6) };
    const commit = await made.github.commitAs("bob", { branch: "main", message: "Go back", files });
    await made.compareShadows();
    expect((await shadowOfOne(made)).comparison).toBeUndefined();
    await recovers(made);
    made.clock.advance(day);
    await made.compareShadows();
    expect(await shadowOfOne(made)).toMatchObject({ comparison: { outcome: "same-and-more", change: { commit } } });
  });

  it("may be answered before and after a restart, and a crash at any of its writes changes nothing", async () => {
    const made = await opened(mayOnly("observe"));
    made.crashAt(1);
    await breaks(made);
    await made.restart();
    const kept = await shadowOfOne(made);
    const two = overlay("checkout", "production", "v1.5.0", 6);
    await pushed(made, { after: 3, files: { [checkout]: two } });
    made.crashAt(made.effects + 1);
    await made.compareShadows();
    expect((await shadowOfOne(made)).comparison).toMatchObject({ outcome: "other" });
    await made.restart();
    await made.compareShadows();
    const commit = await pushed(made, { after: 7, files: { [checkout]: two.replace("v1.5.0", "v1.4.2") } });
    await made.restart();
    await made.compareShadows();
    const change = { commit, at: kept.plannedAt + 10 * minute, by: "person" };
    expect(await shadowOfOne(made)).toMatchObject({ comparison: { outcome: "same", change }, digest: kept.digest });
  });

  it("is answered for the newest incident of its target only, and other targets have answers of their own", async () => {
    const made = await opened(mayOnly("observe"));
    await breaks(made);
    await recovers(made);
    const cart = overlayFile("cart", "production");
    await pushed(made, { after: 20, files: { [cart]: overlay("cart", "production", "v2.8.2", 2) } });
    made.clock.advance(5 * minute);
    const labels = (service: string) => ({ ...made.firing().labels, service });
    const startsAt = made.clock.now();
    await made.receive([
      made.firing({ startsAt, fingerprint: "again" }),
      made.firing({ startsAt, fingerprint: "cart", labels: labels("cart") }),
    ]);
    await made.reconcile();
    expect(await made.store.shadows.waiting("acme/shop")).toHaveLength(3);
    await pushed(made, { after: 4, files: { [checkout]: rolledBack } });
    await made.compareShadows();
    const [first, ...later] = (await made.store.shadows.list(9)).toSorted((a, b) => a.plannedAt - b.plannedAt);
    expect(first).toMatchObject({ target: { service: "checkout" }, comparison: { outcome: "none" } });
    expect(first?.settledAt).toBe(made.clock.now());
    const second = later.find(({ target }) => target.service === "checkout");
    expect(second).toMatchObject({ comparison: { outcome: "same" }, settledAt: made.clock.now() });
    const other = later.find(({ target }) => target.service === "cart");
    expect([other?.comparison, other?.settledAt]).toEqual([undefined, undefined]);
  });

  it("is told in the issue of a suggestion when it ends, and by runbook on the dashboard, at no more requests", async () => {
    const made = await opened({ ...mayOnly("suggest"), dashboard: true });
    await breaks(made);
    const { rest } = people(made, "alice");
    const commit = await pushed(made, { after: 12, files: { [checkout]: rolledBack } });
    await recovers(made);
    const { data: issues } = await rest.issues.listForRepo({ ...shop, state: "closed" });
    const { data: comments } = await rest.issues.listComments({ ...shop, issue_number: issues[0]?.number ?? 0 });
    expect(comments.map(({ body }) => body).join("\n")).toContain(
      `- A person merged the same change 12 min after Remit planned it: ${commit.slice(0, 12)}\n`,
    );
    const shown = async () => {
      await made.keepDashboard();
      const { data } = await rest.issues.listForRepo({ ...shop, labels: "remit:dashboard" });
      return data[0]?.body ?? "";
    };
    expect(await shown()).not.toContain("What people merged");
    const before = made.forge.requests;
    await made.compareShadows();
    expect(made.forge.requests).toBe(before);
    expect(await shown()).toContain("| `built-in` | `rollback` | 1 | 1 | 0 | 0 | 0 | 0 | 12 min (median of 1) |");
    const told = made.forge.requests;
    made.clock.advance(30 * minute);
    await made.compareShadows();
    await made.keepDashboard();
    expect(made.forge.requests).toBe(told);
  });

  it("isn't compared any more once Remit may make it after all", async () => {
    const made = await opened(mayOnly("observe"));
    await breaks(made);
    await shadowOfOne(made);
    const policy = authorityFile("propose").replace("version: 1", "version: 3");
    await pushed(made, { after: 2, files: { ".github/remit/authority.yaml": policy } });
    await made.reconcile();
    await made.compareShadows();
    expect(await left(made)).toMatchObject({ pulls: [{ state: "open" }] });
    expect(await made.store.shadows.list(10)).toEqual([]);
  });
});
