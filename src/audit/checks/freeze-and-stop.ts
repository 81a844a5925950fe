import { freezeOperand } from "../../authority/freeze/freeze-operand.ts";
import { stopPath } from "../../remediation/repository-reader.ts";
import type { Audit } from "../audit.ts";
import type { Check } from "../check.ts";
import { notInClone } from "../commits-of.ts";
import { readable } from "../ledger.ts";
import { type MergeInForce, mergesInForce } from "../policy-at-merge.ts";
import { type RecordedMerge, recordedMerges } from "../recorded-merges.ts";
import { otherClockMs } from "../slack.ts";

export const freezeAndStop: Check = {
  name: "freeze-and-stop",
  title: "nothing was merged by Remit while it was stopped, and nothing without a person in a freeze",
  async run(audit, seen) {
    const merges = recordedMerges(audit.ledger).filter(({ byRemit }) => byRemit);
    const { found, missing } = await mergesInForce(audit, merges);
    const stops = stopsOf(audit);
    for (const each of found) seen.record(each.merge.stored, (await stopped(audit, each, stops)) ?? frozen(each));
    for (let left = missing; left > 0; left--) seen.skip(notInClone);
  },
};

interface Stop {
  readonly sequence: number;
  readonly from: number;
  readonly to: number;
}

/** From each `stopped` record to the next one by which Remit goes on. */
function stopsOf({ ledger }: Audit): readonly Stop[] {
  const stops: Stop[] = [];
  let open: Omit<Stop, "to"> | undefined;
  for (const { sequence, record } of readable(ledger)) {
    if (record.kind !== "stopped") continue;
    const at = Date.parse(record.time);
    const ends = record.result?.command === "start";
    if (open !== undefined && ends) stops.push({ ...open, to: at });
    open = ends ? undefined : (open ?? { sequence, from: at });
  }
  return open === undefined ? stops : [...stops, { ...open, to: Number.POSITIVE_INFINITY }];
}

async function stopped(
  { reader }: Audit,
  { base, mergedAt, merge }: MergeInForce,
  stops: readonly Stop[],
): Promise<string | undefined> {
  if ((await reader.mirror.read(base, [stopPath])).has(stopPath))
    return `${stopPath} stood at ${base}, where it was decided`;
  const stop = stops.find((each) => each.from < mergedAt && mergedAt < each.to && !wasUnderWay(merge, mergedAt, each));
  return stop === undefined ? undefined : `Remit was stopped then (record ${stop.sequence})`;
}

/** Announced before it, and asked for by what was true a moment ago: no stop reaches a request that has left. */
function wasUnderWay({ announced }: RecordedMerge, mergedAt: number, { sequence, from }: Stop): boolean {
  return announced !== undefined && announced.sequence < sequence && mergedAt - from < otherClockMs;
}

function frozen({ merge: { unattended, change }, mergedAt, authority, target }: MergeInForce): string | undefined {
  if (!unattended || authority === undefined) return undefined;
  const { reason, tier } = freezeOperand({
    windows: authority.freeze,
    action: change?.action ?? "",
    targets: [target],
    now: mergedAt,
  });
  return tier === "merge" ? undefined : `it was merged although it was ${reason.message}`;
}
