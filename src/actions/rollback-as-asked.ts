/** Rollback as an action of the catalogue: back to the last healthy state, or to what a person names; pinned where that is asked for. */
import type { Reason } from "../reason.ts";
import type { ActionInput } from "./action.ts";
import type { ActionResult, Candidate } from "./candidate.ts";
import { bumpers, mergesItself, renovateConfig } from "./pins/bumps.ts";
import { findHolds } from "./pins/find-holds.ts";
import { withPin } from "./pins/with-pin.ts";
import { refused } from "./refused.ts";
import { rollback } from "./rollback.ts";
import { rollbackTo } from "./rollback-to.ts";

export function rollbackAsAsked(input: ActionInput): ActionResult {
  const { command, pinMs } = input;
  const result = restored(input);
  if (result.outcome === "refused") return result;
  const candidate = withBumperRisk(result.candidate, input);
  // Who asks for a pin by hand gets it, or hears why not.
  if (command?.leaseMs !== undefined) return withPin(candidate, input, command.leaseMs);
  return pinMs === undefined ? { outcome: "candidate", candidate } : pinnedIfWritten(candidate, input, pinMs);
}

/** A runbook means: wherever somebody would write it again. Where they can't be held, that is a risk, and a person looks at it. */
function pinnedIfWritten(candidate: Candidate, input: ActionInput, pinMs: number): ActionResult {
  const told = candidate.risks.some(({ code }) => code === "automated-writer");
  if (!told && findHolds(candidate, input).length === 0) return { outcome: "candidate", candidate };
  const pinned = withPin(candidate, input, pinMs);
  if (pinned.outcome === "candidate") return pinned;
  const risk: Reason = {
    code: "automated-writer",
    message: "whoever writes this value and will write it again couldn't be held",
  };
  return {
    outcome: "candidate",
    candidate: {
      ...candidate,
      risks: told ? candidate.risks : [...candidate.risks, risk],
      reasons: [...candidate.reasons, ...pinned.reasons],
    },
  };
}

function withBumperRisk(candidate: Candidate, input: ActionInput): Candidate {
  const config = renovateConfig(input);
  if (config === undefined || !mergesItself(config.text) || !bumpers(candidate, input).has("renovate"))
    return candidate;
  const message = `Renovate made this bump, and by ${config.file} it merges its own: it will be back`;
  return { ...candidate, risks: [...candidate.risks, { code: "automated-writer", message }] };
}

function restored(input: ActionInput): ActionResult {
  const { diagnosis, command } = input;
  if (command?.ask.action === "rollback" && command.ask.to !== undefined) return rollbackTo(input, command.ask.to);
  return diagnosis === undefined
    ? refused("no-recent-change", "there is no change to take back")
    : rollback({ ...input, diagnosis });
}
