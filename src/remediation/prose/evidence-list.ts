import type { Evidence } from "../../diagnosis/diagnosis.ts";
import { formatTime } from "./format-time.ts";
import { inlineCode } from "./untrusted.ts";

const shown = 12;

/** Oldest first. The sentences may quote alerts and commits, so they stand as code. */
export function evidenceList(evidence: readonly Evidence[]): string {
  if (evidence.length === 0) return "None beyond the alerts.";
  const sorted = [...evidence].sort((a, b) => a.at - b.at);
  const lines = sorted
    .slice(-shown)
    .map(({ at, kind, message }) => `- ${formatTime(at)}, ${kind}: ${inlineCode(message)}`);
  const more = sorted.length > shown ? [`- ${sorted.length - shown} older ones aren't shown`] : [];
  return [...more, ...lines].join("\n");
}
