import type { IncidentOutcome } from "../response.ts";

/** How an incident ended, in a sentence or two. */
export function outcomeLine(outcome: IncidentOutcome): string {
  switch (outcome) {
    case "recovered":
      return "Over: the service recovered after Remit's change.";
    case "resolved-without-change":
      return "Over: the alerts resolved. Remit merged nothing.";
    case "handed-off":
      return "Remit is done here. A person has it now.";
    case "abstained":
      return "Remit changed nothing, and is done here.";
  }
}
