/** One event as a line of JSON, for `--json`: `event`, `at`, `seconds`, `actor`, `message`, and what else the event carries. */
import type { StoryEvent } from "./story.ts";

/** `seconds` counts from the demo's beginning in every line. */
export function jsonLine(told: StoryEvent): string {
  const { event, at, seconds, actor, message, data } = told;
  return JSON.stringify({ ...data, event, at: new Date(at).toISOString(), seconds, actor, message });
}
