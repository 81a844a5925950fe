import type { Runbook } from "../runbooks/runbook.ts";
import type { Found } from "./finding.ts";

/** Runbooks that one incident starts hold together, so a pin holds only where all of them ask for it. */
export function lintPins(runbook: Runbook, all: readonly Runbook[]): readonly Found[] {
  const index = runbook.steps.findIndex(({ pinMs }) => pinMs !== undefined);
  if (index === -1) return [];
  const others = all.filter((other) => other !== runbook && !other.steps.some(({ pinMs }) => pinMs !== undefined));
  const beside = triggersOf(runbook).map((trigger) => others.find((other) => triggersOf(other).includes(trigger)));
  const [first] = beside;
  if (first === undefined || beside.includes(undefined)) return [];
  return [
    {
      code: "pin-never-holds",
      severity: "error",
      path: ["spec", "steps", index, "pin"],
      what: `runbook ${runbook.name} asks for a pin that never comes`,
      why: `whatever starts it starts ${[...new Set(beside.map((other) => other?.name))].join(" or ")}, too, which asks for none`,
      mend: "ask for a pin in both, or let one of them wait for other alerts",
    },
  ];
}

function triggersOf({ on }: Runbook): readonly string[] {
  return [...on.alerts.map((name) => `alert ${name}`), ...on.deploymentStatus.map((state) => `deployment ${state}`)];
}
