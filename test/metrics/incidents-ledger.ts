/** What the ledger tells of the thirty incidents, but the first two, and of ten in which nothing reached the branch. */
import type { GitRepository } from "../gitops/git-repository.ts";
import { iso } from "./incidents-world.ts";
import type { ToldRecord, ToldStory } from "./records.ts";

/** Minutes after a moment such as `07T10:05`. */
export function after(moment: string, minutes: number): string {
  return new Date(Date.parse(iso(moment)) + minutes * 60_000).toISOString().slice(8, 16);
}

/** Commits of the branch by when they came. */
export type Arrivals = (moment: string) => string;

export function arrivalsOf(repository: GitRepository): Arrivals {
  const lines = repository.git("log", "--first-parent", "--format=%H %ct", "main").split("\n");
  const found = new Map(lines.map((line) => line.split(" ")).map(([id = "", at = ""]) => [Number(at) * 1000, id]));
  return (moment) => found.get(Date.parse(iso(moment))) ?? "";
}

export interface MergedStory {
  readonly incident: string;
  readonly service: string;
  readonly detected: string;
  readonly merged: string;
  readonly tier?: "merge" | "delay" | "propose";
  /** Who merged it; Remit itself otherwise. */
  readonly person?: string;
  /** When somebody approved it, and Remit merged it then. */
  readonly approved?: string;
  /** Minutes after the merge. */
  readonly delivered: number;
  readonly verified: number;
  readonly outcome?: "recovered" | "failing";
  readonly also?: readonly ToldRecord[];
  readonly closed?: { readonly at: string; readonly outcome: string };
}

/** The proposal stands two minutes after the detection. */
export function mergedStory(told: MergedStory, arrived: Arrivals): ToldStory {
  const {
    incident,
    service,
    detected,
    merged,
    tier = "merge",
    person,
    approved,
    outcome = "recovered",
    also = [],
  } = told;
  const head = "c".repeat(40);
  const approval = approved && { login: "grace", permission: "write", commit: head, at: iso(approved) };
  const seenAt = after(merged, told.verified);
  const closed = told.closed ?? { at: seenAt, outcome };
  const announced: ToldRecord = {
    at: after(merged, -1),
    kind: "merged",
    phase: "intent",
    tier,
    by: "merge",
    change: "fix",
    result: { head, via: "remit", ...(approval ? { approvals: [approval] } : {}) },
  };
  return {
    incident,
    service,
    opened: detected,
    records: [
      { at: after(detected, 1), kind: "proposed", phase: "intent", tier, change: "fix" },
      { at: after(detected, 2), kind: "proposed", change: "fix", result: { pull: 1 } },
      ...(person === undefined ? [announced] : []),
      { at: merged, kind: "merged", change: "fix", result: { commit: arrived(merged) }, ...(person ? { person } : {}) },
      { at: after(merged, told.delivered), kind: "delivered", change: "fix" },
      { at: seenAt, kind: "verified", change: "fix", result: { outcome } },
      ...also,
      { at: closed.at, kind: "closed", result: { outcome: closed.outcome } },
    ],
  };
}

/** The end of a lease, which is an incident of its own. */
export function leaseEnd(index: number, arrived: Arrivals): ToldStory {
  const at = (time: string) => `${index + 1}T${time}`;
  return {
    incident: `lease-${index}`,
    service: `s${index}`,
    opened: at("12:10"),
    records: [
      { at: at("12:11"), kind: "undone", phase: "intent", tier: "merge", change: "undo" },
      { at: at("12:12"), kind: "undone", change: "undo", result: { pull: 2 } },
      { at: at("12:15"), kind: "merged", change: "undo", result: { commit: arrived(at("12:15")) } },
      { at: at("12:20"), kind: "delivered", change: "undo" },
      { at: at("12:30"), kind: "verified", change: "undo", result: { outcome: "recovered" } },
      { at: at("12:30"), kind: "closed", result: { outcome: "recovered" } },
    ],
  };
}

const refused = (at: string): ToldRecord => ({ at, kind: "refused", tier: "abstained" });
export const called = (at: string): ToldRecord => ({ at, kind: "escalated", result: { issue: 9 } });
const said = (at: string, command: string): ToldRecord => ({
  at,
  kind: "commanded",
  person: "ada",
  result: { command },
});
const closed = (at: string, outcome: string): ToldRecord => ({ at, kind: "closed", result: { outcome } });
const withdrawn = (at: string, outcome: string, code: string): ToldRecord => ({
  at,
  kind: "withdrawn",
  change: "fix",
  result: { outcome, reasons: [{ code, message: "so it was" }] },
});
const asking = (at: string, by: "alerts" | "command" = "alerts"): readonly ToldRecord[] => [
  { at: after(at, 1), kind: "proposed", phase: "intent", tier: "propose", by, change: "fix" },
  { at: after(at, 2), kind: "proposed", change: "fix", result: { pull: 3 } },
];

function unmerged(incident: string, opened: string, records: readonly ToldRecord[], service = incident): ToldStory {
  return { incident, service, opened, records };
}

export const unmergedStories: readonly ToldStory[] = [
  // Half an hour after the fix of the same service. Nobody acts, and it stays open.
  unmerged("x1", "04T10:40", [refused("04T10:41"), called("04T11:00")], "s3"),
  // Rejected by a word; then a person is called, and it goes away.
  unmerged("x2", "05T12:00", [
    ...asking("05T12:00"),
    said("05T12:30", "reject"),
    withdrawn("05T12:31", "rejected", "rejected-by-person"),
    called("05T12:32"),
    closed("05T13:00", "handed-off"),
  ]),
  // Asked for a review, and was over before anybody came; only the close tells.
  unmerged("x3", "06T12:00", [...asking("06T12:00"), closed("06T12:20", "resolved-without-change")]),
  // Suggested; called after four hours; a person asks for another change, and closes its pull request.
  unmerged("x4", "07T12:00", [
    { at: "07T12:01", kind: "suggested", tier: "suggest", change: "fix" },
    called("07T16:00"),
    said("07T16:30", "act"),
    ...asking("07T16:30", "command"),
    withdrawn("07T17:00", "rejected", "closed-by-person"),
    closed("07T17:30", "handed-off"),
  ]),
  // Only watched.
  unmerged("x5", "08T12:00", [
    { at: "08T12:01", kind: "observed", tier: "observe", change: "fix" },
    closed("08T12:30", "resolved-without-change"),
  ]),
  // A person's own request, which waits for a review.
  unmerged("x6", "09T12:00", asking("09T12:00", "command")),
  // A person asks for the call.
  unmerged("x8", "10T12:00", [
    refused("10T12:01"),
    said("10T12:10", "escalate"),
    called("10T12:11"),
    closed("10T12:40", "handed-off"),
  ]),
  // Somebody comes after two days.
  unmerged("x9", "11T12:00", [
    refused("11T12:01"),
    called("11T12:10"),
    said("13T12:30", "retry"),
    closed("13T13:00", "handed-off"),
  ]),
  // On the last day; who comes afterwards isn't known yet.
  unmerged("x10", "30T12:00", [refused("30T12:01"), called("30T12:10"), said("31T09:00", "retry")]),
  // Somebody takes the issue after half an hour, and asks Remit for nothing; it goes away after two days.
  unmerged("x11", "12T12:00", [
    refused("12T12:01"),
    called("12T12:10"),
    { at: "12T12:40", kind: "answered", person: "carol" },
    closed("14T13:00", "handed-off"),
  ]),
];
