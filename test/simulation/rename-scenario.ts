/** In a part of all worlds the repository gets another name, and perhaps its old one back. */
import type { Act, Moment } from "./acts.ts";
import type { Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";

const share = 0.1;

/** The same world, or one in which somebody renames the repository. */
export function withRenames(world: Scenario, random: Random): Scenario {
  if (!random.chance(share)) return world;
  const renames = Array.from(
    { length: random.pick([1, 1, 2]) },
    (): Act => ({ kind: "renames the repository", service: "checkout", by: "alice", when: momentOf(random) }),
  );
  return { ...world, acts: [...world.acts, ...renames] };
}

function momentOf(random: Random): Moment {
  if (random.chance(0.3)) return { minute: random.between(0, 160) };
  return {
    phase: random.pick(["before", "after"]),
    effect: random.pick([
      "a token",
      "a look at GitHub",
      "a proposal",
      "the gate's report",
      "a permission is looked up",
      "a merge",
      "an issue is written",
    ]),
    nth: random.pick([1, 1, 1, 2, 3]),
  };
}
