import type { PeoplesAnswer } from "../shadow/peoples-answer.ts";
import type { ShadowOutcome } from "../shadow/shadow.ts";
import { formatDuration } from "./format-duration.ts";

/** Where Remit might only suggest: what people merged instead, and how much later. undefined where no person merged anything. */
export function answerLine({ shadow, comparison }: PeoplesAnswer): string | undefined {
  const { outcome, change } = comparison;
  if (outcome === "none" || change === undefined) return undefined;
  const afterMs = change.at - shadow.plannedAt;
  const when = `${formatDuration(Math.abs(afterMs))} ${afterMs < 0 ? "before Remit planned it" : "after Remit planned it"}`;
  return `A person merged ${what[outcome]} ${when}: ${change.commit.slice(0, 12)}`;
}

const what: Readonly<Record<Exclude<ShadowOutcome, "none">, string>> = {
  same: "the same change",
  "same-and-more": "the same change and more",
  partly: "a part of the change",
  other: "another change of this target",
};
