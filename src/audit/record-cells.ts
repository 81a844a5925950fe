/** A record as a row of a table. */

import { recordTarget } from "../ledger/record-target.ts";
import { reasonsOf } from "./describe-record.ts";
import type { ReadRecord } from "./ledger.ts";

const header = [
  "sequence",
  "time",
  "kind",
  "phase",
  "actor",
  "login",
  "incident",
  "target",
  "action",
  "tier",
  "reasons",
  "candidate",
  "issue",
  "pull",
  "commit",
  "outcome",
  "approved_by",
  "policy_digest",
  "policy_version",
  "software",
  "path",
  "ledger_commit",
] as const;

export const recordHeader: readonly string[] = header;

export function recordCells(stored: ReadRecord): readonly (string | number | undefined)[] {
  const { sequence, path, commit, record } = stored;
  const { time, kind, phase, actor, incident, change, decision, result, software } = record;
  const cells: Readonly<Record<(typeof header)[number], string | number | undefined>> = {
    sequence,
    time,
    kind,
    phase,
    actor: actor.kind,
    login: actor.login,
    incident: incident?.id,
    target: recordTarget(record),
    action: change?.action,
    tier: decision?.tier,
    reasons: reasonsOf(record)
      .map(({ code }) => code)
      .join(" "),
    candidate: change?.candidate,
    issue: result?.issue,
    pull: result?.pull,
    commit: result?.commit,
    outcome: result?.outcome,
    approved_by: result?.approvals?.map(({ login }) => login).join(" "),
    policy_digest: decision?.policy.digest,
    policy_version: decision?.policy.version,
    software,
    path,
    ledger_commit: commit,
  };
  return header.map((name) => cells[name]);
}
