import { renderMarker } from "../marker.ts";

/** The answer to one comment. `about`: an incident's id, or a repository. `comment`: GitHub's id of it, by which the answer is known again. */
export function commentReply(about: string, { comment, text }: { readonly comment: string; readonly text: string }) {
  return `${renderMarker({ kind: "reply", incident: about, digest: comment, version: 1 })}\n\n${text}\n`;
}
