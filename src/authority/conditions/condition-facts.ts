/** The values of the declared variables for one decision, but for `target`, which each target has its own of. Whatever isn't known is left out, and an expression that asks for it denies. */

import type { Instant } from "../../clock.ts";
import { firingStarts, lastFiringAt, troubleAt } from "../../incidents/alert-state.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Change } from "../change.ts";
import { changedLines } from "../changed-lines.ts";
import { firingSources } from "./firing-sources.ts";

export interface FactsInput {
  readonly candidate: Change;
  readonly incident: Incident | undefined;
  readonly attempts: number;
  readonly now: Instant;
  readonly facts?: KnownFacts | undefined;
}

export interface KnownFacts {
  /** When the suspected change reached the base branch. */
  readonly lastChangeAt?: Instant | undefined;
  readonly correlatedServices?: number | undefined;
}

export type ConditionFacts = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export function conditionFacts({ candidate, incident, attempts, now, facts = {} }: FactsInput): ConditionFacts {
  const { target, files, risks, confidence, rendered, targets = [target] } = candidate;
  const told = incident && lastFiringAt(incident);
  const firing = incident === undefined ? 0 : firingStarts(incident).length;
  const changed = facts.lastChangeAt;
  const date = new Date(now);
  return {
    incident: {
      firingFor: incident && (firing === 0 ? 0n : seconds(now - troubleAt(incident))),
      alerts: incident && BigInt(firing),
      attempts: BigInt(attempts),
      lastChangeAge: incident && changed !== undefined ? seconds(troubleAt(incident) - changed) : undefined,
      correlatedServices: facts.correlatedServices === undefined ? undefined : BigInt(facts.correlatedServices),
    },
    change: {
      action: candidate.action,
      files: BigInt(files.length),
      lines: BigInt(files.reduce((sum, { before, after }) => sum + changedLines(before ?? "", after ?? ""), 0)),
      targets: BigInt(targets.length),
      risks: BigInt(risks.length),
      confidence,
      rendered: rendered?.kind === "rendered",
    },
    evidence: {
      sources: BigInt(incident === undefined ? 0 : firingSources(incident)),
      age: told === undefined ? undefined : seconds(now - told),
    },
    time: { now: date, hour: BigInt(date.getUTCHours()), weekday: BigInt(((date.getUTCDay() + 6) % 7) + 1) },
  };
}

/** Rounded down: what hasn't been a whole second isn't one. */
function seconds(ms: number): bigint {
  return BigInt(Math.floor(ms / 1_000));
}
