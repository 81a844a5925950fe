/** A value that swings to and fro within a day is a quarrel between writers, and no place for a third one to act alone. */
import type { Reason } from "../reason.ts";
import type { PastState } from "./past-state.ts";

export type FlipFlop =
  | { readonly outcome: "none" }
  /** Going back would repeat what was done within a day: for a person to approve. */
  | { readonly outcome: "risk"; readonly reason: Reason }
  /** The value has gone to and fro again and again, and this isn't the one that it began with: one more swing mends nothing. */
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
  const recent = older.filter((state) => before.until - state.until <= lockMs);
  const swings = recent.filter(says("left")).length;
  if (swings === 0) return { outcome: "none" };
  // Of the two, the one that was there first is the one that people went back to.
  const wasFirst = older.findLastIndex(says("value")) > older.findLastIndex(says("left"));
  if (swings > 1 && !wasFirst)
    return { outcome: "refused", reason: reason("the value went to and fro again and again within a day") };
  return {
    outcome: "risk",
    reason: reason(
      wasFirst
        ? "this value was taken back within a day, and put forward again"
        : "the suspect itself went back to a value of the same day",
    ),
  };
}

function reason(message: string): Reason {
  return { code: "flip-flop", message };
}
