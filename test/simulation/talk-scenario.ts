/** In a part of all worlds there is a dashboard, people tick it, and ask for changes on issues that aren't Remit's. */
import { type Act, type Moment, talkActKinds } from "./acts.ts";
import type { Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";

const share = 0.12;

/** The same world, or one in which people talk. */
export function withTalk(world: Scenario, random: Random): Scenario {
  if (!random.chance(share)) return world;
  const sick = world.troubles.map(({ service }) => service);
  const acts = Array.from(
    { length: random.between(1, 4) },
    (): Act => ({
      kind: random.pick(talkActKinds),
      service: random.pick(["checkout", "cart", ...sick]),
      by: random.pick(["alice", "bob", "bob", "carol"]),
      when: momentOf(random),
    }),
  );
  return { ...world, dashboard: true, acts: [...world.acts, ...acts] };
}

function momentOf(random: Random): Moment {
  if (random.chance(0.6)) return { minute: random.between(2, 150) };
  return {
    phase: random.pick(["before", "after"]),
    effect: random.pick(["a look at GitHub", "a proposal", "the gate's report", "a merge", "an issue is written"]),
    nth: random.pick([1, 1, 2, 3]),
  };
}
