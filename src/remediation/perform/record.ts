/** Steps that only remember something. */
import type { Instant } from "../../clock.ts";
import type { RecordedActor } from "../../ledger/ledger-record.ts";
import type { Reason } from "../../reason.ts";
import { clockReason } from "../clock-reason.ts";
import { mergeDifference } from "../merge-difference.ts";
import type { Answered, Observation, RemediationOutcome } from "../response.ts";
import type { Session } from "../session.ts";
import { currentRemediation } from "./need-view.ts";

export function noteClock(session: Session, wrongSince: Instant | undefined): Promise<void> {
  const { view, response, incident, parts } = session;
  const clock = { calledAt: response.clock?.calledAt, wrongSince };
  if (wrongSince === undefined || view?.wrongClock === undefined) {
    return session.save({ clock }, "clock-right", "the clock of Remit's machine is right again");
  }
  const { message } = clockReason(view.wrongClock);
  parts.log.warn({ incident: incident.id, aheadMs: view.wrongClock.aheadMs }, message);
  return session.save({ clock }, "clock-wrong", message);
}

export async function noteAnswer(session: Session, answered: Answered): Promise<void> {
  const { escalated } = session.response;
  if (escalated === undefined) return;
  const { by } = answered;
  const actor: RecordedActor = { kind: "person", ...(by === undefined ? {} : { login: by }) };
  const message = `${by ?? "somebody"} reacted to the call`;
  await session.save({ escalated: { ...escalated, answered } }, "answered", message, { actor });
}

export async function recordMerge(session: Session, merge: { commit: string; at: Instant }): Promise<void> {
  const { commit, at } = merge;
  const actor = mergedBy(session);
  await session.saveCurrent({ merged: { at, commit } }, "merged", `merged as ${commit.slice(0, 12)}`, { actor });
  // Not only the commit, which a merge queue's gate may have brought: main's head is what reports and leases are held against.
  await session.reader.mirror.fetch();
}

/** Remit itself where the answer was lost, a person, or GitHub, to which it was left. */
function mergedBy({ view, current }: Session): RecordedActor {
  const by = view?.pull?.mergedBy;
  if (by?.isPerson === true) return { kind: "person", login: by.login };
  const left = current?.queuedAt !== undefined || (by !== undefined && !by.byUs);
  return { kind: left ? "github" : "remit" };
}

/** What takes effect now is compared with what was decided: nothing pins the base branch between the last look and the merge. */
export async function recordDelivery(
  session: Session,
  delivered: { at: Instant; revision: string; application: string },
): Promise<void> {
  const { at, revision, application } = delivered;
  const current = currentRemediation(session);
  const differs = current.merged && (await mergeDifference(session.reader, current, current.merged.commit));
  await session.saveCurrent(
    { delivered: { at, revision, application }, ...(differs === undefined ? {} : { differs }) },
    "delivered",
    `the controller applied ${revision.slice(0, 12)}${differs === undefined ? "" : `; ${differs.message}`}`,
  );
}

export function recordObservation(session: Session, observation: Observation): Promise<void> {
  const observations = [...(session.current?.observations ?? []), observation];
  return session.saveCurrent({ observations }, "observed", `observed: ${observation.verdict}`);
}

export function recordEnd(session: Session, outcome: RemediationOutcome, reason: Reason): Promise<void> {
  const event = outcome === "recovered" ? "verified" : "ended";
  return session.saveCurrent({ ended: { at: session.now(), outcome, reason } }, event, reason.message);
}
