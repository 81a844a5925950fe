/** Opens, updates, comments on and closes an incident's issue. Nothing is doubled: where this process doesn't know, it looks first. */
import { RemitError } from "../errors.ts";
import { isRefusal } from "../is-refusal.ts";
import type { IssueUpdate, RepositoryView } from "../remediation/forge.ts";
import { findMarker, renderMarker } from "../remediation/marker.ts";
import { composeMutation, type MutationPart } from "./compose-mutation.ts";
import { type ForgeContext, run } from "./forge-context.ts";
import { closeIssuePart, commentPart, createIssuePart, issueCreated, updateIssuePart } from "./issue-parts.ts";
import { readView } from "./read-view.ts";
import type { Answer } from "./run-document.ts";

interface Known {
  readonly id: string;
  readonly number: number;
}

/**
 * One request as a rule. One more to look first, in a process that hasn't read this issue yet; and one more to comment on or
 * close an issue that had to be opened, since its id isn't known before.
 */
export async function writeIssue(
  context: ForgeContext,
  view: RepositoryView,
  update: IssueUpdate,
): Promise<{ readonly issueNumber: number }> {
  const incident = findMarker(update.body)?.incident;
  const known = await currentIssue(context, view, update, incident);
  if (known !== undefined) {
    await change(context, known, [updateIssuePart(known.id, update), ...laterParts(context, known, update)], update);
    return { issueNumber: known.number };
  }
  const created = await create(context, view, update, incident);
  const later = laterParts(context, created, update);
  if (later.length > 0) await change(context, created, later, update);
  return { issueNumber: created.number };
}

async function currentIssue(
  context: ForgeContext,
  view: RepositoryView,
  update: IssueUpdate,
  incident: string | undefined,
): Promise<Known | undefined> {
  const look = (issueNumber: number | undefined) =>
    readView(context, { branch: undefined, incidentId: incident ?? "", issueNumber });
  let { issue } = view;
  if (issue === undefined && update.issueNumber !== undefined) issue = (await look(update.issueNumber)).issue;
  else if (issue === undefined && incident !== undefined && !context.memory.isAbsent(incident)) {
    issue = (await look(undefined)).issue;
  }
  const marker = commentMarker(update);
  if (issue !== undefined && marker !== undefined && context.memory.hasSaid(issue.id, marker) === undefined) {
    issue = (await look(issue.number)).issue ?? issue;
  }
  return issue;
}

async function create(
  context: ForgeContext,
  view: RepositoryView,
  update: IssueUpdate,
  incident: string | undefined,
): Promise<Known> {
  context.memory.forget(incident, undefined);
  const { document, variables } = composeMutation("RemitOpenIssue", [createIssuePart(view, update)]);
  const answer = await run(context, document, variables, "open the incident's issue");
  if (answer.anyFault !== undefined) throw answer.anyFault;
  const created = issueCreated(answer);
  if (created === undefined) throw new RemitError("github-rejected", "GitHub didn't say which issue it opened");
  context.memory.knowSaid(incident, created.id, []);
  return created;
}

function laterParts(context: ForgeContext, issue: Known, update: IssueUpdate): MutationPart[] {
  const parts: MutationPart[] = [];
  const marker = commentMarker(update);
  const said = marker !== undefined && context.memory.hasSaid(issue.id, marker) === true;
  if (update.comment !== undefined && !said) parts.push(commentPart("comment", issue.id, update.comment));
  if (update.pullComment !== undefined && !said) {
    parts.push(commentPart("pullComment", update.pullComment.pullId, update.pullComment.body));
  }
  if (update.close !== undefined) parts.push(closeIssuePart(issue.id, update.close));
  return parts;
}

async function change(
  context: ForgeContext,
  issue: Known,
  parts: readonly MutationPart[],
  update: IssueUpdate,
): Promise<void> {
  const marker = commentMarker(update);
  const known = marker === undefined ? undefined : context.memory.hasSaid(issue.id, marker);
  const { document, variables } = composeMutation("RemitWriteIssue", parts);
  try {
    const answer = await run(context, document, variables, `write issue ${issue.number}`);
    if (answer.anyFault !== undefined) {
      if (!isOnlySilenced(answer, parts)) throw answer.anyFault;
      context.app.log.warn({ issue: issue.number }, `GitHub takes no comment there: ${answer.anyFault.message}`);
    }
  } catch (error) {
    context.memory.forget(undefined, issue.id);
    throw error;
  }
  if (marker !== undefined && known !== undefined) context.memory.noteSaid(issue.id, marker);
}

/** Somebody has locked the conversation: the texts are up to date, and no later attempt would say more. */
function isOnlySilenced(answer: Answer, parts: readonly MutationPart[]): boolean {
  const faulty = parts.filter(({ alias }) => answer.fault(alias) !== undefined);
  return faulty.every(({ field, alias }) => field === "addComment" && isRefusal(answer.fault(alias)));
}

/** By which the comment is known again; undefined: it may be repeated. */
function commentMarker({ comment }: IssueUpdate): string | undefined {
  const marker = comment === undefined ? undefined : findMarker(comment);
  return marker && renderMarker(marker);
}
