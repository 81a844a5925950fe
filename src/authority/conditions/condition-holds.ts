import { checkCondition } from "./check-condition.ts";
import type { Condition } from "./condition.ts";
import { conditionEnvironment } from "./condition-environment.ts";
import type { ConditionFacts } from "./condition-facts.ts";

/** Only `true` is true: what can't be evaluated, such as a value that isn't known, denies. */
export function conditionHolds({ expression }: Condition, facts: ConditionFacts): boolean {
  if (checkCondition(expression) !== undefined) return false;
  try {
    return conditionEnvironment.parse(expression)(known(facts)) === true;
  } catch {
    return false;
  }
}

/** A value that isn't there has no key either, so that `has()` says so. */
function known(facts: ConditionFacts): ConditionFacts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, fields]) => [
      name,
      Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    ]),
  );
}
