/** What the ledger is to tell when something is saved. Pure; each event has its records here, or none. */

import type { Incident } from "../../incidents/incident.ts";
import { entryOf } from "../../ledger/chain.ts";
import type {
  LedgerEntry,
  RecordedActor,
  RecordedIncident,
  RecordedResult,
  RecordKind,
} from "../../ledger/ledger-record.ts";
import type { Plan, Remediation, Response } from "../response.ts";
import { cleanRecord } from "./clean-record.ts";
import { recordedChange } from "./recorded-change.ts";
import { recordedAbstention, recordedVerdict } from "./recorded-decision.ts";

export interface Happening {
  readonly event: string;
  readonly at: number;
  readonly software: string;
  readonly incident: Incident;
  /** As it is saved. */
  readonly response: Response;
  /** Who did it, where it wasn't Remit. */
  readonly actor?: RecordedActor | undefined;
  /** What only whoever saves it knows. */
  readonly more?: RecordedResult | undefined;
}

type Content = Pick<LedgerEntry, "kind" | "phase" | "decision" | "change" | "result">;

export function entriesOf(happening: Happening): readonly LedgerEntry[] {
  const content = contentOf(happening);
  if (content === undefined) return [];
  const { at, software, incident, actor } = happening;
  const entry = {
    time: new Date(at).toISOString(),
    software,
    actor: actor ?? { kind: "remit" },
    incident: recordedIncident(incident),
    ...content,
  } as const;
  return [entryOf(cleaned(entry))];
}

/** Cleaning changes texts only. */
function cleaned<T extends object>(entry: T): T {
  return Object.assign({ ...entry }, cleanRecord(entry));
}

function contentOf(happening: Happening): Content | undefined {
  const { event, response, more } = happening;
  const current = response.remediations.at(-1);
  switch (event) {
    case "planned":
      return response.plan && planned(happening, response.plan);
    case "suggested":
      return response.plan && { kind: kindOf(response.plan), phase: "result", result: issueOf(response) };
    case "undoing":
      return current && begun(happening, current);
    case "proposed":
      return (
        current && {
          kind: writeOf(current),
          phase: "result",
          change: recordedChange(current),
          result: proposal(response, current),
        }
      );
    case "merging":
      return current && merging(happening, current);
    case "merged":
      return current && { ...about("merged", current), result: { ...pullOf(current), ...mergeOf(current), ...more } };
    case "delivered":
      return current && { ...about("delivered", current), result: deliveryOf(current) };
    case "verified":
    case "withdrawn":
    case "ended":
      return current && ended(current);
    case "escalated":
      return {
        kind: "escalated",
        phase: "result",
        result: { ...issueOf(response), reasons: response.escalated?.reasons ?? [] },
      };
    case "answered":
      return { kind: "answered", phase: "result", result: issueOf(response) };
    case "asked":
      return { kind: "commanded", phase: "result", result: { ...more } };
    case "stopped":
      return { kind: "stopped", phase: "result", result: { ...more } };
    case "closed": {
      const { closed } = response;
      return (
        closed && {
          kind: "closed",
          phase: "result",
          result: { outcome: closed.outcome, reasons: closed.reasons, ...issueOf(response) },
        }
      );
    }
    default:
      return undefined;
  }
}

/** Nothing is to be written, or the intent of what is. */
function planned({ incident, response }: Happening, plan: Plan): Content | undefined {
  const { basis, base, outcome, opinion } = plan;
  if (basis === undefined) return undefined;
  const decided = { base, incident, basis, advised: opinion !== undefined };
  const kind = kindOf(plan);
  if (outcome.kind === "abstain")
    return { kind, phase: "result", decision: recordedAbstention(decided, outcome.reasons) };
  const { candidate, verdict, takesBack } = outcome;
  const isBegun = kind === "proposed" || kind === "undone";
  const branch = isBegun ? response.remediations.at(-1)?.branch : undefined;
  return {
    kind,
    phase: isBegun ? "intent" : "result",
    decision: recordedVerdict(decided, verdict),
    change: recordedChange({ kind: takesBack === true ? "undo" : "fix", candidate, base, branch }),
  };
}

function kindOf({ outcome }: Plan): RecordKind {
  if (outcome.kind === "abstain") return "refused";
  const { tier } = outcome.verdict;
  if (tier === "observe") return "observed";
  if (tier === "suggest") return "suggested";
  return outcome.takesBack === true ? "undone" : "proposed";
}

/** A change that isn't the plan's. */
function begun({ incident }: Happening, current: Remediation): Content | undefined {
  const { basis, base, verdict } = current;
  if (basis === undefined) return undefined;
  const decision = recordedVerdict({ base, incident, basis, advised: false }, verdict);
  return { kind: writeOf(current), phase: "intent", decision, change: recordedChange(current) };
}

function writeOf({ kind }: Remediation): RecordKind {
  return kind === "undo" ? "undone" : "proposed";
}

function about(kind: RecordKind, current: Remediation): Content {
  return { kind, phase: "result", change: recordedChange(current) };
}

function merging({ incident, more }: Happening, current: Remediation): Content | undefined {
  const { announced } = current;
  if (announced === undefined) return undefined;
  const { base, basis, verdict } = announced;
  const decision = recordedVerdict({ base, incident, basis, advised: false }, verdict);
  return {
    kind: "merged",
    phase: "intent",
    decision,
    change: recordedChange(current),
    result: { ...pullOf(current), ...more },
  };
}

function ended(current: Remediation): Content | undefined {
  if (current.ended === undefined) return undefined;
  const { outcome, reason } = current.ended;
  const kind = outcome === "withdrawn" || outcome === "rejected" ? "withdrawn" : "verified";
  return { ...about(kind, current), result: { ...pullOf(current), outcome, reasons: [reason] } };
}

function proposal(response: Response, current: Remediation): RecordedResult {
  const { commit } = current;
  return { ...issueOf(response), ...pullOf(current), ...(commit === undefined ? {} : { commit }) };
}

function mergeOf({ merged }: Remediation): RecordedResult {
  return merged === undefined ? {} : { commit: merged.commit };
}

function deliveryOf({ delivered }: Remediation): RecordedResult {
  if (delivered === undefined) return {};
  const { revision, application } = delivered;
  return { revision, application };
}

function pullOf({ pullNumber }: Remediation): RecordedResult {
  return pullNumber === undefined ? {} : { pull: pullNumber };
}

function issueOf({ issueNumber }: Response): RecordedResult {
  return issueNumber === undefined ? {} : { issue: issueNumber };
}

function recordedIncident({ id, target, openedAt }: Incident): RecordedIncident {
  const { service, environment, namespace } = target;
  return {
    id,
    service,
    ...(environment === undefined ? {} : { environment }),
    ...(namespace === undefined ? {} : { namespace }),
    openedAt: new Date(openedAt).toISOString(),
  };
}
