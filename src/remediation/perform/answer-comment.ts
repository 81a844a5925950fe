/** Does what a person's comment asks for, and answers it, once: what was done is durable before it is answered. */
import type { RecordedResult } from "../../ledger/ledger-record.ts";
import type { Asked, CommentAnswer } from "../comments/asked.ts";
import type { Directive } from "../comments/directive.ts";
import { obey } from "../comments/obey.ts";
import { obeyComment, sendAnswer } from "../comments/obey-comment.ts";
import type { Asker, Obeyed } from "../comments/obeyed.ts";
import { turnSwitch } from "../comments/turn-switch.ts";
import type { CommentView } from "../forge.ts";
import type { Session } from "../session.ts";
import { act } from "./act.ts";
import { freshView } from "./need-view.ts";
import { read } from "./read.ts";

const answersKept = 5;

/** Whatever was written meanwhile, things are looked at anew before anything else is done. */
export async function answerComment(session: Session, comment: CommentView): Promise<void> {
  const known = session.response.asked?.answers?.find((answer) => answer.comment === comment.id);
  const answer = known ?? (await obeyAll(session, comment));
  await sendAnswer(session.forge, session.incident.id, comment, answer);
  const answers = session.response.asked?.answers?.map((each) =>
    each.comment === comment.id ? { ...each, sent: true as const } : each,
  );
  session.view = undefined;
  await session.save({ asked: { ...session.response.asked, ...(answers === undefined ? {} : { answers }) } });
}

async function obeyAll(session: Session, comment: CommentView): Promise<CommentAnswer> {
  const { forge, incident } = session;
  const answer = await obeyComment(
    { forge, about: incident.target, obey: (directive, asker) => obeyDirective(session, directive, asker) },
    comment,
  );
  const kept = [...(session.response.asked?.answers ?? []), answer].slice(-answersKept);
  await session.save({ asked: { ...session.response.asked, answers: kept } });
  return answer;
}

async function obeyDirective(session: Session, directive: Directive, asker: Asker): Promise<Obeyed> {
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
  const { change } = obeyed;
  const more = { command: directive.do, ...recordedAsk(directive, change?.asked, asker.login) };
  const saving = { actor: { kind: "person", login: asker.login }, more } as const;
  const message = `${asker.login} asked Remit to ${directive.do}`;
  if (change !== undefined) await session.save(change, "asked", message, saving);
  else if (obeyed.effect !== undefined)
    await session.save({}, undefined, undefined, { ...saving, recordAs: recordOf(directive) });
  return obeyed;
}

/** What was approved, or until when it is held. */
function recordedAsk(
  { do: what }: Directive,
  { approvals = [], held }: Asked = {},
  login: string,
): Pick<RecordedResult, "head" | "until"> {
  const head = what === "approve" ? approvals.findLast(({ by }) => by === login)?.head : undefined;
  const until = what === "snooze" ? held?.until : undefined;
  return {
    ...(head === undefined ? {} : { head }),
    ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
  };
}

function recordOf({ do: what }: Directive): string {
  return what === "stop" || what === "start" ? "stopped" : "asked";
}

async function carryOut(session: Session, decided: Obeyed, directive: Directive, { login }: Asker): Promise<Obeyed> {
  if (directive.do === "act") return act(session, directive.command);
  const view = freshView(session);
  const { forge, parts } = session;
  const { repository } = session.incident;
  const turned = await turnSwitch(parts, { forge, repository, stopIssue: view.stopIssue, login }, decided);
  session.saw({ ...view, stopIssue: turned.stopIssue }, session.viewedAt);
  return turned.obeyed;
}
