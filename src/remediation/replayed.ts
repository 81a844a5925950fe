import type { AuthorityState } from "../authority/decide.ts";
import type { RemediationRecord } from "../ledger/remediation-record.ts";

/** Refuses a policy that is older than the one that a merged remediation says it was decided by. */
export function replayed(state: AuthorityState, records: readonly RemediationRecord[] | "unreadable"): AuthorityState {
  if (state.kind !== "present" || records === "unreadable") return state;
  const { version } = state.authority;
  const newest = records.reduce((most, record) => Math.max(most, record.policyVersion ?? 0), 0);
  return newest > version ? { kind: "replayed", revision: state.revision, version, newest } : state;
}
