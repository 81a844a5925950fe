import { describe, expect, it } from "vitest";
import { overlay } from "../../../src/sandbox/demo/shop-files.ts";
import { type IncidentWorld, minute } from "../../support/incident-world.ts";
import { incidentWorlds } from "../../support/incident-worlds.ts";
import { people, shop } from "../../support/play.ts";
import { breaks, checkout, mayOnly, pushed, rolledBack, shadowOfOne } from "../../support/shadow-world.ts";

describe("what people merge where Remit might not act", { timeout: 240_000 }, () => {
  const opened = incidentWorlds();

  async function compared(made: IncidentWorld) {
    await made.compareShadows();
    return (await shadowOfOne(made)).comparison;
  }

  it("is theirs from the moment at which their pull request is merged", async () => {
    const made = await opened(mayOnly("observe"));
    await breaks(made);
    const { plannedAt } = await shadowOfOne(made);
    made.clock.advance(2 * minute);
    const files = { [checkout]: rolledBack };
    await made.github.commitAs("bob", { branch: "back", message: "Go back to v1.4.2", files });
    const bob = people(made, "bob").rest;
    const { data } = await bob.pulls.create({ ...shop, title: "Go back", head: "back", base: "main" });
    await bob.repos.createCommitStatus({ ...shop, sha: data.head.sha, state: "success", context: "remit/gate" });
    made.clock.advance(6 * minute);
    const pull_number = data.number;
    const { data: merged } = await people(made, "alice").rest.pulls.merge({
      ...shop,
      pull_number,
      merge_method: "squash",
    });
    await made.receive([made.event("push")]);
    const change = { commit: merged.sha, at: plannedAt + 8 * minute, by: "person" };
    expect(await compared(made)).toEqual({ outcome: "same", change });
  });

  it("is a part where they put one of two fields back, and all of it once they put the other back", async () => {
    const made = await opened(mayOnly("observe"));
    await made.github.commitAs("alice", {
      branch: "main",
      message: "Release checkout v1.5.0 to production, on fewer pods",
      files: { [checkout]: overlay("checkout", "production", "v1.5.0", 1) },
    });
    made.clock.advance(13 * minute);
    await made.receive([made.firing(), made.event("push")]);
    await made.reconcile();
    expect((await shadowOfOne(made)).effects).toHaveLength(2);
    const part = await pushed(made, {
      after: 4,
      files: { [checkout]: overlay("checkout", "production", "v1.4.2", 1) },
    });
    expect(await compared(made)).toMatchObject({ outcome: "partly", change: { commit: part } });
    const rest = await pushed(made, { after: 4, files: { [checkout]: rolledBack } });
    expect(await compared(made)).toMatchObject({ outcome: "same", change: { commit: rest } });
  });

  it("is no comment, nothing of Remit's own, and nothing of another service's", async () => {
    const made = await opened(mayOnly("observe"));
    await breaks(made);
    const bad = overlay("checkout", "production", "v1.5.0", 3);
    await pushed(made, { after: 1, files: { [checkout]: `# Somebody looks into this.\n${bad}` } });
    await pushed(made, {
      after: 1,
      files: { "apps/cart/overlays/production/kustomization.yaml": overlay("cart", "production", "v2.8.2", 2) },
    });
    expect(await compared(made)).toEqual({ outcome: "none" });
    const message = "Go back\n\nRemit-Incident: x\nRemit-Candidate: y\n";
    await pushed(made, { after: 1, files: { [checkout]: rolledBack }, message });
    expect(await compared(made)).toEqual({ outcome: "none" });
  });

  it("is waited for a week at most, however long the incident is open", async () => {
    const made = await opened(mayOnly("observe"));
    await breaks(made);
    const { plannedAt } = await shadowOfOne(made);
    const week = 7 * 24 * 60 * minute;
    made.clock.advance(plannedAt + week - 1 - made.clock.now());
    await made.compareShadows();
    expect((await shadowOfOne(made)).settledAt).toBeUndefined();
    made.clock.advance(1);
    expect(await compared(made)).toEqual({ outcome: "none" });
    expect((await shadowOfOne(made)).settledAt).toBe(plannedAt + week);
  });

  it("stays unsaid where they took the whole file away", async () => {
    const made = await opened(mayOnly("observe"));
    await breaks(made);
    await pushed(made, { after: 1, files: { [checkout]: null } });
    expect(await compared(made)).toEqual({ outcome: "none" });
  });
});
