/** A decision as the ledger tells it, with everything that it can be made from again. */
import type { Verdict } from "../../authority/verdict.ts";
import type { Incident } from "../../incidents/incident.ts";
import { canonicalDigest } from "../../ledger/canonical-json.ts";
import type { RecordedDecision, RecordedInputs } from "../../ledger/ledger-record.ts";
import type { Reason } from "../../reason.ts";
import type { Basis } from "./basis.ts";
import { cleanRecord } from "./clean-record.ts";

export interface Decided {
  readonly base: string;
  readonly incident: Incident;
  readonly basis: Basis;
  /** An adviser was asked, too. */
  readonly advised: boolean;
}

export function recordedVerdict(decided: Decided, verdict: Verdict): RecordedDecision {
  const { policy, runbook, approvals, vetoWindowMs } = verdict;
  const { digest, revision, version } = policy;
  return {
    by: decided.basis.by,
    base: decided.base,
    policy: { digest, revision, ...(version === undefined ? {} : { version }) },
    tier: verdict.tier,
    operands: verdict.operands.map(({ name, tier, reason: { code, message } }) => ({ name, tier, code, message })),
    reasons: [],
    ...(runbook === undefined ? {} : { runbook: runbook.name }),
    approvals,
    vetoWindowMs,
    ...recordedInputs(decided),
  };
}

export function recordedAbstention(decided: Decided, reasons: readonly Reason[]): RecordedDecision {
  const policy = { digest: "unread", revision: decided.base };
  return { by: decided.basis.by, base: decided.base, policy, operands: [], reasons, ...recordedInputs(decided) };
}

function recordedInputs({ incident, basis, advised }: Decided): Pick<RecordedDecision, "inputs" | "inputsDigest"> {
  const { outside } = basis.inputs;
  const inputs: RecordedInputs = {
    ...basis.inputs,
    outside: advised ? [...outside, "model"] : outside,
    incident: cleanRecord(withoutAnnotations(incident)),
  };
  return { inputs, inputsDigest: canonicalDigest(inputs) };
}

/** They are long, are for people, and decide nothing. */
function withoutAnnotations(incident: Incident): Incident {
  return { ...incident, alerts: incident.alerts.map((alert) => ({ ...alert, annotations: {} })) };
}
