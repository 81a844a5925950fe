/** A value that swings to and fro within a day is a quarrel between writers, and no place for a third one to act alone. */
import type { Instant } from "../clock.ts";
import type { Reason } from "../reason.ts";
import type { PastState } from "./past-state.ts";

export type FlipFlop =
  | { readonly outcome: "none" }
  /** The suspect put a value forward again that had been taken back: taking it back again is for a person to approve. */
  | { readonly outcome: "risk"; readonly reason: Reason }
  /** The suspect itself went back: going forward again would only swing. */
  | { readonly outcome: "refused"; readonly reason: Reason };

const lockMs = 24 * 60 * 60_000;

/** `states`: as `pastStates` gives them for the suspect, nearest first. */
export function flipFlop(states: readonly PastState[]): FlipFlop {
  const [before, ...older] = states;
  if (before === undefined) return { outcome: "none" };
  const says = (side: "left" | "value") => (state: PastState) =>
    [...before.fields].every(([key, values]) => {
      const wanted = values[side];
      return wanted !== undefined && state.fields.get(key)?.value === wanted;
    });
  const swung = older.some((state) => isRecent(state.until, before.until) && says("left")(state));
  if (!swung) return { outcome: "none" };
  // Of the two, the one that was there first is the one that people went back to.
  if (older.findLastIndex(says("value")) > older.findLastIndex(says("left"))) {
    return { outcome: "risk", reason: reason("this value was taken back within a day, and put forward again") };
  }
  return { outcome: "refused", reason: reason("the suspect itself went back to an earlier value") };
}

function isRecent(ended: Instant, until: Instant): boolean {
  return until - ended <= lockMs;
}

function reason(message: string): Reason {
  return { code: "flip-flop", message };
}
