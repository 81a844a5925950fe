/** Rollback as an action of the catalogue: back to the last healthy state, or to what a person names. */
import type { ActionInput } from "./action.ts";
import type { ActionResult, Candidate } from "./candidate.ts";
import { pinImage } from "./pin-image.ts";
import { refused } from "./refused.ts";
import { rollback } from "./rollback.ts";
import { rollbackTo } from "./rollback-to.ts";

export function rollbackAsAsked(input: ActionInput): ActionResult {
  const { command, pinMs } = input;
  const result = restored(input);
  if (result.outcome === "refused") return result;
  // Who asks for a pin by hand gets it, or hears why not.
  if (command?.leaseMs !== undefined) return pinImage(result.candidate, input, command.leaseMs);
  return pinMs === undefined ? result : pinnedIfWritten(result.candidate, input, pinMs);
}

/** A runbook means: wherever somebody would write it again. Where they can't be held, the risk stays and a person looks at it. */
function pinnedIfWritten(candidate: Candidate, input: ActionInput, pinMs: number): ActionResult {
  if (!candidate.risks.some(({ code }) => code === "automated-writer")) return { outcome: "candidate", candidate };
  const pinned = pinImage(candidate, input, pinMs);
  if (pinned.outcome === "candidate") return pinned;
  return { outcome: "candidate", candidate: { ...candidate, reasons: [...candidate.reasons, ...pinned.reasons] } };
}

function restored(input: ActionInput): ActionResult {
  const { diagnosis, command } = input;
  if (command?.ask.action === "rollback" && command.ask.to !== undefined) return rollbackTo(input, command.ask.to);
  return diagnosis === undefined
    ? refused("no-recent-change", "there is no change to take back")
    : rollback({ ...input, diagnosis });
}
