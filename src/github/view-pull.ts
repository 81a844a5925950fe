import type { PullView, ReviewView } from "../remediation/forge.ts";
import { type Identity, isOurCommit } from "./identity.ts";
import { ownMarkers } from "./own-markers.ts";
import { presentNodes } from "./present-nodes.ts";
import type { PullFacts, RepositoryFacts } from "./read-schema.ts";
import { viewChecks } from "./view-checks.ts";

/**
 * The newest pull request that Remit opened from the branch: written by Remit, from this repository and no fork, to the
 * default branch, which may have been `baseBranch` then: a pull request that isn't open keeps the name. The branch's name carries the digest, so a person who edits the text doesn't make Remit lose sight of it.
 * One that Remit itself withdrew in another incident, branch and all, is nobody's answer, so it is as if it had never been.
 */
export function findPull(
  repository: RepositoryFacts,
  us: Identity,
  { incidentId, baseBranch }: { readonly incidentId: string; readonly baseBranch?: string | undefined },
): PullView | undefined {
  const { name } = repository.defaultBranchRef;
  const ours = presentNodes(repository.pullRequests)
    .filter((pull) => pull.viewerDidAuthor && !pull.isCrossRepository)
    .filter(({ state, baseRefName }) => baseRefName === name || (state !== "OPEN" && baseRefName === baseBranch))
    .filter((pull) => isWithdrawnIn(pull, incidentId) || !(isGone(pull, repository) && withdrawals(pull).length > 0))
    .sort((a, b) => b.number - a.number);
  const [newest] = ours;
  if (newest === undefined) return undefined;
  const view = viewPull(newest, repository, us);
  return isWithdrawnIn(newest, incidentId) ? { ...view, withdrawn: true } : view;
}

function isGone(pull: PullFacts, { ref }: RepositoryFacts): boolean {
  return pull.state === "CLOSED" && !ref;
}

function isWithdrawnIn(pull: PullFacts, incidentId: string): boolean {
  return pull.state === "CLOSED" && withdrawals(pull).includes(incidentId);
}

/** The incidents in which Remit withdrew it. */
function withdrawals({ comments }: PullFacts): readonly string[] {
  return ownMarkers(comments).flatMap(({ kind, incident }) => (kind === "withdrawal" ? [incident] : []));
}

const states = { OPEN: "open", CLOSED: "closed", MERGED: "merged" } as const;

function viewPull(pull: PullFacts, repository: RepositoryFacts, us: Identity): PullView {
  const commits = presentNodes(pull.commits).map(({ commit }) => commit);
  return {
    id: pull.id,
    number: pull.number,
    state: states[pull.state],
    head: pull.headRefOid,
    url: pull.url,
    body: pull.body,
    createdAt: Date.parse(pull.createdAt),
    mergeState: pull.isDraft ? "draft" : mergeState(pull.mergeStateStatus),
    mergeCommit: pull.mergeCommit?.oid,
    mergedAt: pull.mergedAt ? Date.parse(pull.mergedAt) : undefined,
    mergedBy: mergedBy(pull, us),
    checks: viewChecks(pull, repository, us),
    commits: commits.map((commit) => ({ id: commit.oid, byUs: isOurCommit(commit, us) })),
    reviews: presentNodes(pull.reviews).map(viewReview),
    needsQueue: pull.isMergeQueueEnabled,
    handedOver: handedOver(pull, us),
  };
}

function mergedBy({ mergedBy: who }: PullFacts, us: Identity): PullView["mergedBy"] {
  if (!who) return undefined;
  return { login: who.login, byUs: isUs(who.login, us), isPerson: who.__typename === "User" };
}

function isUs(login: string | undefined, { slug }: Identity): boolean {
  return login?.replace(/\[bot\]$/, "") === slug;
}

/** The queue counts more: auto-merge is how some things are put into it. */
function handedOver({ mergeQueueEntry, autoMergeRequest }: PullFacts, us: Identity): PullView["handedOver"] {
  if (mergeQueueEntry) return { to: "queue", byUs: isUs(mergeQueueEntry.enqueuer.login, us) };
  return autoMergeRequest ? { to: "auto-merge", byUs: isUs(autoMergeRequest.enabledBy?.login, us) } : undefined;
}

const mergeStates: ReadonlyMap<string, PullView["mergeState"]> = new Map([
  ["CLEAN", "clean"],
  ["UNSTABLE", "unstable"],
  ["HAS_HOOKS", "has-hooks"],
  ["BLOCKED", "blocked"],
  ["BEHIND", "behind"],
  ["DIRTY", "dirty"],
  ["DRAFT", "draft"],
]);

function mergeState(status: string): PullView["mergeState"] {
  return mergeStates.get(status) ?? "unknown";
}

const reviewStates = {
  APPROVED: "approved",
  CHANGES_REQUESTED: "changes-requested",
  COMMENTED: "commented",
  DISMISSED: "dismissed",
  PENDING: "pending",
} as const;

type ReviewFacts = NonNullable<NonNullable<NonNullable<PullFacts["reviews"]>["nodes"]>[number]>;

function viewReview(review: ReviewFacts): ReviewView {
  return {
    state: reviewStates[review.state],
    author: review.author?.login,
    isPerson: review.author?.__typename === "User",
    commit: review.commit?.oid,
    submittedAt: review.submittedAt ? Date.parse(review.submittedAt) : undefined,
  };
}
