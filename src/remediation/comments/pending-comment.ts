/** Which comment is to be answered next. */
import type { CommentView, RepositoryView } from "../forge.ts";
import { mentionsCommand } from "./command-lines.ts";

/** The oldest one by a person that may hold a command and has no answer yet. What programs write is never obeyed. */
export function pendingComment({ comments = [] }: RepositoryView): CommentView | undefined {
  return comments
    .filter(({ isPerson, answered, body }) => isPerson && !answered && mentionsCommand(body))
    .sort((a, b) => a.createdAt - b.createdAt)[0];
}
