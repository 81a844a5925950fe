/** The changes of an incident, from the records of them: each is decided again from what is recorded, and what came of it follows. */
import { minimumTier } from "../../authority/minimum-tier.ts";
import type { LedgerRecord } from "../../ledger/ledger-record.ts";
import { isInHistory } from "../is-in-history.ts";
import { newRemediation } from "../new-remediation.ts";
import { knownReason } from "../re-execution/known-reason.ts";
import { reExecute } from "../re-execution/re-execute.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import type { Ended, Plan, Remediation, RemediationOutcome } from "../response.ts";

export interface Restored {
  /** Of the first of them. */
  readonly plan: Plan | undefined;
  readonly remediations: readonly Remediation[];
}

/**
 * undefined: one of them can't be made again, to the byte. Then nothing is known of what it did, and the incident begins anew with what
 * GitHub shows. `head`: of the default branch, in whose history all of it has to be.
 */
export async function restoredRemediations(
  reader: RepositoryReader,
  head: string,
  records: readonly LedgerRecord[],
): Promise<Restored | undefined> {
  let plan: Plan | undefined;
  let remediations: readonly Remediation[] = [];
  for (const record of records) {
    if (isBegun(record)) {
      const fix = remediations.find(({ kind }) => kind === "fix");
      const begun = await beginAgain(reader, head, record, fix);
      if (begun === undefined) return undefined;
      plan ??= begun.plan;
      // The same decision may have been made twice, after a loss of the store that came before.
      const others = remediations.filter(({ branch }) => branch !== begun.remediation.branch);
      remediations = [...others, begun.remediation];
    } else {
      const next: Remediation[] = [];
      for (const each of remediations)
        next.push(each.branch === record.change?.branch ? await withResult(reader, head, each, record) : each);
      remediations = next;
    }
  }
  return { plan, remediations };
}

type Begun = LedgerRecord & Required<Pick<LedgerRecord, "decision" | "change">>;

function isBegun(record: LedgerRecord): record is Begun {
  const { kind, phase, decision, change } = record;
  const isIntent = phase === "intent" && (kind === "proposed" || kind === "undone");
  return isIntent && decision !== undefined && change?.branch !== undefined;
}

async function beginAgain(
  reader: RepositoryReader,
  head: string,
  { decision, change }: Begun,
  fix: Remediation | undefined,
): Promise<{ readonly plan: Plan | undefined; readonly remediation: Remediation } | undefined> {
  const { base, branch = "" } = change;
  if (!(await isInHistory(reader.mirror, base, head))) return undefined;
  const earlier = fix === undefined ? undefined : { candidate: fix.candidate, commit: fix.merged?.commit };
  const again = await reExecute(reader, decision, { candidate: undefined, fix: earlier });
  if (again.outcome !== "change" || again.candidate.digest !== change.candidate) return undefined;
  const { candidate, verdict } = again;
  // What was asked beside the repository isn't asked again, and counts as it did.
  const tier = minimumTier([verdict.tier, ...(decision.tier === undefined ? [] : [decision.tier])]);
  const beside = decision.operands
    .filter(({ name }) => verdict.operands.every((operand) => operand.name !== name))
    .flatMap(({ name, tier: of, ...recorded }) => {
      const reason = knownReason(recorded);
      return reason === undefined ? [] : [{ name, tier: of, reason }];
    });
  const remediation = newRemediation({
    kind: change.kind,
    candidate,
    verdict: { ...verdict, tier, operands: [...verdict.operands, ...beside] },
    base,
    branch,
    decidedAt: decision.inputs.now,
  });
  return { plan: again.plan, remediation };
}

async function withResult(
  reader: RepositoryReader,
  head: string,
  known: Remediation,
  { kind, phase, time, result = {} }: LedgerRecord,
): Promise<Remediation> {
  if (phase === "intent") return known;
  const at = Date.parse(time);
  const { pull, commit, revision, application } = result;
  switch (kind) {
    case "proposed":
    case "undone":
      return { ...known, pullNumber: pull ?? known.pullNumber, commit: commit ?? known.commit };
    case "merged": {
      const isMerged = commit !== undefined && (await isInHistory(reader.mirror, commit, head));
      return isMerged ? { ...known, pullNumber: pull ?? known.pullNumber, merged: { at, commit } } : known;
    }
    case "delivered":
      return revision === undefined || application === undefined
        ? known
        : { ...known, delivered: { at, revision, application } };
    case "verified":
    case "withdrawn":
      return { ...known, ended: endedAt(at, result) };
    default:
      return known;
  }
}

function endedAt(at: number, { outcome, reasons = [] }: NonNullable<LedgerRecord["result"]>): Ended | undefined {
  const known = outcomes.find((each) => each === outcome);
  const reason = reasons.map(knownReason).find((each) => each !== undefined);
  return known === undefined || reason === undefined ? undefined : { at, outcome: known, reason };
}

const outcomes: readonly RemediationOutcome[] = [
  "recovered",
  "failing",
  "unknown",
  "undelivered",
  "withdrawn",
  "rejected",
];
