/** How often people merged what Remit would have, by runbook and action. */
import { median } from "../../median.ts";
import type { ShadowOutcome, ShadowResult } from "./shadow.ts";

export interface Agreement {
  readonly runbook: string;
  readonly action: string;
  readonly compared: number;
  readonly outcomes: Readonly<Record<ShadowOutcome, number>>;
  /** How much earlier Remit's plan was, where people made the same change or more. Negative: people were faster. */
  readonly lead: { readonly medianMs: number; readonly cases: number } | undefined;
}

/** Pure. What isn't settled doesn't count. In alphabetical order. */
export function agreements(results: readonly ShadowResult[]): readonly Agreement[] {
  const settled = results.filter(({ outcome }) => outcome !== undefined);
  const groups = Map.groupBy(settled, ({ runbook, action }) => JSON.stringify([runbook, action]));
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      return first === undefined ? [] : [agreementOf(first, group)];
    })
    .toSorted((a, b) => compare(a.runbook, b.runbook) || compare(a.action, b.action));
}

function agreementOf({ runbook, action }: ShadowResult, group: readonly ShadowResult[]): Agreement {
  const count = (outcome: ShadowOutcome) => group.filter((result) => result.outcome === outcome).length;
  return {
    runbook,
    action,
    compared: group.length,
    outcomes: {
      same: count("same"),
      "same-and-more": count("same-and-more"),
      partly: count("partly"),
      other: count("other"),
      none: count("none"),
    },
    lead: leadOf(group),
  };
}

function leadOf(group: readonly ShadowResult[]): Agreement["lead"] {
  const agreed = group.filter(({ outcome }) => outcome === "same" || outcome === "same-and-more");
  const leads = agreed.flatMap(({ leadMs }) => (leadMs === undefined ? [] : [leadMs])).toSorted((a, b) => a - b);
  const middle = median(leads);
  return middle === undefined ? undefined : { medianMs: Math.round(middle), cases: leads.length };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
