/** In a part of all worlds: mitigations whose time is over soon, what happens around that time, and trouble that leads to new ones. */
import { type Act, type ActKind, leaseActKinds, type Moment } from "./acts.ts";
import { type Ailment, type AilmentName, ailmentNames, ailments, isAilment } from "./ailments.ts";
import type { Component } from "./components.ts";
import type { Random } from "./random.ts";
import type { Trouble } from "./scenario.ts";
import { type Service, services } from "./shop.ts";

export interface SeededLease {
  readonly service: Service;
  readonly of: Component;
  /** Minutes after the beginning. */
  readonly expires: number;
  /** Minutes before the beginning. */
  readonly made: number;
}

interface LeaseTrouble {
  readonly leases: readonly SeededLease[];
  readonly troubles: readonly Trouble[];
  readonly acts: readonly Act[];
  /** So many minutes more until there is calm: what a runbook does ends after four hours. */
  readonly laterMinutes: number;
}

const noLeases: LeaseTrouble = { leases: [], troubles: [], acts: [], laterMinutes: 0 };

const share = 0;
const last = 150;
export const leasable = [
  "replicas",
  "autoscaler",
  "flag",
  "job",
  "bare job",
  "weights",
  "memory",
  "image policy",
] as const;

export function leaseTroubleOf(random: Random): LeaseTrouble {
  if (!random.chance(share)) return noLeases;
  const leases = leasesOf(random);
  const [first] = leases;
  const troubles = Array.from({ length: random.pick([0, 0, 1, 1, 2]) }, () => troubleOf(random, first));
  const acts = Array.from({ length: random.between(0, 4) }, () => actOf(random, leases, troubles));
  const later = troubles.length > 0 && random.chance(0.3);
  return { leases, troubles, acts, laterMinutes: later ? 260 : 0 };
}

function leasesOf(random: Random): readonly SeededLease[] {
  const made = () => random.between(20, 230);
  if (random.chance(0.15)) {
    // The time of many is over at once.
    const expires = random.between(5, last);
    const some = services.slice(0, random.between(3, services.length));
    return some.map((service) => ({
      service,
      of: random.pick(leasable),
      expires: expires + random.between(0, 3),
      made: made(),
    }));
  }
  const service = random.pick(["checkout", "checkout", "cart", "search", "billing"]);
  const one = { service, of: random.pick(leasable), expires: random.between(2, last), made: made() };
  if (!random.chance(0.3)) return [one];
  // Two of one service, each in a file of its own.
  const others = leasable.filter((of) => of !== one.of && !together(of, one.of));
  const of = others[random.between(0, others.length - 1)] ?? "flag";
  return [one, { service, of, expires: one.expires + random.pick([0, 0, 1, 10, 30]), made: made() }];
}

/** Both say the same of one object. */
function together(a: Component, b: Component): boolean {
  return [a, b].every((of) => /replicas|autoscaler/.test(of)) || [a, b].every((of) => of.endsWith("job"));
}

function troubleOf(random: Random, lease: SeededLease | undefined): Trouble {
  const service =
    lease !== undefined && random.chance(0.8) ? lease.service : random.pick(["checkout", "cart", "search"]);
  const near = (lease?.expires ?? 60) + random.between(-25, 15);
  const cause = random.chance(0.5)
    ? random.pick(["bad release", "outage", "release during an outage"])
    : ailmentOf(random);
  return {
    service,
    at: Math.max(1, random.chance(0.7) ? near : random.between(1, 120)),
    cause,
    lasts: random.between(5, 300),
  };
}

function ailmentOf(random: Random): AilmentName {
  return ailmentNames[random.between(0, ailmentNames.length - 1)] ?? "overload";
}

/** Of what a service has: what its leases changed, and what its ailments are relieved by. */
export function componentsOf(
  service: Service,
  { leases, troubles }: { readonly leases: readonly SeededLease[]; readonly troubles: readonly Trouble[] },
): readonly Component[] {
  const has = new Set(leases.filter((lease) => lease.service === service).map(({ of }) => of));
  for (const trouble of troubles) {
    if (trouble.service !== service || !isAilment(trouble.cause)) continue;
    const { of }: Ailment = ailments[trouble.cause];
    if (of.some((one) => has.has(one))) continue;
    const [usual] = of;
    if (usual !== undefined) has.add(usual);
  }
  return [...has];
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
  "opens a stop issue",
  "allows nothing",
  "only records",
  "removes the policy",
  "pushes to the same file",
  "rolls forward",
  "renames the overlay",
  "the controller is suspended",
  "the controller fails",
  "the clock runs hours ahead",
  "the clock is set right",
];

function actOf(random: Random, leases: readonly SeededLease[], troubles: readonly Trouble[]): Act {
  const kind = random.chance(0.6) ? pickOf(random, leaseActKinds) : pickOf(random, alsoAct);
  const about = [...leases, ...leases, ...troubles];
  const { service } = about[random.between(0, about.length - 1)] ?? { service: "checkout" as const };
  const expires = leases.find((lease) => lease.service === service)?.expires ?? last;
  return {
    kind,
    service,
    by: random.pick(["alice", "alice", "bob", "bob", "carol"]),
    when: momentOf(random, kind, expires),
  };
}

function momentOf(random: Random, kind: ActKind, expires: number): Moment {
  const after = kind.startsWith("brings back") ? 8 : 0;
  if (random.chance(0.5)) return { minute: Math.max(1, expires + after + random.between(-12, 12)) };
  return {
    phase: random.pick(["before", "after"]),
    effect: random.pick([
      "a lease's end is told",
      "a lease's end is told",
      "a look at GitHub",
      "a proposal",
      "the gate's report",
      "the gate's report",
      "a merge",
      "a merge",
    ]),
    nth: random.pick([1, 1, 1, 2]),
  };
}

function pickOf<T extends ActKind>(random: Random, from: readonly T[]): ActKind {
  return from[random.between(0, from.length - 1)] ?? "takes a lease back";
}
