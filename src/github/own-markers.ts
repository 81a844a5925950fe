import { findMarker, type Marker } from "../remediation/marker.ts";
import { presentNodes } from "./present-nodes.ts";
import type { IssueFacts } from "./read-schema.ts";

/** Of the comments that Remit itself wrote: anybody may paste a marker. */
export function ownMarkers(comments: IssueFacts["comments"]): readonly Marker[] {
  return presentNodes(comments).flatMap(({ viewerDidAuthor, body }) =>
    viewerDidAuthor ? (findMarker(body) ?? []) : [],
  );
}
