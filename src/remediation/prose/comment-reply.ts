import type { Incident } from "../../incidents/incident.ts";
import { renderMarker } from "../marker.ts";

/** The answer to one comment. `comment`: GitHub's id of it, by which the answer is known again. */
export function commentReply(
  incident: Incident,
  { comment, text }: { readonly comment: string; readonly text: string },
) {
  return `${renderMarker({ kind: "reply", incident: incident.id, digest: comment, version: 1 })}\n\n${text}\n`;
}
