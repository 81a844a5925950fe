import type { Incident } from "../../incidents/incident.ts";
import type { Reason } from "../../reason.ts";
import { renderMarker } from "../marker.ts";
import { sentence } from "./sentence.ts";

/** Why Remit closes its own pull request. */
export function withdrawalComment({
  incident,
  reason,
}: {
  readonly incident: Incident;
  readonly reason: Reason;
}): string {
  return [
    renderMarker({ kind: "withdrawal", incident: incident.id, version: 1 }),
    `Remit withdraws this: ${sentence(reason.message)} (${reason.code}). Nothing was merged.`,
  ].join("\n\n");
}
