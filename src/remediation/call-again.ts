/** A call that nobody answers is made once more, as often and as soon as the runbook says. Pure. */
import type { Instant } from "../clock.ts";
import { calling } from "./calling.ts";
import type { RepositoryView } from "./forge.ts";
import type { Answered, Escalation, Response } from "./response.ts";
import type { Situation } from "./situation.ts";
import type { Step } from "./step.ts";
import { visibleStop } from "./visible-stop.ts";
import { keepLooking } from "./waiting.ts";

/** Whoever writes, reviews, takes the issue or closes it knows of it. undefined: nothing new to remember. */
export function noteAnswer({ response, view }: Situation): Step | undefined {
  const { escalated } = response;
  if (escalated === undefined || escalated.answered !== undefined || view === undefined) return undefined;
  const answered = reactionSince(view, escalated.at);
  return answered && { do: "note-answer", answered };
}

/** Where there is nothing else to do, and somebody is to be called once more by then. */
export function orCallAgain(situation: Situation, step: Step): Step {
  const due = calledAgainAt(situation.response);
  if (step.do !== "wait" || due === undefined) return step;
  if (situation.now < due) return { ...step, until: Math.min(due, step.until ?? due) };
  const { view, stopEnvironment } = situation;
  if (view === undefined) return { do: "read" };
  // Looked at again, since nobody tells when a switch in the environment is off.
  if (view.archived || visibleStop(view, stopEnvironment) !== undefined) return keepLooking(situation, step.reason);
  return { do: "call-again" };
}

/** undefined: nobody is, since somebody reacted, the runbook asks for no more calls, or all were made. */
export function calledAgainAt(response: Pick<Response, "escalated" | "plan" | "remediations">): Instant | undefined {
  const { escalated } = response;
  const { again } = calling(response);
  if (escalated === undefined || again === undefined || escalated.answered !== undefined) return undefined;
  if ((escalated.again?.times ?? 0) >= again.times) return undefined;
  return lastCall(escalated) + again.afterMs;
}

function lastCall({ at, again }: Escalation): Instant {
  return again?.at ?? at;
}

function reactionSince(view: RepositoryView, since: Instant): Answered | undefined {
  const { comments = [], issue, pull } = view;
  const signs: Answered[] = [
    ...comments.filter(({ isPerson }) => isPerson).map(({ author, createdAt }) => ({ by: author, at: createdAt })),
    ...(pull?.reviews ?? [])
      .filter(({ isPerson }) => isPerson)
      .flatMap(({ author, submittedAt }) => (submittedAt === undefined ? [] : { by: author, at: submittedAt })),
  ].filter(({ at }) => at > since);
  const [first] = signs.sort((a, b) => a.at - b.at);
  if (first !== undefined) return first;
  if (issue?.assignee !== undefined) return { by: issue.assignee, at: since };
  return issue?.open === false ? { by: undefined, at: since } : undefined;
}
