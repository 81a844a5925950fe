import type { Plan, Response } from "../response.ts";

/** Whom the runbook names. Names were checked when it was read, so nothing else can be mentioned. */
export function called({ plan, remediations }: Response): readonly string[] {
  const people = remediations.at(-1)?.verdict.runbook?.escalateTo ?? planned(plan) ?? [];
  return people.length === 0 ? [] : [`**Called.** ${people.map((name) => `@${name}`).join(" ")}`];
}

function planned(plan: Plan | undefined): readonly string[] | undefined {
  if (plan === undefined) return undefined;
  return plan.outcome.kind === "change" ? plan.outcome.verdict.runbook?.escalateTo : plan.outcome.escalateTo;
}
