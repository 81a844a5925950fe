/** What came about outside of Remit, and shows only in what Remit decides next: it is told before that. Pure. */
import { entryOf } from "../../ledger/chain.ts";
import type { LedgerEntry, RecordedResult, RecordKind } from "../../ledger/ledger-record.ts";

export interface LedgerState {
  /** Digest of the policy that the last decision was made by. */
  readonly policy: string | undefined;
  /** Somebody stopped Remit, and nothing tells of the end of that. */
  readonly stopped: boolean;
}

/** Another policy than that of the last decision, and a stop that somebody lifted on GitHub itself. */
export function toldFirst(
  entries: readonly LedgerEntry[],
  { policy: lastPolicy, stopped }: LedgerState,
): { readonly entries: readonly LedgerEntry[]; readonly state: LedgerState } {
  let state: LedgerState = { policy: lastPolicy, stopped };
  const told = entries.flatMap((entry) => {
    const before: LedgerEntry[] = [];
    const policy = entry.decision?.tier === undefined ? undefined : entry.decision.policy.digest;
    if (policy !== undefined && policy !== state.policy) {
      const from = state.policy === undefined ? {} : { from: state.policy };
      before.push(seenWith(entry, "policy-changed", { ...from, to: policy }));
      state = { ...state, policy };
    }
    // Whoever merges has looked a moment ago, and no switch stood there.
    if (state.stopped && entry.kind === "merged" && entry.phase === "intent") {
      before.push(seenWith(entry, "stopped", { command: "start" }));
      state = { ...state, stopped: false };
    }
    state = { ...state, stopped: stoppedAfter(entry) ?? state.stopped };
    return [...before, entry];
  });
  return { entries: told, state };
}

/** undefined: it is about something else. */
export function stoppedAfter({ kind, result }: Pick<LedgerEntry, "kind" | "result">): boolean | undefined {
  return kind === "stopped" ? result?.command !== "start" : undefined;
}

function seenWith({ time, software }: LedgerEntry, kind: RecordKind, result: RecordedResult): LedgerEntry {
  return entryOf({ kind, phase: "result", time, software, actor: { kind: "person" }, result });
}
