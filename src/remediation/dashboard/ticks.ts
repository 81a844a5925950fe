/**
 * The checkboxes of the dashboard. Which of them Remit itself ticked stands in the hidden marker of the same text, so what somebody
 * ticked or unticked since shows in the text alone, whatever the store has forgotten.
 */
import { encodeValue, findMarker, renderMarker } from "../marker.ts";

/** The one for the whole repository; the others are incidents' ids. */
export const stopTick = "stop";

export function renderTick(id: string, isTicked: boolean, text: string): string {
  return `- [${isTicked ? "x" : " "}] ${text} <!-- tick=${encodeValue(id)} -->`;
}

/** The first line of the text. */
export function renderTicked(repository: string, ticked: readonly string[]): string {
  return renderMarker({ kind: "dashboard", incident: repository, digest: ticked.toSorted().join(","), version: 1 });
}

export interface Ticked {
  readonly id: string;
  readonly to: boolean;
}

const line = /^- \[([ xX])\] .*<!-- tick=([\w%.~-]+) -->\s*$/;

/** What was ticked or unticked since Remit wrote the text, among `known`: nothing in the text can name anything else. Pure. */
export function changedTicks(body: string, known: ReadonlySet<string>): readonly Ticked[] {
  const marker = findMarker(body);
  if (marker?.kind !== "dashboard") return [];
  const written = new Set(marker.digest?.split(","));
  const changed = new Map<string, boolean>();
  for (const text of body.split(/\r?\n/)) {
    const [, box, encoded] = line.exec(text) ?? [];
    const id = [...known].find((each) => encodeValue(each) === encoded);
    if (id === undefined || box === undefined) continue;
    const isTicked = box !== " ";
    if (isTicked !== written.has(id)) changed.set(id, isTicked);
  }
  return [...changed].map(([id, to]) => ({ id, to }));
}
