import { describe, expect, it } from "vitest";
import { overlay } from "../../../src/sandbox/demo/shop-files.ts";
import { minute } from "../../support/incident-world.ts";
import { incidentWorlds } from "../../support/incident-worlds.ts";
import { left } from "../../support/play.ts";
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
});
