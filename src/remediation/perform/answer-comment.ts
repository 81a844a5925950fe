/** Does what a person's comment asks for, and answers it, once: what was done is durable before it is answered. */
import type { CommentAnswer } from "../comments/asked.ts";
import { type CommandLine, commandLines } from "../comments/command-lines.ts";
import { type Asker, type Obeyed, obey } from "../comments/obey.ts";
import { parseDirective } from "../comments/parse-directive.ts";
import type { CommentView } from "../forge.ts";
import { commentReply } from "../prose/comment-reply.ts";
import { sentence } from "../prose/sentence.ts";
import { stopIssueBody, stopIssueTitle } from "../prose/stop-issue.ts";
import { fence, inlineCode } from "../prose/untrusted.ts";
import type { Session } from "../session.ts";
import { act } from "./act.ts";
import { freshView } from "./need-view.ts";
import { read } from "./read.ts";

/** More in one comment is no conversation. */
const commandsPerComment = 5;
const answersKept = 5;

/** Whatever was written meanwhile, things are looked at anew before anything else is done. */
export async function answerComment(session: Session, comment: CommentView): Promise<void> {
  const known = session.response.asked?.answers?.find((answer) => answer.comment === comment.id);
  const answer = known ?? (await obeyAll(session, comment));
  const { id: commentId, subjectId } = comment;
  const reaction = answer.obeyed ? "+1" : "confused";
  const body = answer.text === "" ? undefined : commentReply(session.incident, answer);
  await session.forge.answerComment({ commentId, subjectId, reaction, body });
  const answers = session.response.asked?.answers?.map((each) =>
    each.comment === commentId ? { ...each, sent: true as const } : each,
  );
  session.view = undefined;
  await session.save({ asked: { ...session.response.asked, ...(answers === undefined ? {} : { answers }) } });
}

async function obeyAll(session: Session, comment: CommentView): Promise<CommentAnswer> {
  const lines = commandLines(comment.body);
  const { id: commentId, subjectId, author: login = "" } = comment;
  const eyes = { commentId, subjectId, reaction: "eyes", body: undefined } as const;
  if (!comment.seen) await session.forge.answerComment(eyes);
  // Asked now, whatever was known before: what somebody may do is what GitHub says at this moment.
  const permission = await session.forge.permission(login);
  const answers: string[] = [];
  let allObeyed = lines.length <= commandsPerComment;
  for (const line of lines.slice(0, commandsPerComment)) {
    const { obeyed, text } = await obeyLine(session, { comment, login, permission }, line);
    allObeyed &&= obeyed;
    answers.push(lines.length === 1 ? text : `${inlineCode(line.text)}: ${text}`);
  }
  if (lines.length > commandsPerComment) answers.push(`Only ${commandsPerComment} commands of a comment count.`);
  const text = permission === "none" ? "" : answers.join("\n\n");
  const answer = { comment: comment.id, obeyed: allObeyed, text };
  const kept = [...(session.response.asked?.answers ?? []), answer].slice(-answersKept);
  await session.save({ asked: { ...session.response.asked, answers: kept } });
  return answer;
}

async function obeyLine(session: Session, asker: Asker, line: CommandLine): Promise<Obeyed> {
  const parsed = parseDirective(line, session.incident.target);
  if (parsed.outcome === "mistake") {
    const { message, usage } = parsed.mistake;
    return { obeyed: false, text: `${sentence(message)}.\n\n${fence(usage)}` };
  }
  const { directive } = parsed;
  // A command of the same comment may have made the last look an old one.
  if (session.view === undefined) await read(session);
  const view = freshView(session);
  const situation = {
    now: session.now(),
    response: session.response,
    stopEnvironment: session.parts.stopEnvironment(),
  };
  const decided = obey(situation, view, directive, asker);
  if (!decided.obeyed) return decided;
  const obeyed = decided.effect === undefined ? decided : await carryOut(session, decided, directive, asker);
  if (obeyed.change !== undefined)
    await session.save(obeyed.change, "asked", `${asker.login} asked Remit to ${directive.do}`);
  return obeyed;
}

async function carryOut(
  session: Session,
  decided: Obeyed,
  directive: Parameters<typeof obey>[2],
  { login }: Asker,
): Promise<Obeyed> {
  const view = freshView(session);
  const { id } = session.incident;
  if (directive.do === "act") return act(session, directive.command);
  if (decided.effect === "open-stop") {
    const { issueNumber } = await session.forge.openStop({ title: stopIssueTitle, body: stopIssueBody(login) });
    session.saw({ ...view, stopIssue: issueNumber }, session.viewedAt);
    session.parts.log.warn({ incident: id, issue: issueNumber }, "a person stopped Remit in this repository");
    return { ...decided, text: `${decided.text} Lift it by \`/remit start\`, or by closing #${issueNumber}.` };
  }
  if (view.stopIssue !== undefined) await session.forge.closeStop(view.stopIssue);
  session.saw({ ...view, stopIssue: undefined }, session.viewedAt);
  return decided;
}
