/** Whether a condition holds for each target of a decision: `target` in it is always the one that is asked about. */
import type { Target } from "../../target.ts";
import type { Storm } from "../storm.ts";
import type { Condition } from "./condition.ts";
import { conditionFacts, type FactsInput } from "./condition-facts.ts";
import { conditionHolds } from "./condition-holds.ts";

export type Holds = (condition: Condition, target: Target) => boolean;

export function holdsFor(input: FactsInput & { readonly storm: Storm | "unreadable" }): Holds {
  const correlatedServices = input.storm === "unreadable" ? undefined : input.storm.sickServices;
  const facts = conditionFacts({ ...input, facts: { correlatedServices, ...input.facts } });
  return (condition, { service, environment = "", namespace = "" }) =>
    conditionHolds(condition, { ...facts, target: { service, environment, namespace } });
}
