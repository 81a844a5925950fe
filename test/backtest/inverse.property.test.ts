import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mineHistory } from "../../src/backtest/mine-history.ts";
import { openLocalMirror } from "../../src/gitops/mirror/open-local-mirror.ts";
import { openMiner } from "../../src/gitops/mirror/open-miner.ts";
import { type GitRepository, gitRepository } from "../gitops/git-repository.ts";

/** Values in a file of distinct lines, by their places. */
type Settings = readonly number[];

const places = 12;
const text = (settings: Settings) => settings.map((value, at) => `key${at}: v${value}\n`).join("");
const changed = (settings: Settings, at: number, value: number): Settings =>
  settings.map((old, index) => (index === at ? value : old));

async function found(repository: GitRepository) {
  const miner = await openMiner(repository.directory);
  const mirror = await openLocalMirror(repository.directory);
  try {
    const commits = await miner.commits(await mirror.head(), { since: 0 });
    const { rollbacks } = await mineHistory({ commits, since: 0, patches: miner.patches, between: miner.between });
    return rollbacks.map(({ commit, culprit, extent }) => ({ commit: commit.id, culprit: culprit.id, extent }));
  } finally {
    await mirror.close();
  }
}

/** Minutes after the start. */
function minute(count: number): string {
  return new Date(Date.parse("2026-06-01T10:00:00Z") + count * 60_000).toISOString();
}

const place = fc.nat({ max: places - 1 });
const start: Settings = Array.from({ length: places }, () => 0);

describe("an exact inverse", () => {
  it("is found, whatever was changed elsewhere in the meantime, in the same files and in others", async () => {
    const steps = fc.record({
      culprit: fc.uniqueArray(place, { minLength: 1, maxLength: 3 }),
      meantime: fc.array(fc.record({ at: place, other: fc.boolean() }), { maxLength: 4 }),
      insertion: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(steps, async ({ culprit, meantime, insertion }) => {
        const repository = gitRepository();
        repository.commit({ "a.yaml": text(start), "b.yaml": text(start) }, { at: minute(0) });
        let settings = culprit.reduce((now: Settings, at) => changed(now, at, 1), start);
        const bad = repository.commit({ "a.yaml": text(settings) }, { at: minute(1) });
        let lead = "";
        for (const [index, { at, other }] of meantime.entries()) {
          // What stands beside a changed line would be one change with it to a reader of lines.
          const apart = culprit.every((mine) => Math.abs(mine - at) > 1);
          if (!other && apart) settings = changed(settings, at, 10 + index);
          if (insertion) lead += `# note ${index}\n`;
          const files = {
            "a.yaml": lead + text(settings),
            ...(other ? { "b.yaml": text(changed(start, at, 10 + index)) } : {}),
          };
          repository.commit(files, { at: minute(2 + index) });
        }
        const back = culprit.reduce((now: Settings, at) => changed(now, at, 0), settings);
        const undone = repository.commit({ "a.yaml": lead + text(back) }, { at: minute(60) });
        expect(await found(repository)).toContainEqual({ commit: undone, culprit: bad, extent: "whole" });
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});

describe("an unrelated change", () => {
  it("is never taken for one, even where the same lines change back at another place", async () => {
    const value = fc.integer({ min: 1, max: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ at: place, value }), { minLength: 2, maxLength: 7 }), async (steps) => {
        const repository = gitRepository();
        // The lines are all alike, so that only their place tells them apart; comments keep them apart.
        const same = (settings: Settings) => settings.map((v, at) => `# ${at}\nreplica: "v${v}"\n`).join("");
        let settings = start;
        repository.commit({ "a.yaml": same(settings) }, { at: minute(0) });
        const history: { id: string; before: Settings; after: Settings }[] = [];
        for (const [index, { at, value: next }] of steps.entries()) {
          const after = changed(settings, at, settings[at] === next ? 0 : next);
          const id = repository.commit({ "a.yaml": same(after) }, { at: minute(1 + index) });
          history.push({ id, before: settings, after });
          settings = after;
        }
        for (const { commit, culprit } of await found(repository)) {
          const undoing = history.find(({ id }) => id === commit);
          const earlier = history.find(({ id }) => id === culprit);
          const moved = (step: typeof undoing) => step?.after.findIndex((v, at) => v !== step.before[at]) ?? -1;
          const at = moved(undoing);
          expect(at).toBe(moved(earlier));
          expect(undoing?.after[at]).toBe(earlier?.before[at]);
          expect(undoing?.before[at]).toBe(earlier?.after[at]);
        }
      }),
      {
        numRuns: 15,
        examples: [
          [
            [
              { at: 1, value: 1 },
              { at: 0, value: 2 },
              { at: 0, value: 1 },
              { at: 0, value: 1 },
            ],
          ],
        ],
      },
    );
  }, 120_000);
});
