/** Comments on issues and pull requests. */
import { presentComment, presentIssue } from "../present/present-thread.ts";
import type { Account } from "../world/accounts.ts";
import type { AnyThread, CommentRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { checkBody } from "./new-thread.ts";

export function addComment(world: World, thread: AnyThread, author: Account, body: string): CommentRecord {
  if (body.trim() === "") {
    throw new Refusal(422, "Validation Failed", {
      errors: [{ resource: "IssueComment", code: "missing_field", field: "body" }],
      graphql: "Body can't be blank",
    });
  }
  checkBody(body);
  if (thread.locked !== undefined && author.role !== "admin" && author.role !== "write") {
    throw new Refusal(403, "Unable to create comment because issue is locked.");
  }
  const now = world.now();
  const comment: CommentRecord = { id: world.nextId(), author, createdAt: now, updatedAt: now, body, reactions: [] };
  thread.comments.push(comment);
  thread.updatedAt = now;
  tell(world, thread, comment, "created", author);
  return comment;
}

export function editComment(world: World, thread: AnyThread, comment: CommentRecord, by: Account, body: string): void {
  checkBody(body);
  const changes = { body: { from: comment.body } };
  comment.body = body;
  comment.updatedAt = world.now();
  comment.editedAt = comment.updatedAt;
  tell(world, thread, comment, "edited", by, { changes });
}

export function deleteComment(world: World, thread: AnyThread, comment: CommentRecord, by: Account): void {
  thread.comments.splice(thread.comments.indexOf(comment), 1);
  tell(world, thread, comment, "deleted", by);
}

/** Throws 404. */
export function findComment(world: World, id: number): { readonly thread: AnyThread; readonly comment: CommentRecord } {
  for (const thread of world.threads) {
    const comment = thread.comments.find((item) => item.id === id);
    if (comment !== undefined) return { thread, comment };
  }
  throw Refusal.notFound();
}

function tell(
  world: World,
  thread: AnyThread,
  comment: CommentRecord,
  action: string,
  sender: Account,
  extra: Readonly<Record<string, unknown>> = {},
): void {
  const payload = {
    action,
    issue: presentIssue(world, thread),
    comment: presentComment(world, thread, comment),
    ...extra,
  };
  world.emit({ name: "issue_comment", action, sender, payload });
}
