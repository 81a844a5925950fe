/** Rollback as an action of the catalogue: back to the last healthy state, or to what a person names. */
import type { ActionInput } from "./action.ts";
import type { ActionResult } from "./candidate.ts";
import { pinImage } from "./pin-image.ts";
import { refused } from "./refused.ts";
import { rollback } from "./rollback.ts";
import { rollbackTo } from "./rollback-to.ts";

export function rollbackAsAsked(input: ActionInput): ActionResult {
  const { command } = input;
  const result = restored(input);
  return result.outcome === "candidate" && command?.leaseMs !== undefined
    ? pinImage(result.candidate, input, command.leaseMs)
    : result;
}

function restored(input: ActionInput): ActionResult {
  const { diagnosis, command } = input;
  if (command?.ask.action === "rollback" && command.ask.to !== undefined) return rollbackTo(input, command.ask.to);
  return diagnosis === undefined
    ? refused("no-recent-change", "there is no change to take back")
    : rollback({ ...input, diagnosis });
}
