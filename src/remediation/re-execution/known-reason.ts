import type { RecordedReason } from "../../ledger/ledger-record.ts";
import { type Reason, reasonCodes } from "../../reason.ts";

/** undefined: this version doesn't know its code. */
export function knownReason({ code, message }: RecordedReason): Reason | undefined {
  const known = reasonCodes.find((each) => each === code);
  return known === undefined ? undefined : { code: known, message };
}
