import { findMarker, type Marker } from "../remediation/marker.ts";
import { presentNodes } from "./present-nodes.ts";

interface Comment {
  readonly viewerDidAuthor: boolean;
  readonly body: string;
}

/** Of the comments that Remit itself wrote: anybody may paste a marker. */
export function ownMarkers(comments: Parameters<typeof presentNodes<Comment>>[0]): readonly Marker[] {
  return presentNodes(comments).flatMap(({ viewerDidAuthor, body }) =>
    viewerDidAuthor ? (findMarker(body) ?? []) : [],
  );
}
