/** One comment, whatever it stands on: seen, obeyed line by line, and answered once. */

import type { Target } from "../../target.ts";
import type { CommentView, Forge } from "../forge.ts";
import { commentReply } from "../prose/comment-reply.ts";
import { sentence } from "../prose/sentence.ts";
import { fence, inlineCode } from "../prose/untrusted.ts";
import type { CommentAnswer } from "./asked.ts";
import { commandLines } from "./command-lines.ts";
import type { Directive } from "./directive.ts";
import { type Asker, no, type Obeyed } from "./obeyed.ts";
import { parseDirective } from "./parse-directive.ts";

/** More in one comment is no conversation. */
const commandsPerComment = 5;

export interface Obedience {
  readonly forge: Pick<Forge, "answerComment" | "permission">;
  /** The target that is meant where a line names none. */
  readonly about: Target | undefined;
  /** What a line leads to; it is done, and as durable as it gets, when this answers. */
  readonly obey: (directive: Directive, asker: Asker) => Promise<Obeyed>;
}

export async function obeyComment({ forge, about, obey }: Obedience, comment: CommentView): Promise<CommentAnswer> {
  const lines = commandLines(comment.body);
  const { id: commentId, subjectId, author: login = "" } = comment;
  const eyes = { commentId, subjectId, reaction: "eyes", body: undefined } as const;
  if (!comment.seen) await forge.answerComment(eyes);
  // Asked now, whatever was known before: what somebody may do is what GitHub says at this moment.
  const permission = await forge.permission(login);
  const answers: string[] = [];
  let allObeyed = lines.length <= commandsPerComment;
  for (const line of lines.slice(0, commandsPerComment)) {
    const parsed = parseDirective(line, about);
    const { obeyed, text } =
      parsed.outcome === "mistake"
        ? no(`${sentence(parsed.mistake.message)}.\n\n${fence(parsed.mistake.usage)}`)
        : await obey(parsed.directive, { comment, login, permission });
    allObeyed &&= obeyed;
    answers.push(lines.length === 1 ? text : `${inlineCode(line.text)}: ${text}`);
  }
  if (lines.length > commandsPerComment) answers.push(`Only ${commandsPerComment} commands of a comment count.`);
  const text = permission === "none" ? "" : answers.join("\n\n");
  return { comment: comment.id, obeyed: allObeyed, text };
}

/** `about`: the incident, or the repository where there is none. */
export async function sendAnswer(
  forge: Pick<Forge, "answerComment">,
  about: string,
  { id: commentId, subjectId }: CommentView,
  answer: CommentAnswer,
): Promise<void> {
  const reaction = answer.obeyed ? "+1" : "confused";
  const body = answer.text === "" ? undefined : commentReply(about, answer);
  await forge.answerComment({ commentId, subjectId, reaction, body });
}
