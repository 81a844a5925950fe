/** What people do, and when: at a time, or at the worst moment. */
import type { Person } from "../../src/sandbox/github/world/accounts.ts";
import type { Effect } from "./effect.ts";
import type { Service } from "./shop.ts";

export const actKinds = [
  "pushes something else",
  "pushes to the same file",
  "rolls forward",
  "reverts by hand",
  "releases the bad version again",
  "releases a worse version",
  "renames the overlay",
  "pushes with a clock that is days behind",
  "forges Remit's trailers",
  "closes the pull request",
  "reopens the pull request",
  "merges the pull request",
  "approves",
  "requests changes",
  "approves an earlier head",
  "writes a command",
  "writes another command",
  "pushes to Remit's branch",
  "deletes Remit's branch",
  "edits the pull request",
  "edits the issue",
  "closes the issue",
  "allows more",
  "allows less",
  "allows nothing",
  "breaks the policy",
  "removes the policy",
  "lengthens the cooldown",
  "tightens the limits",
  "freezes everything",
  "freezes everything soon",
  "allows changes later only",
  "thaws everything",
  "asks for two approvals",
  "asks for an admin's approval",
  "only records",
  "only proposes",
  "puts the grant in force",
  "brings an older policy back",
  "puts the stop file",
  "removes the stop file",
  "opens a stop issue",
  "closes the stop issue",
  "sets the stop in the environment",
  "archives the repository",
  "renames the default branch",
  "the controller is suspended",
  "the controller fails",
  "the controller skips",
  "the alert resolves falsely",
  "the alert flaps",
  "everything alerts at once",
  "the clock runs hours ahead",
  "the clock runs hours behind",
  "the clock is set right",
] as const;

/** What people do about what Remit did for a time only. */
export const leaseActKinds = [
  "takes a lease back",
  "changes what a lease set",
  "sets again what a lease set",
  "writes beside a lease",
  "forges a lease",
] as const;

/** Where they happen, something is drawn for that alone: `rename-scenario.ts`. */
export const renameActKinds = ["renames the repository"] as const;

/** Only where there is a dashboard: `talk-scenario.ts`. */
export const talkActKinds = ["asks for a change on an issue", "ticks the dashboard", "locks a conversation"] as const;

export type ActKind =
  | (typeof actKinds)[number]
  | (typeof leaseActKinds)[number]
  | (typeof renameActKinds)[number]
  | (typeof talkActKinds)[number];

export interface Act {
  readonly kind: ActKind;
  readonly service: Service;
  readonly by: Person;
  readonly when: Moment;
}

/** `minute` after the beginning; or at the `nth` time that Remit is about to do, or has just done, something. */
export type Moment =
  | { readonly minute: number }
  | { readonly phase: "before" | "after"; readonly effect: Effect | "GitHub merges"; readonly nth: number };

export type WorstMoment = Extract<Moment, { phase: unknown }>;
