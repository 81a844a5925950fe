/** Small worlds in which a promise was once broken, and for which no bug has to be planted. What they found is in docs/simulation.md. */
import type { Act, Moment } from "./acts.ts";
import {
  ailing,
  at,
  atMinute,
  badRelease,
  badReleases,
  badReleaseTwice,
  endingInTrouble,
  endlessSuggestion,
  forgottenProposal,
  forgottenProposals,
  forgottenWithdrawal,
  halfForgotten,
  lastingOutages,
  undoneInStorm,
} from "./quiet-worlds.ts";
import type { Scenario } from "./scenario.ts";
import { services } from "./shop.ts";

interface Regression {
  readonly name: string;
  world(seed: number): Scenario;
}

const hoursAhead = ailing("runaway job", {
  acts: [atMinute(120, "the clock runs hours ahead"), atMinute(122, "the clock is set right")],
});

const renamed = (when: Moment): Act => ({ kind: "renames the repository", service: "checkout", by: "alice", when });

/** Between the plan of a lease's end and its proposal: the first proposal is the lease. */
/** Of a service that is well: its last release is a day old. */
const askedAgain: Act = { ...atMinute(70, "asks for a change on an issue"), service: "cart" };

const setAgain: Act = {
  kind: "sets again what a lease set",
  by: "bob",
  service: "checkout",
  when: { phase: "before", effect: "a proposal", nth: 2 },
};

export const regressions: readonly Regression[] = [
  {
    name: "somebody makes the same change just before the merge",
    world: badRelease({ acts: [at("before", "a merge", "reverts by hand", "bob")] }),
  },
  {
    name: "the stop in the environment is lifted between a look at GitHub and the plan",
    world: badRelease({
      acts: [
        atMinute(1, "sets the stop in the environment"),
        at("after", "a look at GitHub", "sets the stop in the environment", "bob"),
      ],
    }),
  },
  {
    name: "somebody objects while it is asked what the reviewer may do",
    world: badRelease({
      tier: "propose",
      reviewMinutes: 5,
      acts: [at("after", "a permission is looked up", "requests changes", "bob")],
    }),
  },
  {
    name: "somebody objects just before the merge",
    world: badRelease({
      tier: "propose",
      reviewMinutes: 5,
      acts: [at("before", "a merge", "requests changes", "bob")],
    }),
  },
  { name: "a bad release after everything had calmed down may only be suggested on", world: endlessSuggestion() },
  { name: "the store is lost, and then somebody deletes the branch of a proposal", world: forgottenProposal() },
  {
    name: "more services than may have a change under way are sick",
    world: badReleases(services, { tier: "propose" }),
  },
  { name: "the store is lost while as many changes are under way as may be", world: forgottenProposals() },
  { name: "the store is lost while some changes are under way, and others are begun", world: halfForgotten() },
  { name: "two services have been sick for long when a third gets a bad version", world: lastingOutages() },
  {
    name: "the default branch is renamed after the merge, and the merge's answer is lost",
    world: badRelease({
      acts: [at("after", "a merge", "renames the default branch", "alice")],
      faults: { "crash: after a merge": 1 },
    }),
  },
  {
    name: "the repository is renamed before Remit knows its id",
    world: badRelease({ acts: [renamed({ minute: 0 })] }),
  },
  {
    name: "the repository is renamed, and then the store is lost with its id",
    world: badRelease({
      acts: [renamed({ phase: "after", effect: "a proposal", nth: 1 })],
      faults: { "crash: after a proposal": 1, "crash: store is empty afterwards": 1 },
    }),
  },
  { name: "a fix is to be undone beside five pull requests, one of which a person took over", world: undoneInStorm() },
  { name: "the store is lost after a proposal was withdrawn, and it fits again", world: forgottenWithdrawal() },
  {
    name: "the clock runs hours behind while the same trouble comes again",
    world: badReleaseTwice({}, atMinute(40, "the clock runs hours behind")),
  },
  ...(["ahead", "behind"] as const).map((how) => ({
    name: `the clock runs hours ${how} for as long as the trouble lasts`,
    world: badRelease({ acts: [atMinute(4, `the clock runs hours ${how}`)] }),
  })),
  {
    name: "the clock jumps about while a change is made",
    world: badRelease({ faults: { "clock: jumps forward": 0.1, "clock: jumps back": 0.1 } }),
  },
  {
    name: "a service has an outage when what relieved it is over",
    world: endingInTrouble(),
  },
  { name: "the clock is hours ahead for a moment, and what is for a time seems to be over", world: hoursAhead },
  {
    name: "the clock is hours ahead for a moment, and a replica that has never fetched looks at what is for a time",
    world: (seed) => ({ ...hoursAhead(seed), replicas: 2 }),
  },
  {
    name: "while a lease is about to end a person takes it back and sets it again",
    world: ailing("runaway job", { acts: [setAgain] }),
  },
  {
    name: "while a lease is about to end a person takes it back and sets it again, beside what another one wrote",
    world: ailing("runaway job", { acts: [at("after", "a merge", "writes beside a lease", "alice"), setAgain] }),
  },
  {
    name: "what a person asked for after the trouble is approved by nobody",
    world: badRelease({
      tier: "suggest",
      acts: [atMinute(5, "reverts by hand"), atMinute(60, "allows more"), askedAgain],
    }),
  },
  {
    name: "somebody pushes to what is armed while Remit is down, and its gate isn't required",
    world: badRelease({
      merging: "auto-merge",
      otherCheck: "green",
      free: true,
      acts: [
        at("after", "a hand-over", "pushes to Remit's branch", "alice"),
        // Where nothing is armed.
        atMinute(5, "pushes to Remit's branch"),
      ],
      faults: { "crash: after a hand-over": 1, "crash: down for long": 1 },
    }),
  },
  {
    name: "the merge queue merges what is for a time only, and no controller says a word",
    world: ailing("runaway job", {
      merging: "merge queue",
      acts: services.map((service) => ({ ...atMinute(1, "the controller is suspended"), service })),
    }),
  },
  {
    name: "everything is stopped while the merge queue has a change",
    world: badRelease({
      merging: "merge queue",
      otherCheck: "green",
      checkMinutes: 4,
      acts: [at("after", "a hand-over", "opens a stop issue", "alice"), atMinute(40, "closes the stop issue")],
    }),
  },
  {
    name: "a commit with forged trailers changes what a lease set",
    world: ailing("overload", { acts: [atMinute(267, "forges a lease")] }),
  },
];
