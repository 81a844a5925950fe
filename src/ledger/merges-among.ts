/** What the ledger says that came to the base branch, with what was announced before. */
import type { LedgerRecord, RecordedChange, RecordedDecision } from "./ledger-record.ts";

/** A record, and whatever its reader knows beside it. */
export interface Recorded {
  readonly record: LedgerRecord;
}

export interface MergeAmong<R extends Recorded> {
  /** The result. */
  readonly stored: R;
  /** What the base branch got. */
  readonly commit: string;
  /** Everything that announced this change, oldest first: of the proposal, and of the merge where Remit decided on it. */
  readonly intents: readonly R[];
  /** The newest that announced the merge itself; undefined where it was somebody else's. */
  readonly announced: R | undefined;
  readonly change: RecordedChange | undefined;
  readonly decision: RecordedDecision | undefined;
  /** It was Remit's to decide, also where GitHub was left to merge it. */
  readonly byRemit: boolean;
  /** Nobody had to approve it: what limits and freezes are for. */
  readonly unattended: boolean;
}

/** `records`: in their order. */
export function mergesAmong<R extends Recorded>(records: readonly R[]): readonly MergeAmong<R>[] {
  const intents = new Map<string, R[]>();
  const merges: MergeAmong<R>[] = [];
  for (const stored of records) {
    const { kind, phase, result } = stored.record;
    const key = changeKey(stored);
    const before = key === undefined ? [] : (intents.get(key) ?? []);
    if (phase === "intent" && key !== undefined) intents.set(key, [...before, stored]);
    else if (kind === "merged" && phase === "result" && result?.commit !== undefined)
      merges.push(mergeOf(stored, result.commit, before));
  }
  return merges;
}

/** Incident and candidate tell a change. */
export function changeKey({ record: { incident, change } }: Recorded): string | undefined {
  return change === undefined ? undefined : `${incident?.id ?? ""}\n${change.candidate}`;
}

function mergeOf<R extends Recorded>(stored: R, commit: string, intents: readonly R[]): MergeAmong<R> {
  const { actor, change } = stored.record;
  const announced = intents.findLast(({ record: { kind } }) => kind === "merged");
  const newest = (announced ?? intents.at(-1))?.record;
  const tier = newest?.decision?.tier;
  const byRemit = actor.kind === "remit" || (actor.kind === "github" && announced !== undefined);
  return {
    stored,
    commit,
    intents,
    announced,
    change: change ?? newest?.change,
    decision: newest?.decision,
    byRemit,
    unattended: byRemit && (tier === "merge" || tier === "delay"),
  };
}
