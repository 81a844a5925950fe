/** Performs one step. Each is safe to repeat: what it would create is looked for first, what it would change is guarded. */
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import { answerComment } from "./answer-comment.ts";
import { assess } from "./assess.ts";
import { callAboutClock } from "./call-about-clock.ts";
import { callAgain } from "./call-again.ts";
import { closeIncident } from "./close-incident.ts";
import { escalate } from "./escalate.ts";
import { handOver, takeBackMerge } from "./hand-over.ts";
import { lookAtImages } from "./look-at-images.ts";
import { lookUpPermissions } from "./look-up-permissions.ts";
import { merge } from "./merge.ts";
import { plan } from "./plan.ts";
import { propose } from "./propose.ts";
import { read } from "./read.ts";
import { noteAnswer, noteClock, recordDelivery, recordEnd, recordMerge, recordObservation } from "./record.ts";
import { reportGate } from "./report-gate.ts";
import { suggest } from "./suggest.ts";
import { undo } from "./undo.ts";
import { withdraw } from "./withdraw.ts";

export function perform(session: Session, step: Exclude<Step, { do: "wait" }>): Promise<void> {
  switch (step.do) {
    case "read":
      return read(session);
    case "note-clock":
      return noteClock(session, step.wrongSince);
    case "call-about-clock":
      return callAboutClock(session, step);
    case "answer-comment":
      return answerComment(session, step.comment);
    case "note-comments":
      return session.save({ commentsHeardTo: step.heardTo });
    case "plan":
      return plan(session);
    case "assess":
      return assess(session);
    case "look-up-permissions":
      return lookUpPermissions(session, step.logins);
    case "look-at-images":
      return lookAtImages(session);
    case "suggest":
      return suggest(session);
    case "propose":
      return propose(session);
    case "report-gate":
      return reportGate(session);
    case "merge":
      return merge(session);
    case "hand-over":
      return handOver(session, step.to);
    case "take-back-merge":
      return takeBackMerge(session, step.from);
    case "record-merge":
      return recordMerge(session, step);
    case "record-delivery":
      return recordDelivery(session, step);
    case "record-observation":
      return recordObservation(session, step.observation);
    case "withdraw":
      return withdraw(session, step.reason);
    case "end":
      return recordEnd(session, step.outcome, step.reason);
    case "undo":
      return undo(session);
    case "escalate":
      return escalate(session, step.reasons);
    case "note-answer":
      return noteAnswer(session, step.answered);
    case "call-again":
      return callAgain(session);
    case "close":
      return closeIncident(session, step.outcome, step.reasons);
  }
}
