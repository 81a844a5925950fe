/** What the reconciler needs of GitHub. Implemented in github/ over octokit, one request per method unless it says otherwise. */
import type { Instant } from "../clock.ts";
import type { LedgerAppend } from "./recording/ledger.ts";

export interface Forge {
  /** Everything that the next step depends on, in one GraphQL query. */
  read(query: {
    readonly branch: string | undefined;
    /** What the default branch was called when that branch was made. */
    readonly baseBranch?: string | undefined;
    readonly incidentId: string;
    readonly issueNumber: number | undefined;
    /** The change that is taken back: who wrote it is asked for. */
    readonly suspect?: string | undefined;
  }): Promise<RepositoryView>;
  /**
   * Creates what is missing of: incident issue, branch, commit, pull request; all in one GraphQL document.
   * Throws github-conflict when the base moved or the branch exists with other content; the caller reads again.
   */
  propose(view: RepositoryView, proposal: Proposal): Promise<Proposed>;
  /** Reports the check run `remit/gate` on the head, and writes the cross-links into pull request and issue; one GraphQL document. */
  reportGate(view: RepositoryView, report: GateReport): Promise<void>;
  /** Merges with the head's id as guard. Conflicts and "not ready" are values. Never retried blindly: after a 5xx it reads. */
  merge(view: RepositoryView, request: MergeRequest): Promise<MergeResult>;
  /** Leaves the merge to GitHub, once its rules are met: to its merge queue, or to auto-merge. "Not ready" is a value. */
  handOver(view: RepositoryView, request: MergeRequest & { readonly to: MergesLater }): Promise<HandOverResult>;
  /** Takes that back. */
  takeBackMerge(pull: { readonly pullId: string; readonly from: MergesLater }): Promise<void>;
  /** Opens the incident issue where there is none, else updates its body; optionally closes it, comments, labels. One GraphQL document. */
  writeIssue(view: RepositoryView, update: IssueUpdate): Promise<{ readonly issueNumber: number }>;
  /** Another process, or this one before it broke off, may have written the incident's issue: the next write looks first. */
  forgetIssue(incidentId: string): void;
  /** Closes a pull request of ours with one comment, and deletes its branch if the head is still our commit. One GraphQL document. */
  closePull(
    view: RepositoryView,
    request: { readonly pullId: string; readonly comment: string; readonly deleteBranch: boolean },
  ): Promise<void>;
  /** The issue or pull request of that number; undefined: there is none that the App may see. */
  readThread(number: number): Promise<ThreadView | undefined>;
  /** Reacts to a comment and answers it: the answer first, so that the reaction says that it is there. One GraphQL document. */
  answerComment(answer: CommentReply): Promise<void>;
  /** Opens an issue labelled `remit:stop`. One request. */
  openStop(issue: { readonly title: string; readonly body: string }): Promise<{ readonly issueNumber: number }>;
  /** Closes an issue. One request. */
  closeStop(issueNumber: number): Promise<void>;
  /** The permission of a person on the repository; `none` when GitHub says so. Throws when GitHub can't say. */
  permission(login: string): Promise<"admin" | "maintain" | "write" | "triage" | "read" | "none">;
  /**
   * What Remit itself wrote in the only commit of its pull request that was merged as this commit; undefined: it is no merge of
   * Remit's work, whatever its own message says.
   */
  ownMessage(commit: string): Promise<string | undefined>;
  /**
   * Comments on Remit's own pull request that was merged as this commit, as GitHub tells it for `ownMessage`; not where Remit has said so
   * before, by the marker in the first line. Two requests.
   */
  commentOnMerged(commit: string, body: string): Promise<"said" | "said-before" | "not-ours">;
  /** Requests made since the forge was created, tokens included. */
  readonly requests: number;
}

export interface RepositoryView {
  readonly repositoryId: string;
  /** What the repository is called now: another name than the configured one after somebody renamed it. */
  readonly nameWithOwner: string;
  readonly defaultBranch: string;
  /** Head of the default branch. */
  readonly head: string;
  readonly archived: boolean;
  /** `.github/remit/STOP` exists on the default branch. */
  readonly stopFile: boolean;
  /** Number of an open issue labelled `remit:stop`. */
  readonly stopIssue: number | undefined;
  /** Head of the remediation's branch, if it exists. */
  readonly branchHead: string | undefined;
  readonly branchId: string | undefined;
  /** The commit at the branch's head, as far as it tells whether it is ours. */
  readonly branchCommit?: BranchCommit | undefined;
  /** How the repository allows pull requests to be merged. */
  readonly mergeMethods?: readonly MergeMethod[];
  /** The newest pull request of ours from that branch to the default branch, whatever that was called when it was closed or merged. */
  readonly pull: PullView | undefined;
  /**
   * Branches of ours whose pull request was closed without a merge, of the 100 newest such pull requests of the repository:
   * where no branch was asked for. They are known by name even after the branch is gone.
   */
  readonly rejectedBranches?: readonly string[];
  /** Branches of ours with an open pull request, of the 100 newest of the repository: where no branch was asked for. */
  readonly openBranches?: readonly string[];
  /** The incident's issue: the one with this number, or an open one of ours that carries the incident's marker. */
  readonly issue: IssueView | undefined;
  /** The newest fifty comments on the incident's issue and on the pull request each, where these were asked for. */
  readonly comments?: readonly CommentView[];
  /** Who wrote the suspected change; undefined where it wasn't asked for. */
  readonly suspectAuthors?: SuspectAuthors | undefined;
  /** This machine's clock is too far from GitHub's to decide anything by it. */
  readonly wrongClock?: WrongClock | undefined;
}

/** Accounts, not names: what a commit says of its author is free text. */
export interface SuspectAuthors {
  /** Whoever committed it, and whoever opened the pull request that it came by. */
  readonly logins: readonly string[];
  /** GitHub knows an account that wrote it. A committer alone says nothing: that is GitHub itself for whatever it merges. */
  readonly known: boolean;
}

export interface WrongClock {
  /** GitHub's time at the look. */
  readonly at: Instant;
  /** How far this machine's clock is ahead; negative where it is behind. */
  readonly aheadMs: number;
}

export interface BranchCommit {
  readonly parents: readonly string[];
  readonly message: string;
  readonly byUs: boolean;
}

export type MergeMethod = "squash" | "merge" | "rebase";

export interface PullView {
  readonly id: string;
  readonly number: number;
  readonly state: "open" | "closed" | "merged";
  readonly head: string;
  readonly url: string;
  readonly body: string;
  readonly createdAt: Instant;
  /** GitHub's own summary of rules, checks and conflicts. */
  readonly mergeState: "clean" | "unstable" | "has-hooks" | "blocked" | "behind" | "dirty" | "draft" | "unknown";
  readonly mergeCommit: string | undefined;
  readonly mergedAt: Instant | undefined;
  /** Who merged it; undefined where GitHub doesn't tell. */
  readonly mergedBy?: { readonly login: string; readonly byUs: boolean; readonly isPerson: boolean } | undefined;
  /** On the head commit. */
  readonly checks: readonly CheckView[];
  /** Every commit on the pull request, oldest first. */
  readonly commits: readonly { readonly id: string; readonly byUs: boolean }[];
  readonly reviews: readonly ReviewView[];
  /** Remit itself closed it, in this very incident. */
  readonly withdrawn?: boolean;
  /** The branch that it goes to has a merge queue, and nothing else may merge. */
  readonly needsQueue?: boolean;
  /** GitHub merges it by itself, once its rules are met, and who asked for that. */
  readonly handedOver?: { readonly to: MergesLater; readonly byUs: boolean } | undefined;
  /** GitHub has just refused that. */
  readonly handOverRefused?: boolean;
}

export interface CheckView {
  readonly name: string;
  readonly state: "success" | "failure" | "pending" | "neutral";
  readonly required: boolean;
  /** Is it ours: reported by this App? */
  readonly ours: boolean;
}

export interface ReviewView {
  readonly state: "approved" | "changes-requested" | "commented" | "dismissed" | "pending";
  /** Login; undefined for a deleted account. */
  readonly author: string | undefined;
  readonly isPerson: boolean;
  /** The head that the review was given for. */
  readonly commit: string | undefined;
  readonly submittedAt: Instant | undefined;
}

export interface CommentView {
  readonly id: string;
  /** Of the issue or pull request that it stands on. */
  readonly subjectId: string;
  /** Login; undefined for a deleted account. */
  readonly author: string | undefined;
  readonly isPerson: boolean;
  /** Untrusted text, as it is now. */
  readonly body: string;
  readonly createdAt: Instant;
  readonly edited: boolean;
  /** Remit has reacted with `eyes`. */
  readonly seen: boolean;
  /** Remit has answered it, or reacted with `+1` or `confused`. */
  readonly answered: boolean;
}

/** An issue or a pull request, whoever opened it. */
export interface ThreadView {
  readonly id: string;
  /** The newest fifty. */
  readonly comments: readonly CommentView[];
}

export interface CommentReply {
  readonly commentId: string;
  readonly subjectId: string;
  readonly reaction: "eyes" | "+1" | "confused";
  /** Markdown; undefined: the reaction says it all. */
  readonly body: string | undefined;
}

export interface IssueView {
  readonly id: string;
  readonly number: number;
  readonly open: boolean;
  readonly body: string;
  readonly url: string;
  /** Login of whom it is assigned to. */
  readonly assignee?: string | undefined;
}

export interface Proposal {
  readonly branch: string;
  readonly base: string;
  readonly headline: string;
  /** Commit message body with trailers. */
  readonly message: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Files that go away. */
  readonly deletions?: readonly string[];
  readonly pullTitle: string;
  readonly pullBody: string;
  readonly issueTitle: string;
  readonly issueBody: string;
  /** Goes ahead of everything else. */
  readonly ledger?: LedgerAppend;
}

export interface Proposed {
  /** On the ledger's branch; undefined where nothing was to be appended, or the branch had moved. */
  readonly ledgerCommit?: string | undefined;
  readonly commit: string;
  readonly pullNumber: number;
  readonly pullId: string;
  readonly pullUrl: string;
  readonly issueNumber: number;
  readonly issueId: string;
  readonly issueUrl: string;
}

export interface GateReport {
  readonly pullId: string;
  readonly head: string;
  readonly conclusion: "success" | "failure" | "action_required";
  readonly title: string;
  /** Markdown, at most 65,535 characters. */
  readonly summary: string;
  readonly pullBody: string | undefined;
  readonly issue: { readonly id: string; readonly body: string } | undefined;
}

export interface MergeRequest {
  readonly pullNumber: number;
  readonly pullId: string;
  readonly head: string;
  readonly headline: string;
  readonly message: string;
  /** What it rests on is good for so long: a request that couldn't be sent by then is given up. */
  readonly withinMs?: number;
}

export type MergesLater = "queue" | "auto-merge";

export type HandOverResult =
  | { readonly outcome: "handed-over" }
  | { readonly outcome: "not-ready"; readonly why: string };

export type MergeResult =
  | { readonly outcome: "merged"; readonly commit: string }
  | { readonly outcome: "head-moved" }
  | { readonly outcome: "not-ready"; readonly why: string }
  /** Not clear whether it happened: read again before anything else. */
  | { readonly outcome: "unknown" };

export interface IssueUpdate {
  /** The incident's issue, once it was written: it is found by its number, whoever closed it or edited its text. */
  readonly issueNumber?: number | undefined;
  readonly title: string;
  readonly body: string;
  readonly comment: string | undefined;
  readonly close: "completed" | "not-planned" | undefined;
  /** Comment that tells the pull request the outcome, if any. */
  readonly pullComment: { readonly pullId: string; readonly body: string } | undefined;
}
