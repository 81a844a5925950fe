import { recordPath } from "../../ledger/chain.ts";
import type { LedgerRecord } from "../../ledger/ledger-record.ts";
import type { Check } from "../check.ts";
import type { StoredRecord } from "../ledger.ts";

/** Bytes, place and digests are all of them what the record's content makes them, so that there is one way to write it only. */
export const canonicalForm: Check = {
  name: "canonical-form",
  title: "each record is what Remit writes, in canonical JSON, in its place, with the digests of what it says",
  run({ ledger }, seen) {
    for (const stored of ledger.records) seen.record(stored, mistake(stored));
  },
};

function mistake({ record, why, canonical, path, sequence, digests }: StoredRecord): string | undefined {
  if (record === undefined) return `it can't be read: ${why}`;
  if (!canonical) return "its bytes aren't the canonical JSON of what it says (RFC 8785)";
  if (record.sequence !== sequence) return `it says that it is record ${record.sequence}`;
  const place = recordPath(record);
  if (place !== path) return `by its time it belongs into ${place}`;
  return wrongDigest(record, digests);
}

function wrongDigest({ id, decision, change }: LedgerRecord, digests: StoredRecord["digests"]): string | undefined {
  if (id !== digests?.id) return "its id isn't the digest of its content";
  if (decision !== undefined && decision.inputsDigest !== digests.inputs)
    return "the digest of its inputs isn't that of the inputs that it holds";
  if (change !== undefined && change.diff !== digests.diff)
    return "the digest of its diff isn't that of the files that it names";
  return undefined;
}
