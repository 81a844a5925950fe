import { emptyTip } from "../../ledger/chain.ts";
import type { Check } from "../check.ts";
import { readable } from "../ledger.ts";

/** A record whose predecessor isn't there is for `gaps` to tell. */
export const chain: Check = {
  name: "chain",
  title: "each record names the digest of the one before",
  run({ ledger }, seen) {
    const hashes = new Map(ledger.records.map(({ sequence, hash }) => [sequence, hash]));
    hashes.set(0, emptyTip.hash);
    for (const stored of readable(ledger)) {
      const before = hashes.get(stored.sequence - 1);
      if (before === undefined) continue;
      const fits = stored.record.previous === before;
      seen.record(stored, fits ? undefined : `it doesn't name the digest of record ${stored.sequence - 1}`);
    }
  },
};
