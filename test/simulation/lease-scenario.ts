/** In a part of all worlds something ails that a runbook relieves, mostly for a time: the world goes on until that is over. */
import { type Act, type ActKind, leaseActKinds, type Moment } from "./acts.ts";
import { type AilmentName, isAilment } from "./ailments.ts";
import type { Random } from "./random.ts";
import type { Scenario, Trouble } from "./scenario.ts";
import type { Policy, Service } from "./shop.ts";

const share = 0.1;
/** Of what came later: those of the first worlds stay as they were. */
const otherShare = 0.06;
/** What a runbook does for a time holds for four hours. */
const leaseMinutes = 240;

/** The same world, or one with leases in it. */
export function withLeases(world: Scenario, random: Random): Scenario {
  return random.chance(share) ? ailingWorld(world, random, first) : world;
}

/** The same world, or one in which something else ails: a canary, a stuck process, an image that is written again. */
export function withOtherAilments(world: Scenario, random: Random): Scenario {
  if (!random.chance(otherShare)) return world;
  const ailing = ailingWorld(world, random, others);
  return { ...ailing, policy: { ...ailing.policy, files: 2 } };
}

type Causes = readonly [AilmentName, ...AilmentName[]];

const first: Causes = [
  "overload",
  "overload",
  "overload",
  "runaway job",
  "runaway job",
  "runaway job",
  "out of memory",
  "bad feature",
];
const others: Causes = ["bad canary", "bad canary", "bad bump", "bad bump", "stuck process"];

function ailingWorld(world: Scenario, random: Random, causes: Causes): Scenario {
  const service = random.pick(["checkout", "cart", "search"]);
  const ailing = Array.from({ length: random.pick([1, 1, 2]) }, () => ailingOf(random, service, causes));
  const troubles = [
    ...ailing,
    ...(random.chance(0.4) ? world.troubles.slice(0, 1) : []),
    ...laterTrouble(random, ailing),
  ];
  const acts = Array.from({ length: random.between(0, 4) }, () => actOf(random, ailing));
  // There is no calm while somebody still makes mischief.
  const minutes = [
    ...acts.flatMap(({ when }) => ("minute" in when ? [when.minute] : [])),
    ...troubles.map(({ at }) => at),
  ];
  const least = Math.max(...minutes) + 1;
  return {
    ...world,
    policy: { ...world.policy, ...policyOf(random) },
    troubles,
    acts: [...acts, ...(random.chance(0.3) ? world.acts : [])],
    calmAfter: Math.max(leaseMinutes + random.between(0, 90), least),
  };
}

function ailingOf(random: Random, service: Service, causes: Causes): Trouble {
  const cause = random.pick(causes);
  return {
    service: random.chance(0.8) ? service : random.pick(["checkout", "cart", "search"]),
    at: random.between(1, 30),
    cause,
    lasts: random.between(10, 120),
  };
}

/** Other trouble of the same service, at about the time when what Remit did is over. */
function laterTrouble(random: Random, [first]: readonly Trouble[]): readonly Trouble[] {
  if (first === undefined || !random.chance(0.4)) return [];
  const at = first.at + leaseMinutes + random.between(-20, 20);
  return [{ service: first.service, at, cause: random.pick(["outage", "bad release"]), lasts: random.between(5, 60) }];
}

/** Mostly one by which something is done without a person. */
function policyOf(random: Random): Partial<Policy> {
  const tier = random.pick(["merge", "merge", "merge", "merge", "delay", "propose"]);
  return random.chance(0.8) ? { tier, mode: "enforce", perTarget: 4, perService: 4, perRepository: 9 } : { tier };
}

/** By service, what it needs to have for them. */
export function ailmentsOf(troubles: readonly Trouble[]): ReadonlyMap<Service, readonly AilmentName[]> {
  const all = new Map<Service, Set<AilmentName>>();
  for (const { service, cause } of troubles)
    if (isAilment(cause)) all.set(service, (all.get(service) ?? new Set()).add(cause));
  return new Map([...all].map(([service, names]) => [service, [...names]]));
}

const alsoAct: readonly ActKind[] = [
  "closes the pull request",
  "closes the pull request",
  "merges the pull request",
  "approves",
  "requests changes",
  "pushes to Remit's branch",
  "deletes Remit's branch",
  "freezes everything",
  "puts the stop file",
  "allows nothing",
  "pushes to the same file",
  "rolls forward",
  "the controller fails",
  "the clock runs hours ahead",
];

function actOf(random: Random, ailing: readonly Trouble[]): Act {
  const kind = random.chance(0.6) ? some(random, leaseActKinds) : some(random, alsoAct);
  const about = some(random, ailing);
  return {
    kind,
    service: about?.service ?? "checkout",
    by: random.pick(["alice", "alice", "bob", "bob", "carol"]),
    when: momentOf(random, (about?.at ?? 1) + leaseMinutes),
  };
}

/** About when its time is over. */
function momentOf(random: Random, expires: number): Moment {
  if (random.chance(0.6)) return { minute: expires + random.between(-20, 20) };
  return {
    phase: random.pick(["before", "after"]),
    effect: random.pick([
      "a permission is looked up",
      "a permission is looked up",
      "a proposal",
      "the gate's report",
      "a merge",
    ]),
    nth: random.pick([1, 2, 2, 3]),
  };
}

function some<T extends {}>(random: Random, from: readonly T[]): T {
  const found = from[random.between(0, from.length - 1)];
  if (found === undefined) throw new Error("there is nothing to choose from");
  return found;
}
