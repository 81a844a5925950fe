/** A record in words, with the reason: one line. What strangers wrote in it is cleaned. */
import { minimumTier } from "../authority/minimum-tier.ts";
import type { LedgerRecord, RecordedDecision, RecordedReason } from "../ledger/ledger-record.ts";
import { cleanLine } from "../remediation/prose/untrusted.ts";

export function describeRecord(record: LedgerRecord): string {
  const { change, decision, result } = record;
  const reasons = reasonsOf(record);
  const parts = [
    ...(change === undefined ? [] : [change.title]),
    ...(decision?.tier === undefined ? [] : [`tier ${decision.tier}`]),
    ...facts(result),
    ...reasons.map(({ code, message }) => `${message} (${code})`),
  ];
  return cleanLine(parts.join("; "), 300);
}

/** Why nothing more was done than was; where nothing held it back, why what was done. */
export function reasonsOf({ decision, result }: LedgerRecord): readonly RecordedReason[] {
  return [...(decision === undefined ? [] : decidedBy(decision)), ...(result?.reasons ?? [])];
}

/** The operands that made the tier what it is. Where all of them allow everything, the grant. */
function decidedBy({ tier, operands, reasons }: RecordedDecision): readonly RecordedReason[] {
  if (tier === undefined || operands.length === 0) return reasons;
  const lowest = minimumTier(operands.map((operand) => operand.tier));
  const limiting = lowest === "merge" ? operands.filter(({ name }) => name === "grant") : ofTier(operands, lowest);
  const [first] = limiting;
  const isGrant = limiting.find(({ name }) => name === "grant");
  const told = isGrant ?? first;
  return told === undefined ? reasons : [told, ...reasons];
}

function ofTier(operands: RecordedDecision["operands"], tier: string) {
  return operands.filter((operand) => operand.tier === tier);
}

function facts(result: LedgerRecord["result"] = {}): readonly string[] {
  const { command, outcome, pull, commit, revision, called = [], approvals = [] } = result;
  return [
    ...(command === undefined ? [] : [`asked to ${command}`]),
    ...(outcome === undefined ? [] : [outcome]),
    ...(pull === undefined ? [] : [`#${pull}`]),
    ...(commit === undefined ? [] : [commit.slice(0, 12)]),
    ...(revision === undefined ? [] : [`revision ${revision.slice(0, 12)}`]),
    ...(approvals.length === 0 ? [] : [`approved by ${approvals.map(({ login }) => login).join(", ")}`]),
    ...(called.length === 0 ? [] : [`called ${called.join(", ")}`]),
  ];
}
