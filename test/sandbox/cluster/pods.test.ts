import { describe, expect, test } from "vitest";
import { nextPods, noPods, type PodSpec, tireless } from "../../../src/sandbox/cluster/pods.ts";

const spec = (changes: Partial<PodSpec>): PodSpec => ({
  least: 3,
  most: 3,
  utilization: 0.75,
  memory: undefined,
  memoryMi: undefined,
  ...changes,
});

const underLoad = (changes: Partial<PodSpec>, nature: Partial<typeof tireless>, load: number) =>
  nextPods(noPods, spec(changes), { ...tireless, ...nature }, load, 0);

describe("the pods of a workload", () => {
  test.each([
    { load: 1, count: 3, turnedAway: 0 },
    { load: 2, count: 6, turnedAway: 0 },
    { load: 4, count: 6, turnedAway: 0.325 },
    { load: 0, count: 3, turnedAway: 0 },
  ])("an autoscaler from 3 to 6 runs $count under $load ordinary days, and $turnedAway find no room", (expected) => {
    const { count, turnedAway } = underLoad({ most: 6 }, { capacity: 0.45 }, expected.load);
    expect(count).toBe(expected.count);
    expect(turnedAway).toBeCloseTo(expected.turnedAway);
  });

  test("without an autoscaler there are as many as written, whatever is asked", () => {
    expect(underLoad({}, { capacity: 0.45 }, 40).count).toBe(3);
  });

  test("none at all turn everybody away", () => {
    expect(underLoad({ least: 0, most: 0 }, {}, 1)).toMatchObject({ count: 0, turnedAway: 1 });
  });

  test("one is killed at each look while a pod needs more memory than it may have, and none any more with enough", () => {
    const nature = { ...tireless, workingSetMi: (load: number) => 100 + 300 * load };
    let pods = noPods;
    const kills = (memoryMi: number | undefined, load: number) => {
      pods = nextPods(pods, spec({ memoryMi }), nature, load, 0);
      return [pods.killed, pods.oomKills];
    };
    expect(kills(256, 1)).toEqual([0, 0]);
    expect(kills(256, 2)).toEqual([1, 1]);
    expect(kills(256, 2)).toEqual([1, 2]);
    expect(kills(384, 2)).toEqual([0, 2]);
    expect(kills(undefined, 9)).toEqual([0, 2]);
  });
});
