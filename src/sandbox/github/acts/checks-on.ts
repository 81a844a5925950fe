/** The newest check runs and statuses on a commit, and whether they let it pass. */
import type { CheckRunRecord, StatusRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";

export interface ChecksOn {
  /** The newest run for each name and App. */
  readonly runs: readonly CheckRunRecord[];
  /** The newest status for each context. */
  readonly statuses: readonly StatusRecord[];
}

export type CheckVerdict = "success" | "failure" | "pending";

export function checksOn(world: World, head: string): ChecksOn {
  const runs = new Map<string, CheckRunRecord>();
  for (const run of world.checkRuns) if (run.suite.head === head) runs.set(`${run.suite.app.id} ${run.name}`, run);
  const statuses = new Map<string, StatusRecord>();
  for (const status of world.statuses) if (status.head === head) statuses.set(status.context, status);
  return { runs: [...runs.values()], statuses: [...statuses.values()] };
}

export function runVerdict(run: CheckRunRecord): CheckVerdict {
  if (run.status !== "completed") return "pending";
  return run.conclusion === "success" || run.conclusion === "neutral" || run.conclusion === "skipped"
    ? "success"
    : "failure";
}

export function statusVerdict(status: StatusRecord): CheckVerdict {
  return status.state === "error" ? "failure" : status.state;
}

/** All checks of one name taken together; undefined when nothing reported under it. */
export function verdictOf(checks: ChecksOn, name: string): CheckVerdict | undefined {
  return worst([
    ...checks.runs.filter((run) => run.name === name).map(runVerdict),
    ...checks.statuses.filter((status) => status.context === name).map(statusVerdict),
  ]);
}

/** GitHub's "rollup" of everything on the commit; undefined when there is nothing. */
export function rollup(checks: ChecksOn): CheckVerdict | undefined {
  return worst([...checks.runs.map(runVerdict), ...checks.statuses.map(statusVerdict)]);
}

function worst(verdicts: readonly CheckVerdict[]): CheckVerdict | undefined {
  if (verdicts.includes("failure")) return "failure";
  return verdicts.includes("pending") ? "pending" : verdicts[0];
}
