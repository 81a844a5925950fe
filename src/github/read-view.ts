/** One query, turned into what the reconciler decides from. */
import { RemitError } from "../errors.ts";
import type { BranchCommit, Forge, MergeMethod, RepositoryView } from "../remediation/forge.ts";
import { type ForgeContext, ownerAndRepo, run } from "./forge-context.ts";
import { type Identity, identityFrom, isOurCommit } from "./identity.ts";
import { presentNodes } from "./present-nodes.ts";
import { readDocument } from "./read-document.ts";
import { type ReadAnswer, type RepositoryFacts, readSchema } from "./read-schema.ts";
import { requireSameRepository } from "./require-same-repository.ts";
import type { Answer } from "./run-document.ts";
import { suspectAuthors } from "./suspect-authors.ts";
import { toRemitError } from "./to-remit-error.ts";
import { viewComments } from "./view-comments.ts";
import { findIssue, saidOn, viewIssue } from "./view-issue.ts";
import { findPull } from "./view-pull.ts";
import { wrongClock } from "./wrong-clock.ts";

export async function readView(context: ForgeContext, query: Parameters<Forge["read"]>[0]): Promise<RepositoryView> {
  const { owner, repo } = ownerAndRepo(context);
  const variables = {
    owner,
    name: repo,
    branch: query.branch ?? "",
    ref: `refs/heads/${query.branch ?? ""}`,
    withBranch: query.branch !== undefined,
    issueNumber: query.issueNumber ?? 0,
    withIssue: query.issueNumber !== undefined,
    seekIssue: query.issueNumber === undefined,
    suspect: query.suspect ?? null,
    withSuspect: query.suspect !== undefined,
  };
  const { clock } = context.app;
  const sentAt = clock.now();
  const answer = await run(context, readDocument, variables, "read the state of things");
  const clockIsWrong = wrongClock(answer.date, sentAt, clock.now());
  const { viewer, repository } = parse(answer, context);
  await requireSameRepository(context, repository.databaseId);
  const us = identityFrom(viewer.login, context.app.signsCommits);
  const view = {
    ...toView(repository, us, query, context),
    ...(query.suspect === undefined ? {} : { suspectAuthors: suspectAuthors(repository) }),
  };
  return clockIsWrong === undefined ? view : { ...view, wrongClock: clockIsWrong };
}

/** An issue that was deleted is told as a fault; anything else that is missing would lead to a decision from half the facts. */
function parse(answer: Answer, context: ForgeContext): ReadAnswer {
  if (answer.faultyPaths.some((path) => path !== "repository.issue") && answer.anyFault !== undefined) {
    throw answer.anyFault;
  }
  const { repository } = answer.data;
  if (repository === null || repository === undefined) {
    throw new RemitError("github-not-found", `GitHub shows no repository ${context.repository} to the App`);
  }
  const parsed = readSchema.safeParse(answer.data);
  if (parsed.success) return parsed.data;
  throw toRemitError(parsed.error, `read the state of things in ${context.repository}`, context.app.clock.now());
}

function toView(
  repository: RepositoryFacts,
  us: Identity,
  query: Parameters<Forge["read"]>[0],
  { memory }: ForgeContext,
): RepositoryView {
  const { incidentId } = query;
  const issue = findIssue(repository, incidentId);
  if (issue === undefined) memory.knowAbsent(incidentId);
  else {
    memory.forget(incidentId, undefined);
    const said = saidOn(issue);
    if (said !== undefined) memory.knowSaid(incidentId, issue.id, said);
  }
  const pull = findPull(repository, us, query);
  return {
    repositoryId: repository.id,
    nameWithOwner: repository.nameWithOwner,
    defaultBranch: repository.defaultBranchRef.name,
    head: repository.defaultBranchRef.target.oid,
    archived: repository.isArchived,
    stopFile: (repository.stopFile ?? undefined) !== undefined,
    stopIssue: presentNodes(repository.stopIssues)[0]?.number,
    branchHead: repository.ref?.target?.oid,
    branchId: repository.ref?.id,
    branchCommit: branchCommit(repository, us),
    mergeMethods: mergeMethods(repository),
    pull,
    issue: issue && viewIssue(issue),
    comments: viewComments(repository, [issue?.id, pull?.id]),
    ...(repository.closedPulls ? { rejectedBranches: branchesOfOurs(repository.closedPulls) } : {}),
    ...(repository.openPulls ? { openBranches: branchesOfOurs(repository.openPulls) } : {}),
  };
}

function branchesOfOurs(pulls: NonNullable<RepositoryFacts["closedPulls"]>): string[] {
  return presentNodes(pulls)
    .filter((pull) => pull.viewerDidAuthor && !pull.isCrossRepository)
    .map((pull) => pull.headRefName);
}

function branchCommit({ ref }: RepositoryFacts, us: Identity): BranchCommit | undefined {
  const target = ref?.target;
  if (target === undefined || target === null) return undefined;
  return {
    parents: presentNodes(target.parents).map((parent) => parent.oid),
    message: target.message,
    byUs: isOurCommit(target, us),
  };
}

function mergeMethods(repository: RepositoryFacts): MergeMethod[] {
  const allowed: readonly (readonly [MergeMethod, boolean])[] = [
    ["squash", repository.squashMergeAllowed],
    ["merge", repository.mergeCommitAllowed],
    ["rebase", repository.rebaseMergeAllowed],
  ];
  return allowed.filter(([, isAllowed]) => isAllowed).map(([method]) => method);
}
