import type { Response } from "../response.ts";

/** Whom the runbook names. Names were checked when it was read, so nothing else can be mentioned. */
export function called({ plan, remediations }: Response): readonly string[] {
  const planned = plan?.outcome.kind === "change" ? plan.outcome.verdict : undefined;
  const people = (remediations.at(-1)?.verdict ?? planned)?.runbook?.escalateTo ?? [];
  return people.length === 0 ? [] : [`**Called.** ${people.map((name) => `@${name}`).join(" ")}`];
}
