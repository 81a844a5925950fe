/**
 * Everything that can go wrong, by name. A point is passed many times in a run; the seed says at which of its passes it
 * strikes. A point that never strikes proves nothing, so the coverage report lists it and the test of the simulator fails.
 */
export const faultPoints = [
  // GitHub's API
  "github: 5xx before the effect",
  "github: 5xx after the effect",
  "github: no answer before the effect",
  "github: no answer after the effect",
  "github: connection dropped after the effect",
  "github: secondary limit with a header",
  "github: secondary limit without a header",
  "github: hourly limit used up",
  "github: token taken back",
  "github: one field of a document fails",
  "github: base branch was modified",
  "github: answer comes late",
  "github: new pull request not listed yet",
  "github: new issue not listed yet",
  "github: new branch not seen yet",
  "github: head of the default branch is stale",
  "github: mergeability not computed yet",
  // git
  "git: fetch fails",
  "git: fetch brings old refs",
  // webhooks and alerts on their way
  "delivery: lost",
  "delivery: doubled",
  "delivery: late by minutes",
  "delivery: late by hours",
  "delivery: refused and sent again",
  // the machine
  "store: fails",
  "crash: store is empty afterwards",
  "crash: down for long",
  "clock: jumps forward",
  "clock: jumps back",
  // the process, at each of its effects
  "crash: before a store write",
  "crash: after a store write",
  "crash: before a look at GitHub",
  "crash: after a look at GitHub",
  "crash: before a proposal",
  "crash: after a proposal",
  "crash: before the gate's report",
  "crash: after the gate's report",
  "crash: before a merge",
  "crash: after a merge",
  "crash: before an issue is written",
  "crash: after an issue is written",
  "crash: before the ledger is written",
  "crash: after the ledger is written",
  "crash: before a pull request is closed",
  "crash: after a pull request is closed",
  "crash: before a permission is looked up",
  "crash: after a permission is looked up",
  "crash: before a token",
  "crash: after a token",
  "crash: before a fetch",
  "crash: after a fetch",
  // two at once
  "interleave: another worker's turn",
  "interleave: a delivery arrives",
  "interleave: the cluster moves on",
  // Where something was for a time only. Last, so that the chances of all others stay as they are.
  "leases: nobody looks for long",
  // Where GitHub merges; last for the same reason.
  "crash: before a hand-over",
  "crash: after a hand-over",
  "crash: before a take-back",
  "crash: after a take-back",
] as const;

export type FaultPoint = (typeof faultPoints)[number];
