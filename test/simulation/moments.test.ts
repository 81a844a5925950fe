import { describe, expect, it } from "vitest";
import type { Act, ActKind } from "./acts.ts";
import { badRelease } from "./quiet-worlds.ts";
import { runScenario, sharedParts } from "./run-seed.ts";

const shared = await sharedParts();

/** Before and after whatever Remit awaits on its way to the merge. */
const moments: readonly Act["when"][] = (
  [
    ["a look at GitHub", [1, 2]],
    ["a proposal", [1]],
    ["the gate's report", [1]],
    ["a merge", [1]],
    ["a store write", [2, 4]],
  ] as const
).flatMap(([effect, times]) =>
  times.flatMap((nth) => (["before", "after"] as const).map((phase) => ({ phase, effect, nth }))),
);

const changes: Readonly<Record<string, readonly ActKind[]>> = {
  head: ["pushes to Remit's branch"],
  base: ["pushes to the same file", "rolls forward"],
  policy: ["allows nothing", "breaks the policy"],
  stop: ["puts the stop file", "opens a stop issue"],
};

describe.each(Object.entries(changes))("field note S17: %s changes between any two awaits", (_, kinds) => {
  it.each(kinds)(
    "when somebody %s, every promise holds",
    async (kind) => {
      let happened = 0;
      for (const when of moments) {
        const act: Act = { kind, by: "alice", service: "checkout", when };
        const world = badRelease({ acts: [act], free: true })(1);
        const { failure, acts, lines } = await runScenario(world, shared);
        expect(failure, `${JSON.stringify(when)}\n${failure && lines.slice(-30).join("\n")}`).toBe(undefined);
        if (acts.has(kind)) happened += 1;
      }
      expect(happened).toBeGreaterThan(3);
    },
    120_000,
  );
});
