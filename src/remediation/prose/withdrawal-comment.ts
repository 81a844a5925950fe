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
    // Without the marker it counts as a person's answer, for every later incident, too.
    ...(isAnswer(reason) ? [] : [renderMarker({ kind: "withdrawal", incident: incident.id, version: 1 })]),
    `Remit withdraws this: ${sentence(reason.message)} (${reason.code}). Nothing was merged.`,
  ].join("\n\n");
}

/** A person said no by a command, which is as good as closing it by hand. */
export function isAnswer({ code }: Reason): boolean {
  return code === "rejected-by-person";
}
