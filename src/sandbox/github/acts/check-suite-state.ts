/** A check suite's state follows from its runs. */
import type { CheckConclusion, CheckStatus, CheckSuiteRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";

const WORST_FIRST: readonly CheckConclusion[] = [
  "failure",
  "timed_out",
  "cancelled",
  "action_required",
  "stale",
  "success",
  "neutral",
  "skipped",
];

export function checkSuiteState(
  world: World,
  suite: CheckSuiteRecord,
): { readonly status: CheckStatus; readonly conclusion: CheckConclusion | null } {
  const runs = world.checkRuns.filter((run) => run.suite === suite);
  if (runs.length === 0) return { status: "queued", conclusion: null };
  if (runs.some((run) => run.status !== "completed")) {
    const started = runs.some((run) => run.status !== "queued");
    return { status: started ? "in_progress" : "queued", conclusion: null };
  }
  const conclusion = WORST_FIRST.find((candidate) => runs.some((run) => run.conclusion === candidate));
  return { status: "completed", conclusion: conclusion ?? "success" };
}
