/**
 * The hidden first line of what Remit writes on GitHub, by which it knows its own issues, pull requests and comments again.
 * It proves nothing by itself: whoever reads one also checks that Remit wrote the text.
 */

export interface Marker {
  readonly kind: MarkerKind;
  /** Incident id. */
  readonly incident: string;
  /** Candidate digest. */
  readonly digest?: string;
  readonly version: 1;
}

export const markerKinds = [
  "incident",
  "pull",
  "handoff",
  "closing",
  "withdrawal",
  "clock",
  "call",
  "reply",
  "lease",
  "dashboard",
  "watchdog",
  "review",
] as const;
export type MarkerKind = (typeof markerKinds)[number];

/** One line, an HTML comment that no value can close early. */
export function renderMarker(marker: Marker): string {
  const digest = marker.digest === undefined ? "" : ` digest=${encodeValue(marker.digest)}`;
  return `<!-- remit:v${marker.version} kind=${marker.kind} incident=${encodeValue(marker.incident)}${digest} -->`;
}

const pattern = /^\s*<!-- remit:v1 kind=([a-z]+) incident=([\w%.~-]*)(?: digest=([\w%.~-]*))? -->[ \t]*(?:\r?\n|$)/;

/** Only a marker on the first line that isn't blank counts: text further down may quote anything. */
export function findMarker(body: string): Marker | undefined {
  const match = pattern.exec(body);
  const kind = markerKinds.find((name) => name === match?.[1]);
  const incident = decode(match?.[2]);
  if (kind === undefined || incident === undefined) return undefined;
  if (match?.[3] === undefined) return { kind, incident, version: 1 };
  const digest = decode(match[3]);
  return digest === undefined ? undefined : { kind, incident, digest, version: 1 };
}

/** Leaves letters, digits, `_`, `.`, `~` and single `-`; `--` could end the comment. */
export function encodeValue(value: string): string {
  return encodeURIComponent(value.toWellFormed())
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/-(?=-|$)/g, "%2D");
}

function decode(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
