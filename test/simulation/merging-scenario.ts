/** In a part of all worlds GitHub itself merges: by auto-merge, or by the merge queue of the default branch; and people act while it waits. */
import type { Act, ActKind, Moment, WorstMoment } from "./acts.ts";
import { isAilment } from "./ailments.ts";
import type { FaultPlan } from "./faults.ts";
import type { Random } from "./random.ts";
import type { Scenario, Trouble } from "./scenario.ts";

const share = 0.12;

/** The same world, or one in which GitHub merges. */
export function withMerging(world: Scenario, random: Random): Scenario {
  if (!random.chance(share)) return world;
  const merging = random.pick(["auto-merge", "merge queue"]);
  const acts = Array.from({ length: random.between(1, 3) }, () => actOf(world, random));
  const policy = {
    ...world.policy,
    tier: random.pick(["merge", "merge", "merge", "delay", "propose"]),
    mode: "enforce",
  } as const;
  const checkMinutes = random.pick([1, 4, 12]);
  const slow: Scenario = { ...plain(world, random), policy, merging, checkMinutes };
  // Nothing is left to auto-merge but what waits for somebody else's check.
  const isQuick = merging === "auto-merge" && ["none", "red"].includes(world.otherCheck);
  const checked = isQuick ? { ...slow, otherCheck: random.pick(["green", "green", "green", "silent"]) } : slow;
  return { ...checked, acts: [...checked.acts, ...acts], faults: withCrash(checked.faults, random) };
}

/** At any of a process's effects that is too seldom. */
function withCrash(faults: FaultPlan, random: Random): FaultPlan {
  if (faults.kind === "exactly" || random.chance(0.5)) return faults;
  const point = random.pick([
    "crash: before a hand-over",
    "crash: after a hand-over",
    "crash: before a take-back",
    "crash: before a take-back",
    "crash: after a take-back",
    "crash: after a take-back",
  ]);
  return { ...faults, rates: { ...faults.rates, [point]: 0.7 } };
}

/** In most of them a bad release is all that happens before, so that there is something to merge. */
function plain(world: Scenario, random: Random): Scenario {
  if (random.chance(0.3)) return world;
  const release: Trouble = { service: "checkout", at: random.between(1, 20), cause: "bad release", lasts: 0 };
  const [first = release, ...others] = world.troubles.filter(
    ({ cause }) => cause === "bad release" || isAilment(cause),
  );
  const faults = random.chance(0.5) ? world.faults : ({ kind: "chance", rates: {} } as const);
  return { ...world, acts: [], troubles: [first, ...others], faults };
}

/** What makes Remit take a change back, or takes it out of its hands. */
const kinds = [
  "puts the stop file",
  "opens a stop issue",
  "sets the stop in the environment",
  "allows nothing",
  "allows less",
  "only records",
  "only proposes",
  "freezes everything",
  "freezes everything soon",
  "requests changes",
  "writes another command",
  "pushes to Remit's branch",
  "reverts by hand",
  "pushes to the same file",
  "closes the pull request",
  "everything alerts at once",
] as const satisfies readonly ActKind[];

function actOf({ troubles }: Scenario, random: Random): Act {
  const service = troubles[random.between(0, troubles.length - 1)]?.service ?? "checkout";
  return { kind: random.pick(kinds), service, by: random.pick(["alice", "bob"]), when: momentOf(random) };
}

function momentOf(random: Random): Moment {
  const moment = random.pick<Pick<WorstMoment, "phase" | "effect">>([
    { phase: "before", effect: "a hand-over" },
    { phase: "after", effect: "a hand-over" },
    { phase: "after", effect: "a hand-over" },
    { phase: "before", effect: "a take-back" },
    { phase: "after", effect: "a take-back" },
    { phase: "before", effect: "GitHub merges" },
    { phase: "before", effect: "GitHub merges" },
  ]);
  return { ...moment, nth: random.pick([1, 1, 1, 2]) };
}
