/** Field note S17: what a merge rests on changes between any two things that Remit does. */
import { describe, expect, it } from "vitest";
import type { ActKind, Moment } from "./acts.ts";
import { badRelease } from "./quiet-worlds.ts";
import { runScenario, sharedParts } from "./run-seed.ts";

type World = ReturnType<typeof badRelease>;

const shared = await sharedParts();
/** Between the approval and the merge it is asked what the reviewer may do, and looked at once more. */
const reviewed = badRelease({ tier: "propose", reviewMinutes: 3, calmAfter: 20 });
const unattended = badRelease({ calmAfter: 20 });
const before = new Map([
  [reviewed, await requestsUpToTheMerge(reviewed)],
  [unattended, await requestsUpToTheMerge(unattended)],
]);

/** The store tells nothing of GitHub, so what happens between two requests is the same wherever it happens. */
async function requestsUpToTheMerge(world: World): Promise<readonly Extract<Moment, { phase: unknown }>[]> {
  const { moments, failure } = await runScenario(world(1), shared);
  expect(failure).toBe(undefined);
  const requests = moments.filter(({ effect }) => effect !== "a store write");
  const merge = requests.findIndex(({ effect }) => effect === "a merge");
  expect(merge).toBeGreaterThan(4);
  return requests.slice(0, merge + 2);
}

describe("field note S17: between any two requests", () => {
  it.each<[what: string, act: ActKind, world: World, keepsFromMerging: boolean]>([
    ["the head changes", "pushes to Remit's branch", reviewed, true],
    ["the base changes in the same file", "pushes to the same file", reviewed, false],
    ["the base changes elsewhere", "pushes something else", reviewed, false],
    ["the value itself changes", "rolls forward", reviewed, true],
    ["the default branch is renamed", "renames the default branch", reviewed, false],
    ["the repository is renamed", "renames the repository", reviewed, false],
    ["the policy changes", "allows nothing", reviewed, true],
    ["its calendar changes", "freezes everything", unattended, true],
    ["somebody objects", "requests changes", reviewed, true],
    ["there is a stop file", "puts the stop file", reviewed, true],
    ["there is a stop issue", "opens a stop issue", reviewed, true],
    ["the stop in its environment is set", "sets the stop in the environment", reviewed, true],
  ])(
    "%s, and every promise holds",
    async (_what, kind, world, keepsFromMerging) => {
      const moments = before.get(world) ?? [];
      let happened = 0;
      let merged = 0;
      for (const when of moments) {
        const act = { kind, by: kind.startsWith("renames") ? "alice" : "bob", service: "checkout", when } as const;
        const { failure, acts, lines } = await runScenario({ ...world(1), acts: [act] }, shared);
        const where = `before ${when.effect}, time ${when.nth}`;
        expect(failure, `${where}\n${failure && lines.slice(-30).join("\n")}`).toBe(undefined);
        if (acts.has(kind)) happened += 1;
        if (lines.some((line) => line.includes("a merge: 200"))) merged += 1;
      }
      // A pull request must be there first for some of them.
      expect(happened).toBeGreaterThan(moments.length / 3);
      if (keepsFromMerging) expect(merged).toBeLessThan(moments.length - 2);
    },
    60_000,
  );
});
