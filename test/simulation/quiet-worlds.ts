/** Small worlds in which one thing happens: for showing that a promise is watched. */
import type { Act, ActKind } from "./acts.ts";
import type { AilmentName } from "./ailments.ts";
import type { FaultPoint } from "./fault-points.ts";
import type { Strike } from "./faults.ts";
import { type Scenario, scenarioOf } from "./scenario.ts";
import { openPolicy, type Policy, type Service, services } from "./shop.ts";

interface Shape {
  readonly tier?: Scenario["policy"]["tier"];
  readonly policy?: Partial<Policy>;
  readonly acts?: readonly Act[];
  readonly faults?: Readonly<Partial<Record<FaultPoint, number>>>;
  readonly counsel?: boolean;
  /** No check is required, so that nothing but the guard stands before the merge. */
  readonly free?: boolean;
  /** Minutes after which a colleague approves. */
  readonly reviewMinutes?: number;
  readonly calmAfter?: number;
  readonly merging?: Scenario["merging"];
  readonly otherCheck?: Scenario["otherCheck"];
  readonly checkMinutes?: number;
}

/** A service gets a bad version, and nothing else happens than what is said. */
export function badRelease(shape: Shape = {}): (seed: number) => Scenario {
  return (seed) => ({
    ...scenarioOf(seed),
    policy: { ...openPolicy, ...shape.policy, tier: shape.tier ?? shape.policy?.tier ?? "merge" },
    replicas: 1,
    troubles: [{ service: "checkout", at: 3, cause: "bad release", lasts: 0 }],
    acts: shape.acts ?? [],
    faults: { kind: "chance", rates: shape.faults ?? {} },
    otherCheck: shape.otherCheck ?? "none",
    requireGate: shape.free !== true,
    reviewMinutes: shape.reviewMinutes,
    counsel: shape.counsel ?? false,
    repeatMinutes: 2,
    syncSeconds: 30,
    calmAfter: shape.calmAfter ?? 180,
    ledger: false,
    merging: shape.merging ?? "remit",
    checkMinutes: shape.checkMinutes ?? 1,
  });
}

/** Several services get a bad version at the same time. */
export function badReleases(sick: readonly Service[], policy: Partial<Policy> = {}): (seed: number) => Scenario {
  return (seed) => {
    const troubles = sick.map((service) => ({ service, at: 3, cause: "bad release", lasts: 0 }) as const);
    return { ...badRelease({ policy })(seed), troubles };
  };
}

/**
 * Two services have been sick for an hour, and people have taken them over, when a third gets a bad version; and Remit is held
 * back for a while. Nothing but their alerts' repetitions says that the two are sick still.
 */
export function lastingOutages(): (seed: number) => Scenario {
  const acts = [
    atMinute(20, "closes the pull request"),
    atMinute(21, "closes the pull request"),
    atMinute(61, "sets the stop in the environment"),
    atMinute(75, "sets the stop in the environment"),
  ];
  return (seed) => ({
    ...badRelease({ acts })(seed),
    troubles: [
      { service: "cart", at: 3, cause: "outage", lasts: 170 },
      { service: "search", at: 3, cause: "outage", lasts: 170 },
      { service: "checkout", at: 60, cause: "bad release", lasts: 0 },
    ],
  });
}

/** A fix helps, and another bad version comes; within the cooldown, unless said otherwise. And perhaps something else. */
export function badReleaseTwice(policy: Partial<Policy> = {}, ...more: readonly Act[]): (seed: number) => Scenario {
  const acts = [...more, atMinute(45, "releases a worse version")];
  return badRelease({ acts, policy: { cooldown: 120, ...policy } });
}

/** A fix doesn't help and is undone; then the trouble passes, and comes again. */
export function undoneFix(): (seed: number) => Scenario {
  return (seed) => {
    const world = badRelease()(seed);
    return {
      ...world,
      policy: { ...world.policy, cooldown: 5 },
      troubles: [
        { service: "checkout", at: 3, cause: "release during an outage", lasts: 57 },
        { service: "checkout", at: 90, cause: "outage", lasts: 60 },
      ],
    };
  };
}

/** Remit proposes and loses its store; somebody deletes the branch, and the alert goes on. */
export function forgottenProposal(): (seed: number) => Scenario {
  const lost = { "crash: store is empty afterwards": 1, "crash: down for long": 1 } as const;
  const faults = { "crash: after the gate's report": 1, ...lost };
  return badRelease({ tier: "propose", acts: [atMinute(8, "deletes Remit's branch")], faults });
}

/** Remit proposes and loses its store, and the alert isn't told again for hours. */
export function lostWithProposal(): (seed: number) => Scenario {
  const faults = { "crash: after the gate's report": 1, "crash: store is empty afterwards": 1 } as const;
  return (seed) => ({ ...badRelease({ tier: "propose", faults })(seed), repeatMinutes: 600 });
}

/** Everything is sick, and the store is lost again and again while changes are proposed. */
export function forgottenProposals(): (seed: number) => Scenario {
  const rates = { "crash: after the gate's report": 0.4, "crash: store is empty afterwards": 1 } as const;
  return (seed) => ({ ...badReleases(services, { tier: "propose" })(seed), faults: { kind: "chance", rates } });
}

/** The store is lost when two changes are proposed; the others fall sick, and a proposal fails, before it hears of those again. */
export function halfForgotten(): (seed: number) => Scenario {
  const strikes: readonly Strike[] = [
    { point: "crash: after the gate's report", pass: 2 },
    { point: "crash: store is empty afterwards", pass: 1 },
    { point: "github: one field of a document fails", pass: 7 },
  ];
  return (seed) => ({
    ...badReleases(services, { tier: "propose" })(seed),
    troubles: services.map((service, nth) => ({ service, at: nth < 2 ? 3 : 6, cause: "bad release", lasts: 0 })),
    faults: { kind: "exactly", strikes },
    repeatMinutes: 60,
  });
}

/** Remit withdraws its proposal since the value moved, and loses its store; then the same bad version is back. */
export function forgottenWithdrawal(): (seed: number) => Scenario {
  const lost = { "crash: store is empty afterwards": 1, "crash: down for long": 1 } as const;
  const acts = [atMinute(8, "releases a worse version"), atMinute(50, "releases the bad version again")];
  return badRelease({ tier: "propose", acts, faults: { "crash: after a pull request is closed": 1, ...lost } });
}

/** The fix of one service doesn't help; when it is to be undone, there are as many open pull requests as may be, one of them taken over. */
export function undoneInStorm(): (seed: number) => Scenario {
  const acts = [
    at("before", "the gate's report", "puts the grant in force", "bob"),
    at("after", "the gate's report", "pushes to Remit's branch", "alice"),
  ];
  const causes = {
    search: [5, "release during an outage"],
    billing: [5, "release during an outage"],
    payments: [6, "bad release"],
    cart: [7, "release during an outage"],
    checkout: [8, "bad release"],
    catalog: [8, "bad release"],
  } as const;
  return (seed) => ({
    ...badRelease({ policy: { mode: "warn" }, acts })(seed),
    troubles: Object.entries(causes).map(([service, [minute, cause]]) => ({
      service: service as Service,
      at: minute,
      cause,
      lasts: 60,
    })),
  });
}

/** A bad version comes when everything had calmed down, and Remit may only suggest. */
export function endlessSuggestion(): (seed: number) => Scenario {
  return (seed) => ({
    ...badRelease({ tier: "suggest", acts: [{ ...atMinute(190, "releases a worse version"), by: "alice" }] })(seed),
    troubles: [],
  });
}

/** Alertmanager falls silent before the policy allows anything. */
export function silentAlert(): (seed: number) => Scenario {
  return (seed) => ({
    ...badRelease({ tier: "suggest" })(seed),
    repeatMinutes: 60,
    acts: [{ kind: "allows more", service: "checkout", by: "alice", when: { minute: 35 } }],
  });
}

/** Something else than its version is wrong with a service, and nothing else happens than what is said. */
export function ailing(cause: AilmentName, shape: Shape = {}): (seed: number) => Scenario {
  const troubles = [{ service: "checkout", at: 3, cause, lasts: 60 }] as const;
  // What holds somebody stands in a file of its own.
  const policy = cause === "bad bump" ? { ...shape.policy, files: 2 } : shape.policy;
  return (seed) => ({ ...badRelease({ calmAfter: 300, ...shape, ...(policy && { policy }) })(seed), troubles });
}

/** The same, and it has an outage from before the time is over until after it. */
export function endingInTrouble(): (seed: number) => Scenario {
  return (seed) => {
    const world = ailing("runaway job")(seed);
    return { ...world, troubles: [...world.troubles, { service: "checkout", at: 240, cause: "outage", lasts: 20 }] };
  };
}

type Effect =
  | "a hand-over"
  | "a look at GitHub"
  | "a proposal"
  | "the gate's report"
  | "a merge"
  | "a permission is looked up";

export function at(phase: "before" | "after", effect: Effect, kind: ActKind, by: Act["by"]): Act {
  return { kind, by, service: "checkout", when: { phase, effect, nth: 1 } };
}

export function atMinute(minute: number, kind: ActKind): Act {
  return { kind, by: "bob", service: "checkout", when: { minute } };
}
