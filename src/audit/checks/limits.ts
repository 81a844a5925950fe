import { grantForAll } from "../../authority/grant-for-all.ts";
import { limitOperands } from "../../authority/limit-operands.ts";
import type { PastRemediation } from "../../authority/past-remediation.ts";
import { targetName } from "../../target.ts";
import type { Check } from "../check.ts";
import { notInClone } from "../commits-of.ts";
import { type MergeInForce, mergesInForce } from "../policy-at-merge.ts";
import { recordedMerges } from "../recorded-merges.ts";

/** Counted from the ledger's merges alone: what was done in the installation's other repositories it doesn't know. */
export const limits: Check = {
  name: "limits",
  title: "no cooldown was running, and no limit used up, when something was merged without a person",
  async run(audit, seen) {
    const { found, missing } = await mergesInForce(audit, recordedMerges(audit.ledger));
    const past: PastRemediation[] = [];
    const counted = new Set<string>();
    for (const each of found) {
      // What is recorded twice was done once.
      if (counted.has(each.merge.commit)) continue;
      counted.add(each.merge.commit);
      if (each.merge.unattended) seen.record(each.merge.stored, exceeded(each, past));
      past.push(asPast(each));
    }
    for (let left = missing; left > 0; left--) seen.skip(notInClone);
  },
};

function exceeded(
  { merge: { stored, change, announced }, mergedAt, authority, target }: MergeInForce,
  past: readonly PastRemediation[],
): string | undefined {
  const action = change?.action ?? "";
  const incident = stored.record.incident?.id ?? "";
  const { terms } = grantForAll(authority, action, [target], () => true);
  // What GitHub merges later was decided when it was handed over.
  const handedOver = stored.record.actor.kind === "github" && announced !== undefined;
  const now = handedOver ? Date.parse(announced.record.time) : mergedAt;
  const records = past.filter(({ at }) => at <= now);
  const kind = change?.kind ?? "fix";
  const before = records.filter((record) => record.incident === incident);
  const operands = limitOperands(
    {
      candidate: { action, target, files: [], confidence: 1, risks: [] },
      records,
      incident: { id: incident, repository: "", target, openedAt: 0, alerts: [] },
      attempts: before.length,
      kind,
      now,
    },
    terms.limits,
  );
  const broken = operands.find(({ tier }) => tier !== "merge" && tier !== "delay");
  return broken === undefined ? undefined : `it was merged although ${broken.reason.message} (${broken.reason.code})`;
}

function asPast({ merge: { stored, change }, mergedAt, target }: MergeInForce): PastRemediation {
  const action = change?.kind === "undo" ? "undo" : (change?.action ?? "");
  return { at: mergedAt, incident: stored.record.incident?.id ?? "", target: targetName(target), action };
}
