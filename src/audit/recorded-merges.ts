import { type MergeAmong, mergesAmong } from "../ledger/merges-among.ts";
import { type Ledger, type ReadRecord, readable } from "./ledger.ts";

export type RecordedMerge = MergeAmong<ReadRecord>;

export function recordedMerges(ledger: Pick<Ledger, "records">): readonly RecordedMerge[] {
  return mergesAmong(readable(ledger));
}
