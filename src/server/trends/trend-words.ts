import type { Instant } from "../../clock.ts";
import type { Outcome, Stage } from "./trends.ts";

export const outcomeNames: Readonly<Record<Outcome, string>> = {
  recovered: "recovered by Remit",
  "resolved-without-change": "resolved by itself",
  "handed-off": "handed to a person",
  abstained: "left alone",
  open: "still open",
};

export const stageNames: Readonly<Record<Stage, string>> = {
  proposed: "to the proposal",
  merged: "to the merge",
  verified: "to verified",
};

/** `2026-11-16` */
export function dayOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10);
}
