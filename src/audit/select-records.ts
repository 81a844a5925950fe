/** Which records of the ledger somebody asks for. */

import type { Instant } from "../clock.ts";
import type { LedgerRecord } from "../ledger/ledger-record.ts";
import { changeKey } from "../ledger/merges-among.ts";
import { recordTarget } from "../ledger/record-target.ts";
import type { ReadRecord } from "./ledger.ts";

export interface RecordFilter {
  /** `checkout`, or `checkout/production`. */
  readonly target?: string | undefined;
  /** `remit`, `person`, `github`, or a login. */
  readonly actor?: string | undefined;
  readonly kind?: string | undefined;
  readonly action?: string | undefined;
  readonly tier?: string | undefined;
  readonly incident?: string | undefined;
  /** Of the record's own time: from, and before. */
  readonly since: Instant;
  readonly until: Instant;
}

/** In their order. A record that tells of a change is of the tier and the action that were decided for it before. */
export function selectRecords(records: readonly ReadRecord[], filter: RecordFilter): readonly ReadRecord[] {
  const decided = new Map<string, string>();
  return records.filter((stored) => {
    const key = changeKey(stored);
    const own = stored.record.decision?.tier;
    if (key !== undefined && own !== undefined) decided.set(key, own);
    const tier = own ?? (key === undefined ? undefined : decided.get(key));
    return fits(stored.record, filter) && (filter.tier === undefined || tier === filter.tier);
  });
}

function fits(record: LedgerRecord, filter: RecordFilter): boolean {
  const at = Date.parse(record.time);
  return (
    at >= filter.since &&
    at < filter.until &&
    isWanted(filter.kind, record.kind) &&
    isWanted(filter.action, record.change?.action) &&
    isWanted(filter.incident, record.incident?.id) &&
    isWanted(filter.target, record.incident?.service, recordTarget(record)) &&
    isWanted(filter.actor?.toLowerCase(), record.actor.kind, record.actor.login?.toLowerCase())
  );
}

function isWanted(wanted: string | undefined, ...names: readonly (string | undefined)[]): boolean {
  return wanted === undefined || names.includes(wanted);
}
