/** An open incident as it was, from its records and the repository. */
import type { Instant } from "../../clock.ts";
import { expiredLeaseOf } from "../../incidents/lease-alert.ts";
import type { LedgerRecord } from "../../ledger/ledger-record.ts";
import type { IncidentRecord } from "../../store/store.ts";
import { newRecord } from "../new-record.ts";
import { knownReason } from "../re-execution/known-reason.ts";
import { recordedIncident } from "../re-execution/recorded-incident.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import type { Escalation } from "../response.ts";
import { restoredAsked } from "./restored-asked.ts";
import { restoredRemediations } from "./restored-remediations.ts";
import { restoredTimeline } from "./restored-timeline.ts";

export interface RestoredFrom {
  readonly reader: RepositoryReader;
  /** Of the default branch. */
  readonly head: string;
  /** Of one incident, in their order. */
  readonly records: readonly LedgerRecord[];
  readonly now: Instant;
}

/** undefined: nothing tells what it was about, or it was the end of a lease, which git tells by itself. */
export async function restoredIncident({
  reader,
  head,
  records,
  now,
}: RestoredFrom): Promise<IncidentRecord | undefined> {
  const decided = records.findLast(({ decision }) => decision !== undefined);
  const recorded = recordedIncident(decided?.decision?.inputs.incident);
  if (recorded === undefined || recorded.id !== decided?.incident?.id) return undefined;
  if (recorded.alerts.some((alert) => expiredLeaseOf(alert) !== undefined)) return undefined;
  // The repository may have got another name since.
  const incident = { ...recorded, repository: reader.mirror.repository };
  const { plan, remediations } = (await restoredRemediations(reader, head, records)) ?? nothing;
  const asked = restoredAsked(records);
  const record = newRecord(incident);
  return {
    ...record,
    response: {
      ...record.response,
      plan,
      remediations,
      issueNumber: records.findLast(({ result }) => result?.issue !== undefined)?.result?.issue,
      escalated: escalationOf(records),
      ...(asked === undefined ? {} : { asked }),
      timeline: restoredTimeline(incident.openedAt, records, now),
    },
  };
}

const nothing = { plan: undefined, remediations: [] };

/** The first call, how often it was made again, and who reacted. */
function escalationOf(records: readonly LedgerRecord[]): Escalation | undefined {
  const [first, ...again] = records.filter(({ kind }) => kind === "escalated");
  if (first === undefined) return undefined;
  const last = again.at(-1);
  const answer = records.find(({ kind }) => kind === "answered");
  return {
    at: Date.parse(first.time),
    reasons: (first.result?.reasons ?? []).flatMap((recorded) => knownReason(recorded) ?? []),
    ...(last === undefined ? {} : { again: { times: again.length, at: Date.parse(last.time) } }),
    ...(answer === undefined ? {} : { answered: { by: answer.actor.login, at: Date.parse(answer.time) } }),
  };
}
