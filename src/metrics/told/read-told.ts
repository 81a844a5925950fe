/** Reads what the ledger's branch tells of the time before `until`. */
import type { Instant } from "../../clock.ts";
import type { Mirror, Revision } from "../../gitops/mirror/mirror.ts";
import { readRecordFiles } from "../../ledger/read-record-files.ts";
import { tellRecords } from "./tell-records.ts";
import type { Told } from "./told.ts";

export interface ReadTold {
  readonly told: Told;
  readonly records: number;
  /** Files that can't be read: nothing is counted of them. */
  readonly unreadable: number;
  /** Of the first record; undefined where there is none. */
  readonly from: Instant | undefined;
}

/** Throws RemitError git-failed where objects are missing. */
export async function readTold(
  mirror: Pick<Mirror, "entries" | "read">,
  tip: Revision,
  until: Instant,
): Promise<ReadTold> {
  const { files } = await readRecordFiles(mirror, tip);
  const records = files.flatMap(({ parsed }) => (parsed.kind === "record" ? parsed.record : []));
  const [first] = records;
  return {
    told: tellRecords(records.filter(({ time }) => Date.parse(time) < until)),
    records: records.length,
    unreadable: files.length - records.length,
    from: first && Date.parse(first.time),
  };
}
