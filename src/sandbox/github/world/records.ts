/** What the stand-in remembers beside git. Everything is mutable state of one `World`. */
import type { Instant } from "../../../clock.ts";
import type { Account, AppAccount } from "./accounts.ts";

export interface ReactionRecord {
  readonly id: number;
  readonly content: string;
  readonly author: Account;
  readonly at: Instant;
}

export interface CommentRecord {
  readonly id: number;
  readonly author: Account;
  readonly createdAt: Instant;
  updatedAt: Instant;
  editedAt?: Instant;
  body: string;
  readonly reactions: ReactionRecord[];
}

/** What issues and pull requests have in common; they share one sequence of numbers. */
export interface ThreadRecord {
  readonly number: number;
  readonly id: number;
  readonly author: Account;
  readonly createdAt: Instant;
  updatedAt: Instant;
  title: string;
  body: string | null;
  state: "open" | "closed";
  stateReason: "completed" | "not_planned" | "duplicate" | "reopened" | null;
  closed: { readonly at: Instant; readonly by: Account } | undefined;
  /** Names; the repository's labels hold the rest. */
  labels: string[];
  assignees: Account[];
  /** Who last changed the text, and when; undefined where it stands as it was written. */
  edited: { readonly by: Account; readonly at: Instant } | undefined;
  locked: { readonly reason: string | null } | undefined;
  readonly comments: CommentRecord[];
  readonly reactions: ReactionRecord[];
}

export interface IssueRecord extends ThreadRecord {
  readonly kind: "issue";
}

export interface ReviewRecord {
  readonly id: number;
  readonly author: Account;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED" | "PENDING";
  readonly body: string;
  /** The head that it was given for. */
  readonly commit: string;
  readonly at: Instant;
}

export interface PullRecord extends ThreadRecord {
  readonly kind: "pull";
  readonly headRef: string;
  head: string;
  baseRef: string;
  /** Head of the base branch when the pull request was last looked at by git. */
  base: string;
  draft: boolean;
  merged: { readonly at: Instant; readonly by: Account; readonly commit: string } | undefined;
  readonly reviews: ReviewRecord[];
  autoMerge: AutoMergeRecord | undefined;
  /** In the merge queue. */
  queued: QueueRecord | undefined;
  /** Reads that still answer `UNKNOWN`, while GitHub computes whether it merges. */
  unknownReads: number;
}

export interface AutoMergeRecord {
  readonly by: Account;
  readonly at: Instant;
  readonly method: MergeMethod;
  readonly headline: string | undefined;
  readonly body: string | undefined;
}

export interface QueueRecord {
  readonly at: Instant;
  readonly by: Account;
  /** That it was queued with. */
  readonly head: string;
  /** Made once it is the first. */
  group: MergeGroupRecord | undefined;
}

export interface MergeGroupRecord {
  readonly ref: string;
  readonly head: string;
  readonly base: string;
}

export type MergeMethod = "merge" | "squash" | "rebase";
export type AnyThread = IssueRecord | PullRecord;

export interface LabelRecord {
  readonly id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}

export interface CheckSuiteRecord {
  readonly id: number;
  readonly app: AppAccount;
  readonly head: string;
  readonly branch: string | null;
  readonly before: string | null;
  readonly createdAt: Instant;
  updatedAt: Instant;
}

export type CheckStatus = "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";
export type CheckConclusion =
  | "success"
  | "failure"
  | "neutral"
  | "cancelled"
  | "skipped"
  | "timed_out"
  | "action_required"
  | "stale";

export interface CheckRunRecord {
  readonly id: number;
  readonly suite: CheckSuiteRecord;
  name: string;
  status: CheckStatus;
  conclusion: CheckConclusion | null;
  startedAt: Instant | null;
  completedAt: Instant | null;
  externalId: string;
  detailsUrl: string | null;
  output: { title: string | null; summary: string | null; text: string | null };
}

export interface StatusRecord {
  readonly id: number;
  readonly head: string;
  readonly context: string;
  readonly state: "error" | "failure" | "pending" | "success";
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: Account;
  readonly at: Instant;
}

export interface DeploymentStatusRecord {
  readonly id: number;
  readonly state: "error" | "failure" | "inactive" | "in_progress" | "queued" | "pending" | "success";
  readonly description: string;
  readonly environment: string;
  readonly environmentUrl: string;
  readonly logUrl: string;
  readonly creator: Account;
  readonly at: Instant;
}

export interface DeploymentRecord {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly task: string;
  readonly environment: string;
  readonly description: string | null;
  readonly payload: unknown;
  readonly transient: boolean;
  readonly production: boolean;
  readonly creator: Account;
  readonly createdAt: Instant;
  updatedAt: Instant;
  readonly statuses: DeploymentStatusRecord[];
}
