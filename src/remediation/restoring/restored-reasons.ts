import type { RecordedReason } from "../../ledger/ledger-record.ts";
import { type Reason, reasonCodes } from "../../reason.ts";

/** Those that this version knows. */
export function restoredReasons(recorded: readonly RecordedReason[]): readonly Reason[] {
  return recorded.flatMap(({ code, message }) => {
    const known = reasonCodes.find((each) => each === code);
    return known === undefined ? [] : [{ code: known, message }];
  });
}
