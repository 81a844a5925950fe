/** Whom a runbook calls, and whom when nobody reacts. */
import type { EscalateAgain } from "../authority/runbooks/runbook.ts";
import type { Plan, Response } from "./response.ts";

export interface Calling {
  /** Logins and `organization/team`s. */
  readonly to: readonly string[];
  readonly again: EscalateAgain | undefined;
}

/** By the newest change's runbook, else by the plan's. */
export function calling({ plan, remediations }: Pick<Response, "plan" | "remediations">): Calling {
  const named = remediations.at(-1)?.verdict.runbook ?? planned(plan);
  return { to: named?.escalateTo ?? [], again: named?.escalateAgain };
}

function planned(plan: Plan | undefined) {
  return plan?.outcome.kind === "change" ? plan.outcome.verdict.runbook : plan?.outcome;
}
