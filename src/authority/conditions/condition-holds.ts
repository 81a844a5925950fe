import { checkCondition } from "./check-condition.ts";
import type { Condition } from "./condition.ts";
import { conditionEnvironment } from "./condition-environment.ts";
import type { ConditionFacts } from "./condition-facts.ts";

/** Only `true` is true: what can't be evaluated, such as a value that isn't known, denies. To `has()` it isn't there. */
export function conditionHolds({ expression }: Condition, facts: ConditionFacts): boolean {
  if (checkCondition(expression) !== undefined) return false;
  try {
    return conditionEnvironment.parse(expression)(facts) === true;
  } catch {
    return false;
  }
}
