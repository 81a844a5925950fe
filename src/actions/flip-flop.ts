import type { Instant } from "../clock.ts";
import type { TargetCommit } from "../diagnosis/target-commits.ts";
import type { Reason } from "../reason.ts";
import { type PastState, pastStates } from "./past-state.ts";

/** Within this time, putting a value forward that was just taken back is a person's decision. */
const lockMs = 24 * 60 * 60_000;

/**
 * The suspect itself went back to an earlier value: somebody gave up what stood before it, so going there again would
 * only swing. undefined when it didn't.
 */
export function flipFlop(commits: readonly TargetCommit[], suspect: string): Reason | undefined {
  const [before, ...older] = pastStates(commits, suspect);
  if (before === undefined) return undefined;
  const swings = older.some((state) => isRecent(state.until, before.until) && restored(before, state));
  if (!swings) return undefined;
  const message = `${suspect.slice(0, 12)} itself went back to an earlier value: going forward again would only swing`;
  return { code: "flip-flop", message };
}

function isRecent(ended: Instant, until: Instant): boolean {
  return until - ended <= lockMs;
}

/** Did the suspect leave exactly what an older state said, in every field that it changed? */
function restored(before: PastState, older: PastState): boolean {
  return [...before.fields].every(([key, { left }]) => left !== undefined && older.fields.get(key)?.value === left);
}
