/** What a seed stands for, as plain data: the trouble, who does what at which moment, and how often what goes wrong. */
import { type Act, type ActKind, actKinds, type Moment, type WorstMoment } from "./acts.ts";
import type { AilmentName } from "./ailments.ts";
import { type FaultPoint, faultPoints } from "./fault-points.ts";
import type { FaultPlan } from "./faults.ts";
import { withLeases, withOtherAilments } from "./lease-scenario.ts";
import { withMerging } from "./merging-scenario.ts";
import { withRaces } from "./race-scenario.ts";
import { Random } from "./random.ts";
import { withRenames } from "./rename-scenario.ts";
import { type FreezeWindow, type Policy, type Service, services } from "./shop.ts";
import { withTalk } from "./talk-scenario.ts";

export interface Scenario {
  readonly seed: number;
  readonly policy: Policy;
  /** Processes that share the store. */
  readonly replicas: 1 | 2;
  readonly troubles: readonly Trouble[];
  readonly acts: readonly Act[];
  readonly faults: FaultPlan;
  /** Seconds between a change of main and the controller's word. */
  readonly syncSeconds: number;
  /** Minutes between two notifications of a firing alert. */
  readonly repeatMinutes: number;
  /** Remit's own gate is a required check. */
  readonly requireGate: boolean;
  /** A second check is required, and reported by somebody else. */
  readonly otherCheck: "none" | "green" | "red" | "silent";
  /** Minutes after which a colleague approves what waits for a review; undefined: nobody does. */
  readonly reviewMinutes: number | undefined;
  /** A second opinion is asked for. */
  readonly counsel: boolean;
  /** Trouble and mischief end after so many minutes; then everything must come to an end. */
  readonly calmAfter: number;
  /** Remit keeps a dashboard. Not unless said so. */
  readonly dashboard?: boolean;
  /** Remit keeps a ledger. Not unless said so. */
  readonly ledger?: boolean;
  /** Who merges what Remit decided. Remit itself, unless said so. */
  readonly merging?: "remit" | "auto-merge" | "merge queue";
  /** How long the second check takes; 40 seconds unless said so. */
  readonly checkMinutes?: number;
}

export interface Trouble {
  readonly service: Service;
  /** Minutes after the beginning. */
  readonly at: number;
  /** What is wrong, and so whether going back helps. */
  readonly cause: "bad release" | "outage" | "release during an outage" | AilmentName;
  /** Minutes; a bad release lasts until something else is released. */
  readonly lasts: number;
}

const stormMinutes = 180;

export function scenarioOf(seed: number): Scenario {
  const random = new Random(`scenario ${seed}`);
  const troubles = troublesOf(random.fork("troubles"));
  const world: Scenario = {
    seed,
    policy: policyOf(random.fork("policy")),
    replicas: random.chance(0.3) ? 2 : 1,
    troubles,
    acts: actsOf(random.fork("acts"), troubles),
    faults: { kind: "chance", rates: ratesOf(random.fork("faults")) },
    syncSeconds: random.pick([30, 90, 180]),
    repeatMinutes: random.pick([2, 4, 6]),
    requireGate: !random.chance(0.2),
    otherCheck: random.pick(["none", "none", "none", "green", "green", "red", "silent"]),
    reviewMinutes: random.pick([undefined, 5, 15, 40]),
    counsel: random.chance(0.25),
    calmAfter: stormMinutes,
  };
  const longer = withOtherAilments(withLeases(world, random.fork("leases")), random.fork("other ailments"));
  const raced = withRaces(withRenames(longer, random.fork("renames")), random.fork("races"));
  const merged = withMerging(withTalk(raced, random.fork("talk")), random.fork("merging"));
  return { ...merged, ledger: random.fork("ledger").chance(0.5) };
}

function policyOf(random: Random): Policy {
  return {
    version: 1,
    tier: random.pick(["merge", "merge", "merge", "merge", "delay", "propose", "suggest"]),
    mode: random.pick(["enforce", "enforce", "enforce", "enforce", "enforce", "enforce", "warn", "audit"]),
    cooldown: random.pick([5, 30, 30, 60]),
    perTarget: random.pick([1, 2, 2, 4]),
    perService: random.pick([1, 2, 4, 4]),
    perRepository: random.pick([1, 2, 9, 9]),
    approvals: random.pick([1, 1, 1, 2]),
    permission: random.pick(["write", "write", "write", "admin"]),
    freeze: random.chance(0.2) ? [windowOf(random)] : [],
  };
}

function windowOf(random: Random): FreezeWindow {
  const kind = random.pick(["deny", "deny", "allow"]);
  const at = { hour: random.between(10, 12), minute: random.between(0, 59) };
  const service = random.pick([undefined, undefined, "checkout"]);
  return { kind, ...at, minutes: random.between(5, 90), ...(service === undefined ? {} : { service }) };
}

function troublesOf(random: Random): Trouble[] {
  // Now and then everything is sick at once.
  const storm = random.chance(0.1);
  const count = storm ? services.length : random.pick([1, 1, 1, 2, 3]);
  return Array.from({ length: count }, (_, index) => ({
    service: storm ? (services[index] ?? "cart") : random.pick(["checkout", "checkout", "cart", "search"]),
    at: storm ? random.between(5, 8) : random.between(1, 120),
    cause: random.pick(["bad release", "bad release", "bad release", "outage", "release during an outage"]),
    lasts: random.between(10, 90),
  }));
}

function actsOf(random: Random, troubles: readonly Trouble[]): Act[] {
  if (random.chance(0.15)) return [];
  // What is in trouble is what people look at.
  const sick = troubles.map(({ service }) => service);
  const acts = Array.from({ length: random.between(1, 8) }, () => actOf(random, [...sick, ...sick, ...services]));
  const lastTrouble = Math.max(...troubles.map(({ at }) => at));
  return acts.flatMap((act) => [act, ...answersTo(act, lastTrouble, random)]);
}

/** Some acts find nothing to act on unless another came before. */
const answers: Readonly<Partial<Record<ActKind, ActKind>>> = {
  "closes the pull request": "reopens the pull request",
  "releases the bad version again": "reverts by hand",
  "releases a worse version": "reverts by hand",
  "opens a stop issue": "closes the stop issue",
  "puts the stop file": "removes the stop file",
  "freezes everything": "thaws everything",
  "tightens the limits": "brings an older policy back",
  "only records": "puts the grant in force",
  "the clock runs hours ahead": "the clock is set right",
  "the clock runs hours behind": "the clock is set right",
};

/** What waits for a moment has mostly come some minutes after the last trouble. */
function answersTo({ kind, by, service, when }: Act, lastTrouble: number, random: Random): Act[] {
  const answer = answers[kind];
  if (answer === undefined || !random.chance(0.7)) return [];
  const from = "minute" in when ? when.minute : lastTrouble + 5;
  return [{ kind: answer, by, service, when: { minute: random.between(from, stormMinutes - 10) } }];
}

/** Tried twice as often: mostly there is nothing to act on, or the one who tries may not. */
const oftenInVain: readonly ActKind[] = [
  "reverts by hand",
  "closes the pull request",
  "merges the pull request",
  "writes a command",
  "writes another command",
  "edits the pull request",
  "deletes Remit's branch",
  "edits the issue",
  "closes the issue",
  "archives the repository",
  "renames the default branch",
];

function actOf(random: Random, around: readonly Service[]): Act {
  const kind = random.pick([...actKinds, ...oftenInVain]);
  return {
    kind,
    service: around[random.between(0, around.length - 1)] ?? "checkout",
    by: random.pick(["alice", "alice", "bob", "bob", "carol", "mallory"]),
    when: aboutPull.test(kind) && random.chance(0.7) ? whilePullIsOpen(random) : momentOf(random),
  };
}

/** Often merged within seconds, so that an act at any time seldom finds one. */
const aboutPull = /(?<!reopens the )pull request|^approves|changes$|command|Remit's branch/;

function whilePullIsOpen(random: Random): Moment {
  const moment = random.pick<Pick<WorstMoment, "phase" | "effect">>([
    { phase: "after", effect: "a proposal" },
    { phase: "before", effect: "the gate's report" },
    { phase: "after", effect: "the gate's report" },
    { phase: "before", effect: "a merge" },
  ]);
  return { ...moment, nth: random.pick([1, 1, 1, 2]) };
}

function momentOf(random: Random): Moment {
  if (random.chance(0.5)) return { minute: random.between(2, stormMinutes - 20) };
  return {
    phase: random.pick(["before", "after"]),
    effect: random.pick([
      "a look at GitHub",
      "a proposal",
      "a proposal",
      "the gate's report",
      "the gate's report",
      "a merge",
      "a merge",
      "a merge",
      "an issue is written",
      "a store write",
    ]),
    nth: random.pick([1, 1, 1, 2, 3, 5]),
  };
}

/** How often a point strikes where it may strike at all. */
function usualRate(point: FaultPoint): number {
  if (point.startsWith("crash: before a store") || point.startsWith("crash: after a store")) return 0.012;
  if (point.endsWith("a look at GitHub") || point.endsWith("a fetch")) return 0.03;
  if (point === "crash: store is empty afterwards") return 0.3;
  if (point === "crash: down for long") return 0.2;
  if (point.endsWith("a merge") || point.endsWith("is closed")) return 0.35;
  if (point.startsWith("crash:")) return 0.2;
  if (point === "github: hourly limit used up" || point === "github: answer comes late") return 0.03;
  if (point === "github: base branch was modified") return 0.4;
  if (point.includes("not listed yet")) return 0.6;
  if (point.includes("not seen yet") || point.includes("stale")) return 0.3;
  if (point.startsWith("github:")) return 0.08;
  if (point === "store: fails") return 0.008;
  if (point.startsWith("delivery:")) return 0.1;
  if (point.startsWith("clock:")) return 0.006;
  if (point.startsWith("interleave:")) return 0.05;
  return 0.1;
}

/** Each seed has its own few troubles: what always happens together hides what happens alone. */
function ratesOf(random: Random): Partial<Record<FaultPoint, number>> {
  const share = random.pick([0, 0.1, 0.2, 0.4]);
  const harshness = random.pick([0.5, 1, 2]);
  const chosen = faultPoints.filter(() => random.chance(share));
  return Object.fromEntries(chosen.map((point) => [point, Math.min(0.9, usualRate(point) * harshness)]));
}
