import { renderMarker } from "../marker.ts";
import type { StandingLease } from "../standing-leases.ts";
import { formatTime } from "./format-time.ts";
import { sentence } from "./sentence.ts";

/** That the time of a change is over, and why Remit leaves it all the same. */
export function leaseComment({ record, end, changedBy }: StandingLease): string {
  const { commit, lease } = record;
  const [reason] = end?.outcome === "refused" ? end.reasons : [gone];
  const by = changedBy === undefined ? "" : `, by ${changedBy}`;
  return [
    renderMarker({ kind: "lease", incident: lease.holder, digest: commit, version: 1 }),
    `**What this change did was to hold until ${formatTime(lease.expiresAt)}.** Remit leaves it as it is, and says so this once: ${sentence(reason?.message ?? gone.message)}${by} (${(reason ?? gone).code}).`,
    "If it isn't needed any more, set back by hand what this pull request changed.",
  ]
    .join("\n\n")
    .concat("\n");
}

const gone = { code: "target-not-found", message: "its target is no longer in the repository" } as const;
