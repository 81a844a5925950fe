/** In a part of all worlds somebody pushes to Remit's branch when its merge is about to be asked for: at any time that is too seldom. */
import type { Act } from "./acts.ts";
import type { Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";

const share = 0.05;

/** The same world, or one with such a race. */
export function withRaces(world: Scenario, random: Random): Scenario {
  if (!random.chance(share)) return world;
  const when = { phase: "before", effect: "a merge", nth: random.pick([1, 1, 2]) } as const;
  const push: Act = { kind: "pushes to Remit's branch", service: "checkout", by: random.pick(["alice", "bob"]), when };
  return { ...world, acts: [...world.acts, push] };
}
