/** Which comment is to be answered next. */
import type { CommentView, RepositoryView } from "../forge.ts";
import type { Asked } from "./asked.ts";
import { commandLines } from "./command-lines.ts";

/** The oldest one by a person that holds a command and has no answer yet. What programs write is never obeyed. */
export function pendingComment(
  { comments = [] }: Pick<RepositoryView, "comments">,
  asked: Asked = {},
): CommentView | undefined {
  const sent = new Set(asked.answers?.filter((answer) => answer.sent).map(({ comment }) => comment));
  return comments
    .filter(
      ({ id, isPerson, answered, body }) => isPerson && !answered && !sent.has(id) && commandLines(body).length > 0,
    )
    .sort((a, b) => a.createdAt - b.createdAt)[0];
}
