import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { ailmentNames } from "./ailments.ts";
import { addCounts, countsOf, missing, noCounts } from "./coverage.ts";
import type { Merging } from "./custody.ts";
import { describeFailure } from "./describe-failure.ts";
import { faultPoints } from "./fault-points.ts";
import { mutants } from "./mutants/mutants.ts";
import { suspectsFlaps } from "./mutants/order.ts";
import { ailing, badRelease, undoneFix } from "./quiet-worlds.ts";
import { refusals } from "./refusals.ts";
import { regressions } from "./regressions.ts";
import { runScenario, sharedParts } from "./run-seed.ts";
import { type Scenario, scenarioOf } from "./scenario.ts";
import { shrink } from "./shrink.ts";

/** CI plays a thousand. */
const seeds = 8;
const shared = await sharedParts();

/** Deliveries come twice, late, and in another order. */
function stirredUp(world: Scenario): Scenario {
  const rates = {
    "delivery: doubled": 0.4,
    "delivery: refused and sent again": 0.2,
    "interleave: a delivery arrives": 0.3,
  };
  return { ...world, faults: { kind: "chance", rates } };
}

describe("the simulation", () => {
  it(`keeps every promise in ${seeds} worlds`, async () => {
    for (let seed = 1; seed <= seeds; seed++) {
      const { failure, lines } = await runScenario(scenarioOf(seed), shared);
      expect(failure, `npm run simulate -- --seed ${seed} --trace\n${failure && lines.slice(-40).join("\n")}`).toBe(
        undefined,
      );
    }
  }, 300_000);

  it("gives the same trace for the same seed, byte for byte", async () => {
    const again = await sharedParts();
    for (const seed of [3, 21]) {
      const first = await runScenario(scenarioOf(seed), shared);
      const second = await runScenario(scenarioOf(seed), again);
      expect(second.lines).toEqual(first.lines);
      expect(second.fingerprint).toBe(first.fingerprint);
      expect(first.lines.length).toBeGreaterThan(20);
    }
  }, 120_000);

  it("puts an unattended fix into main when nothing goes wrong", async () => {
    const { failure, outcomes, lines } = await runScenario(badRelease()(1), shared);
    expect(failure).toBe(undefined);
    expect(outcomes).toEqual(["recovered"]);
    expect(lines.filter((line) => line.includes("a merge: 200"))).toHaveLength(1);
  });

  it.each(["auto-merge", "merge queue"] as const)(
    "hears of a merge that it left to GitHub, and sees what comes of it: %s",
    async (merging) => {
      const all = new Set<Merging>();
      for (let seed = 1; seed <= 6; seed++) {
        const world = badRelease({ merging, otherCheck: "green", checkMinutes: 4 })(seed);
        const { failure, outcomes, merging: what } = await runScenario(world, shared);
        expect(failure).toBe(undefined);
        const isLetGo = what.has("the merge queue lets it go");
        expect(outcomes, `seed ${seed}`).toEqual([isLetGo ? "handed-off" : "recovered"]);
        for (const one of what) all.add(one);
      }
      const name = merging === "auto-merge" ? merging : "the merge queue";
      expect([...all]).toEqual(expect.arrayContaining([`${name} is given a change`, `${name} merges it`]));
    },
    60_000,
  );

  it("sees that a merge by the queue is applied, though a fetch brought old refs", async () => {
    const faults = { "git: fetch brings old refs": 0.6 } as const;
    const { failure, outcomes, merging } = await runScenario(badRelease({ merging: "merge queue", faults })(2), shared);
    expect(failure).toBe(undefined);
    expect(merging).toContain("the merge queue merges it");
    expect(outcomes).toEqual(["recovered"]);
  });

  it.each(ailmentNames)(
    "relieves a service by its runbook, for a time where that is all it needs: %s",
    async (name) => {
      const { failure, outcomes, lines } = await runScenario(ailing(name)(1), shared);
      expect(failure).toBe(undefined);
      const isForATime = !["out of memory", "bad feature", "stuck process"].includes(name);
      expect(outcomes).toEqual(isForATime ? ["recovered", "recovered"] : ["recovered"]);
      expect(lines.filter((line) => line.includes("a merge: 200"))).toHaveLength(outcomes.length);
    },
  );

  it.each(regressions.map(({ name, world }) => [name, world] as const))(
    "keeps every promise where one was broken before: %s",
    async (_name, world) => {
      for (let seed = 1; seed <= 2; seed++) {
        const { failure, lines } = await runScenario(world(seed), shared);
        expect(failure, lines.slice(-40).join("\n")).toBe(undefined);
      }
    },
    300_000,
  );

  it("I11: leaves the same behind however deliveries are doubled, refused at first and reordered", async () => {
    for (const world of [badRelease({ calmAfter: 60 }), badRelease({ tier: "delay", calmAfter: 60 }), undoneFix()]) {
      const calm = await runScenario(world(1), shared);
      for (let seed = 1; seed <= 4; seed++) {
        const stirred = await runScenario(stirredUp(world(seed)), shared);
        expect(stirred.failure).toBe(undefined);
        expect(stirred.left, `seed ${seed}`).toEqual(calm.left);
      }
    }
  }, 60_000);

  it("says which faults never struck, and what GitHub never refused", async () => {
    const counts = addCounts(noCounts, countsOf(await runScenario(badRelease()(1), shared)));
    expect(missing(counts)).toEqual(expect.arrayContaining([...faultPoints, ...refusals]));
  });
});

it("no mutant, no promise: each one that docs/simulation.md names is shown to be watched", () => {
  const [, promises = ""] = readFileSync("docs/simulation.md", "utf8").split("\n## The promises\n");
  const named = promises.split("\n## ")[0]?.match(/\b[AILPX]\d+\b/g) ?? [];
  const broken = [...mutants, suspectsFlaps].map(({ breaks }) => breaks);
  expect([...new Set(broken)].sort()).toEqual([...new Set(named)].sort());
});

describe("a planted bug", () => {
  it.each(mutants.map((mutant) => [mutant.name, mutant.breaks, mutant] as const))(
    "that %s breaks %s",
    async (_name, breaks, { plant, world }) => {
      for (let seed = 1; seed <= 4; seed++) {
        expect((await runScenario(world(seed), shared)).failure, "the same world without it").toBe(undefined);
        const { failure } = await runScenario(world(seed), shared, plant());
        if (failure !== undefined) return expect(failure.invariant).toBe(breaks);
      }
      expect.unreachable("nobody noticed");
    },
    300_000,
  );

  it(`that ${suspectsFlaps.name} breaks I11`, async () => {
    const { world, plant } = suspectsFlaps;
    const calm = await runScenario(world(1), shared, plant());
    expect(calm.failure).toBe(undefined);
    const different = [];
    for (let seed = 1; seed <= 8; seed++) {
      const { left } = await runScenario(stirredUp(world(seed)), shared, plant());
      if (!isDeepStrictEqual(left, calm.left)) different.push(seed);
    }
    expect(different).not.toEqual([]);
  }, 120_000);

  it("is shown in a world with nothing in it but what matters, with the command that replays it", async () => {
    const mutant = mutants.find(({ breaks }) => breaks === "I3");
    if (mutant === undefined) throw new Error("no mutant breaks I3");
    const noise = { "delivery: doubled": 0.3, "github: 5xx before the effect": 0.1 };
    const world = { ...mutant.world(5), faults: { kind: "chance", rates: noise } } as const;
    const failed = await runScenario(world, shared, mutant.plant());
    expect(failed.failure?.invariant).toBe("I3");
    const shrunk = await shrink(world, failed, shared, mutant.plant(), 60);
    expect(shrunk.outcome.struck.length).toBeLessThan(failed.struck.length);
    expect(shrunk.scenario.acts).toHaveLength(1);
    expect(describeFailure(5, failed, shrunk)).toContain("npm run simulate -- --seed 5 --trace");
  }, 120_000);
});
