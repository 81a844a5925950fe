/** The parts of mutations that concern an incident's issue. */
import { z } from "zod";
import { redact } from "../redact.ts";
import type { RepositoryView } from "../remediation/forge.ts";
import type { MutationPart } from "./compose-mutation.ts";
import { fitBody } from "./fit-body.ts";
import type { Answer } from "./run-document.ts";

export function createIssuePart(
  view: RepositoryView,
  issue: { readonly title: string; readonly body: string },
): MutationPart {
  return {
    alias: "issue",
    field: "createIssue",
    inputType: "CreateIssueInput",
    select: "issue { id number url }",
    input: { repositoryId: view.repositoryId, title: redact(issue.title), body: fitBody(issue.body) },
  };
}

export function updateIssuePart(id: string, change: { readonly title?: string; readonly body: string }): MutationPart {
  return {
    alias: "update",
    field: "updateIssue",
    inputType: "UpdateIssueInput",
    select: "issue { number }",
    input: { id, ...(change.title === undefined ? {} : { title: redact(change.title) }), body: fitBody(change.body) },
  };
}

export function closeIssuePart(id: string, reason: "completed" | "not-planned"): MutationPart {
  return {
    alias: "close",
    field: "closeIssue",
    inputType: "CloseIssueInput",
    select: "issue { number }",
    input: { issueId: id, stateReason: reason === "completed" ? "COMPLETED" : "NOT_PLANNED" },
  };
}

export function commentPart(alias: string, subjectId: string, body: string): MutationPart {
  return {
    alias,
    field: "addComment",
    inputType: "AddCommentInput",
    select: "subject { id }",
    input: { subjectId, body: fitBody(body) },
  };
}

const createdSchema = z.object({
  issue: z.object({ issue: z.object({ id: z.string(), number: z.number(), url: z.string() }) }),
});

/** The issue that a document created; undefined if it created none. */
export function issueCreated(
  answer: Answer,
): { readonly id: string; readonly number: number; readonly url: string } | undefined {
  const parsed = createdSchema.safeParse(answer.data);
  return parsed.success ? parsed.data.issue.issue : undefined;
}
