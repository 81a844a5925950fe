/** Answers commands that people wrote on an issue or a pull request of no open incident. GitHub's record tells which are answered. */
import type { Instant } from "../../clock.ts";
import { isRefusal } from "../../is-refusal.ts";
import type { Directive } from "../comments/directive.ts";
import { obeyComment, sendAnswer } from "../comments/obey-comment.ts";
import type { Asker, Obeyed } from "../comments/obeyed.ts";
import { pendingComment } from "../comments/pending-comment.ts";
import { turnSwitchRecorded } from "../comments/turn-switch.ts";
import type { CommentView, Forge, RepositoryView, ThreadView } from "../forge.ts";
import { guardedForge } from "../guarded-forge.ts";
import type { Hold } from "../hold.ts";
import type { ReconcilerParts } from "../session.ts";
import { obeyOnThread } from "./obey-on-thread.ts";
import { requestChange } from "./request-change.ts";
import type { ThreadTask } from "./thread-task.ts";

/** What was written before that is answered no more: nobody waits for it. */
const answeredForMs = 24 * 60 * 60_000;

/** Answers when to look again; undefined: when another comment comes. */
export async function answerThread(
  parts: ReconcilerParts,
  task: ThreadTask,
  hold: Hold | undefined,
): Promise<Instant | undefined> {
  const { repository, number } = task;
  const forge = guardedForge(parts.forge(repository), hold);
  const thread = await forge.readThread(number);
  if (thread === undefined) return undefined;
  const sent: string[] = [];
  for (;;) {
    const comment = pendingComment(lately(thread, parts.clock.now(), sent));
    if (comment === undefined) return lookAgain(parts, task, thread);
    if (!(await answer({ parts, forge, task }, comment))) return undefined;
    sent.push(comment.id);
  }
}

function lately({ comments }: ThreadView, now: Instant, sent: readonly string[]): Pick<ThreadView, "comments"> {
  return { comments: comments.filter(({ id, createdAt }) => now - createdAt < answeredForMs && !sent.includes(id)) };
}

/** GitHub's lists follow its webhooks by some seconds. What is written meanwhile comes with a webhook of its own. */
function lookAgain({ clock, settings }: ReconcilerParts, { at }: ThreadTask, thread: ThreadView) {
  const isShown = thread.comments.some(({ createdAt }) => createdAt >= at);
  const settled = at + 2 * settings.settleMs;
  return isShown || clock.now() >= settled ? undefined : settled;
}

interface Answering {
  readonly parts: ReconcilerParts;
  readonly forge: Forge;
  readonly task: ThreadTask;
}

/** Answers false where GitHub takes no answer there: the repository is archived, or somebody has locked the conversation. */
async function answer(about: Answering, comment: CommentView): Promise<boolean> {
  const { parts, forge, task } = about;
  const { repository, number } = task;
  const view = await forge.read({ branch: undefined, incidentId: "", issueNumber: undefined });
  if (view.archived) return false;
  try {
    let now = view;
    const obey = async (directive: Directive, asker: Asker) => {
      const done = await obeyLine(about, now, directive, asker);
      now = { ...now, stopIssue: done.stopIssue };
      return done.obeyed;
    };
    await sendAnswer(forge, repository, comment, await obeyComment({ forge, about: undefined, obey }, comment));
    parts.log.info({ repository, number, by: comment.author }, "answered a comment");
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    parts.log.warn({ repository, number, error }, "GitHub takes no answer to a comment");
    return false;
  }
}

async function obeyLine({ parts, forge, task }: Answering, view: RepositoryView, directive: Directive, asker: Asker) {
  const { stopIssue } = view;
  const open = await parts.store.incidents.open(task.repository);
  const situation = { now: parts.clock.now(), view, stopEnvironment: parts.stopEnvironment(), open };
  const decided: Obeyed = obeyOnThread(situation, directive, asker);
  if (decided.effect === undefined) return { obeyed: decided, stopIssue };
  const { repository } = task;
  if (directive.do !== "act")
    return turnSwitchRecorded(parts, { forge, repository, stopIssue, login: asker.login }, decided);
  const reader = await parts.reader(repository);
  await reader.require(view.head);
  const obeyed = await requestChange({ parts, reader, view, on: task.number, asker }, directive.command);
  return { obeyed, stopIssue };
}
