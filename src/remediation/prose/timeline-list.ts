import type { TimelineEntry } from "../response.ts";
import { formatTime } from "./format-time.ts";
import { sentence } from "./sentence.ts";

const shown = 40;

/** Oldest first. */
export function timelineList(timeline: readonly TimelineEntry[]): string {
  if (timeline.length === 0) return "Nothing yet.";
  const lines = timeline.slice(-shown).map(({ at, message }) => `- ${formatTime(at)} ${sentence(message)}`);
  const more = timeline.length > shown ? [`- ${timeline.length - shown} older entries aren't shown`] : [];
  return [...more, ...lines].join("\n");
}
