/** The timeline that people read, from the ledger's records. Pure. */
import type { LedgerRecord } from "../../ledger/ledger-record.ts";
import type { TimelineEntry } from "../response.ts";

export function restoredTimeline(openedAt: number, records: readonly LedgerRecord[], now: number): TimelineEntry[] {
  const opened = { at: openedAt, event: "opened", message: "the first alert fired" };
  const told = records.flatMap((record) => {
    const entry = entryOf(record);
    return entry === undefined ? [] : [{ at: Date.parse(record.time), ...entry }];
  });
  const restored = { at: now, event: "restored", message: "the store was lost: this was put together from the ledger" };
  return [opened, ...told, restored];
}

function entryOf({
  kind,
  phase,
  actor,
  decision,
  change,
  result = {},
}: LedgerRecord): Omit<TimelineEntry, "at"> | undefined {
  const [reason] = result.reasons ?? decision?.reasons ?? [];
  switch (kind) {
    case "refused":
      return { event: "planned", message: `abstained: ${reason?.message ?? "no reason"}` };
    case "observed":
    case "suggested":
      if (decision === undefined) return { event: "suggested", message: `wrote issue #${result.issue}` };
      return { event: "planned", message: `decided to ${change?.title}, tier ${decision.tier}` };
    case "proposed":
    case "undone":
      if (phase === "result") return { event: "proposed", message: `opened pull request #${result.pull}` };
      return { event: "planned", message: `decided to ${change?.title}, tier ${decision?.tier}` };
    case "merged":
      if (phase === "intent") return undefined;
      return { event: "merged", message: `merged as ${result.commit?.slice(0, 12)}` };
    case "delivered":
      return { event: "delivered", message: `the controller applied ${result.revision?.slice(0, 12)}` };
    case "verified":
    case "withdrawn":
      return { event: result.outcome === "recovered" ? "verified" : "ended", message: reason?.message ?? kind };
    case "escalated":
      return { event: "escalated", message: `called a person: ${reason?.message ?? "no reason"}` };
    case "answered":
      return { event: "answered", message: `${actor.login ?? "somebody"} reacted to the call` };
    case "commanded":
      return { event: "asked", message: `${actor.login ?? "somebody"} asked Remit to ${result.command}` };
    case "stopped":
    case "opened":
    case "policy-changed":
    case "closed":
      return undefined;
  }
}
