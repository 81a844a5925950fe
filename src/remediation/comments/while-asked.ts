/** What people asked for in comments comes before everything but a wrong clock. */
import type { Situation } from "../situation.ts";
import type { Step } from "../step.ts";
import { waitUntil } from "../waiting.ts";
import { holdOf } from "./hold-of.ts";
import { pendingComment } from "./pending-comment.ts";

/** undefined: nobody is owed an answer. */
export function answerFirst(situation: Situation): Step | undefined {
  const { response, view } = situation;
  if (view?.archived) return undefined;
  const comment = view && pendingComment(view, response.asked);
  if (comment !== undefined) return { do: "answer-comment", comment };
  const { escalate } = response.asked ?? {};
  if (escalate !== undefined && response.escalated === undefined) {
    if (view === undefined) return { do: "read" };
    return { do: "escalate", reasons: [{ code: "asked", message: `${escalate.by} asked for a person` }] };
  }
  return lookForComment(situation);
}

/** As far as machines' clocks may be apart. */
const slackMs = 60_000;

/** A webhook told of one that no look has covered yet. */
function lookForComment({
  incident: { comment },
  response,
  view,
  viewedAt,
  settings,
  now,
}: Situation): Step | undefined {
  if (comment === undefined || comment.heardAt <= (response.commentsHeardTo ?? 0)) return undefined;
  if (view === undefined) return { do: "read" };
  const noted: Step = { do: "note-comments", heardTo: comment.heardAt };
  if (view.comments?.some(({ createdAt }) => createdAt >= comment.at)) return noted;
  // GitHub's lists may lag behind its webhooks, or somebody has deleted it. A time of the future was noted by a wrong clock.
  const settled = comment.heardAt + settings.settleMs;
  return viewedAt >= settled || comment.heardAt > now + slackMs
    ? noted
    : { do: "wait", until: settled, reason: undefined };
}

const writing: ReadonlySet<Step["do"]> = new Set(["propose", "merge", "hand-over", "undo"]);

/** While somebody holds it, nothing is written to git. A person is called as if nobody had answered a review. */
export function unlessHeld(situation: Situation, step: Step): Step {
  const { settings } = situation;
  const held = holdOf(situation);
  if (held === undefined || !writing.has(step.do)) return step;
  const waiting = waitUntil(situation, held.at + settings.reviewWithinMs, {
    code: "held",
    message: `${held.by} holds it`,
  });
  return waiting.do === "wait" && held.until !== undefined && waiting.until !== undefined
    ? { ...waiting, until: Math.min(waiting.until, held.until) }
    : waiting;
}
