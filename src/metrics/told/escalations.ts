/** Calls to people: which were needed, and to which nobody reacted. */
import type { Instant } from "../../clock.ts";
import type { Measures } from "../metrics.ts";
import { share } from "../share.ts";
import { reactionsOf } from "./reactions-of.ts";
import type { ToldIncident } from "./told.ts";

const day = 24 * 60 * 60_000;

interface Call extends ToldIncident {
  readonly calledAt: Instant;
}

export function escalations(
  incidents: readonly ToldIncident[],
  inside: (at: Instant) => boolean,
  until: Instant,
): Pick<Measures, "escalationPrecision" | "staleEscalations"> {
  const calls = incidents
    .filter((incident): incident is Call => incident.calledAt !== undefined)
    .filter(({ calledAt }) => inside(calledAt));
  return {
    escalationPrecision: share(calls, wasNeeded),
    staleEscalations: share(
      calls.filter(({ calledAt }) => calledAt + day <= until),
      isStale,
    ),
  };
}

/** Who acts afterwards was needed: an answer that Remit calls about comes before the call. Where it recovered by Remit's own change nobody was. All else may have been either. */
function wasNeeded({ acts, calledAt, closed }: Call): boolean | undefined {
  if (acts.some((at) => at > calledAt)) return true;
  return closed?.outcome === "recovered" ? false : undefined;
}

function isStale(call: Call): boolean {
  const { calledAt, closed } = call;
  const soon = (at: Instant) => at > calledAt && at <= calledAt + day;
  return !reactionsOf(call).some(soon) && (closed === undefined || closed.at > calledAt + day);
}
