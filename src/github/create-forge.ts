/** The reconciler's view of GitHub, for one repository. */
import { type Dashboards, dashboardLabel } from "../remediation/dashboard/dashboards.ts";
import type { Forge, MergeMethod } from "../remediation/forge.ts";
import type { Onboarding, PolicyPack } from "../remediation/onboarding/onboarding.ts";
import type { LedgerBranch } from "../remediation/recording/ledger.ts";
import { type WatchdogIssues, watchdogLabel } from "../remediation/watchdog/watchdog-issues.ts";
import { answerComment } from "./answer-comment.ts";
import { closePull } from "./close-pull.ts";
import { commentOnMerged } from "./comment-on-merged.ts";
import type { ForgeContext } from "./forge-context.ts";
import type { GitHubApp } from "./github-app.ts";
import { handOver, takeBackMerge } from "./hand-over.ts";
import { IssueMemory } from "./issue-memory.ts";
import { ledgerBranchOf } from "./ledger-branch.ts";
import { mergePull } from "./merge-pull.ts";
import { onboardingPull } from "./onboarding-pull.ts";
import { type OwnIssue, ownIssue } from "./own-issue.ts";
import { proposeChange } from "./propose-change.ts";
import { readOwnPull } from "./read-own-pull.ts";
import { readPermission } from "./read-permission.ts";
import { readThread } from "./read-thread.ts";
import { readView } from "./read-view.ts";
import { reportGate } from "./report-gate.ts";
import { closeStop, openStop } from "./stop-issue.ts";
import { writeComment } from "./write-comment.ts";
import { writeIssue } from "./write-issue.ts";

export interface ForgeOptions {
  readonly app: GitHubApp;
  /** `owner/name`. */
  readonly repository: string;
  /** Where it is known already; saves a look-up. */
  readonly installationId?: number;
  /** `squash` unless said otherwise, so that the trailers stand in one commit. */
  readonly mergeMethod?: MergeMethod;
}

/** What the dashboard needs, of the same repository. */
export function createDashboards(options: ForgeOptions): Dashboards {
  return ownIssue(contextOf(options), { label: dashboardLabel, marker: "dashboard", name: "the dashboard" });
}

/** What the watchdog needs, of the same repository. */
export function createWatchdogIssues(options: ForgeOptions): WatchdogIssues {
  const client = options.app.issueClient(options.repository);
  return ownIssue(
    { ...contextOf(options), client },
    { label: watchdogLabel, marker: "watchdog", name: "the watchdog's issue" },
  );
}

/** The review of a month such as `2026-11`, of the same repository. */
export function createReviewIssue(options: ForgeOptions, month: string): OwnIssue {
  const name = `the review of ${month}`;
  return ownIssue(contextOf(options), { label: "remit:review", marker: "review", about: month, name });
}

/** Writes one comment on an issue or pull request. */
export function commentOn(options: ForgeOptions, number: number, body: string): Promise<void> {
  return writeComment(contextOf(options), number, body);
}

/** What onboarding needs, of the same repository. */
export function createOnboarding(options: ForgeOptions, pack: PolicyPack): Onboarding {
  return onboardingPull(contextOf(options), pack);
}

/** Of the same repository. */
export function createLedgerBranch(options: ForgeOptions): LedgerBranch {
  return ledgerBranchOf(contextOf(options));
}

export function createForge(options: ForgeOptions): Forge {
  const { app, repository, installationId } = options;
  if (installationId !== undefined) app.useInstallation(repository, installationId);
  const context = contextOf(options);
  return {
    read: (query) => readView(context, query),
    propose: (view, proposal) => proposeChange(context, view, proposal),
    reportGate: (view, report) => reportGate(context, view, report),
    merge: (view, request) => mergePull(context, view, request),
    handOver: (view, request) => handOver(context, view, request),
    takeBackMerge: (pull) => takeBackMerge(context, pull),
    writeIssue: (view, update) => writeIssue(context, view, update),
    forgetIssue: (incidentId) => context.memory.forgetIncident(incidentId),
    closePull: (view, request) => closePull(context, view, request),
    readThread: (number) => readThread(context, number),
    answerComment: (answer) => answerComment(context, answer),
    openStop: (issue) => openStop(context, issue),
    closeStop: (issueNumber) => closeStop(context, issueNumber),
    ownMessage: async (commit) => (await readOwnPull(context, commit))?.message,
    commentOnMerged: (commit, body) => commentOnMerged(context, commit, body),
    permission: (login) => readPermission(context, login),
    get requests() {
      return app.requests(repository);
    },
  };
}

function contextOf({ app, repository, mergeMethod }: ForgeOptions): ForgeContext {
  return { app, repository, memory: new IssueMemory(), mergeMethod: mergeMethod ?? "squash" };
}
