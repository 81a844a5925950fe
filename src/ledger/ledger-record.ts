/** What the branch `remit/ledger` holds: one file for each record, in canonical JSON, each naming the digest of the one before. */
import type { OperandName, Tier } from "../authority/verdict.ts";

/** The branch. It holds nothing else, only grows, and shares no history with any other. */
export const ledgerBranch = "remit/ledger";

export const ledgerFormat = "remit.dev/ledger/v1";

/**
 * What a record is about. `observed`, `suggested`, `refused`: decided, and nothing is written but an issue.
 * `proposed`, `merged`, `undone`: the intent before the write, the result after it. The others tell what came about.
 */
export const recordKinds = [
  "opened",
  "observed",
  "suggested",
  "refused",
  "proposed",
  "merged",
  "undone",
  "delivered",
  "verified",
  "withdrawn",
  "escalated",
  "answered",
  "commanded",
  "stopped",
  "policy-changed",
  "closed",
] as const;
export type RecordKind = (typeof recordKinds)[number];

export const recordPhases = ["intent", "result"] as const;
export type RecordPhase = (typeof recordPhases)[number];

/** A record with its place in the chain: what a file holds. Times are ISO 8601 in UTC with milliseconds. */
export interface LedgerRecord extends LedgerEntry {
  readonly format: typeof ledgerFormat;
  /** From 1, without gaps. */
  readonly sequence: number;
  /** SHA-256 of the bytes of the record before, as 64 lowercase hex digits; 64 zeros for the first. */
  readonly previous: string;
}

/** A record before it has a place. */
export interface LedgerEntry {
  /** Digest of all the rest: the same thing is recorded once, however often it is tried. */
  readonly id: string;
  readonly kind: RecordKind;
  readonly phase: RecordPhase;
  /** When it was decided, or came about. */
  readonly time: string;
  /** Remit's version. */
  readonly software: string;
  readonly actor: RecordedActor;
  readonly incident?: RecordedIncident;
  /** For intents, and for what was decided against. */
  readonly decision?: RecordedDecision;
  /** The change that it is about. */
  readonly change?: RecordedChange;
  readonly result?: RecordedResult;
}

/** `github`: it merges by itself what was handed over to it. `login`: of a person, where GitHub tells it. */
export interface RecordedActor {
  readonly kind: "remit" | "person" | "github";
  readonly login?: string;
}

export interface RecordedIncident {
  readonly id: string;
  readonly service: string;
  readonly environment?: string;
  readonly namespace?: string;
  readonly openedAt: string;
}

/** A decision with all that it rests on: what isn't in here is in the repository at `base`. */
export interface RecordedDecision {
  /**
   * `alerts`: planned from what fires. `command`: a person asked for it. `undo`: takes back a fix that didn't help.
   * `merge`: the same change, judged again right before it is merged.
   */
  readonly by: "alerts" | "command" | "undo" | "merge";
  /** The base branch's commit from which everything was read. */
  readonly base: string;
  readonly policy: { readonly digest: string; readonly revision: string; readonly version?: number };
  /** Without it nothing could be decided: then `reasons` tells why. */
  readonly tier?: Tier;
  /** Everything that the tier is the minimum of. */
  readonly operands: readonly RecordedOperand[];
  readonly reasons: readonly RecordedReason[];
  readonly runbook?: string;
  readonly approvals?: { readonly count: number; readonly permission: string; readonly maxAgeMs: number };
  readonly vetoWindowMs?: number;
  readonly inputs: RecordedInputs;
  /** SHA-256 of the inputs in canonical JSON. */
  readonly inputsDigest: string;
}

export interface RecordedOperand extends RecordedReason {
  readonly name: OperandName;
  readonly tier: Tier;
}

export interface RecordedReason {
  readonly code: string;
  /** Redacted. */
  readonly message: string;
}

/** Times are milliseconds since the epoch, as they were given to whoever decided. */
export interface RecordedInputs {
  /** The incident as it was: without annotations, labels redacted. */
  readonly incident?: unknown;
  /** The clock by which it was decided. */
  readonly now: number;
  readonly attempts: number;
  readonly kind: "fix" | "undo";
  readonly stop?: RecordedReason;
  readonly storm: { readonly sickServices: number; readonly changesUnderWay: number } | "unreadable";
  /** What controllers had said of the target's revisions. */
  readonly health: readonly {
    readonly revision: string;
    readonly at: number;
    readonly health: "healthy" | "degraded" | "progressing" | "unknown";
  }[];
  /** When Remit changed something in the installation's other repositories. */
  readonly elsewhere?: readonly number[] | "unreadable";
  readonly lastChangeAt?: number;
  readonly settings: { readonly stoodMs: number; readonly suspectWindowMs: number };
  /** What a person asked for. */
  readonly command?: unknown;
  /** Who, when, and on which issue or pull request. */
  readonly asked?: { readonly by: string; readonly at: number; readonly on: number };
  /** Who was asked beside the repository: what they said can't be asked for again, and could only lower the tier. */
  readonly outside: readonly ("images" | "rendering" | "model")[];
}

export interface RecordedChange {
  readonly kind: "fix" | "undo";
  readonly action: string;
  readonly title: string;
  /** The candidate's digest. */
  readonly candidate: string;
  /** The commit that it takes back. */
  readonly suspect?: string;
  readonly confidence: number;
  readonly risks: readonly string[];
  /** `remit/<action>/<target>/<digest>`; none where nothing is to be written. */
  readonly branch?: string;
  readonly base: string;
  readonly files: readonly RecordedFile[];
  /** SHA-256 of `files` in canonical JSON. */
  readonly diff: string;
  readonly expiresAt?: number;
}

/** SHA-256 of the bytes; none where the file isn't there. */
export interface RecordedFile {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/** What is there of it depends on the kind. */
export interface RecordedResult {
  readonly issue?: number;
  readonly pull?: number;
  /** Of Remit's branch (`proposed`), or what the base branch got (`merged`). */
  readonly commit?: string;
  /** Head of Remit's branch that is to be merged. */
  readonly head?: string;
  /** Who merges: Remit at once, or GitHub later. */
  readonly via?: "remit" | "queue" | "auto-merge";
  readonly approvals?: readonly RecordedApproval[];
  /** `recovered`, `failing`, `handed-off` … */
  readonly outcome?: string;
  readonly reasons?: readonly RecordedReason[];
  /** What a controller applied. */
  readonly revision?: string;
  readonly application?: string;
  /** What a person asked for, as Remit understood it. */
  readonly command?: string;
  /** Of a hold: when it is over by itself. */
  readonly until?: string;
  /** Whom an escalation called. */
  readonly called?: readonly string[];
  /** Of a policy: digests before and after. */
  readonly from?: string;
  readonly to?: string;
}

export interface RecordedApproval {
  readonly login: string;
  readonly permission: string;
  /** The head that was approved. */
  readonly commit: string;
  readonly at: string;
}
