import { type ASTNode, Environment } from "@marcbachmann/cel-js";
import { conditionVariables } from "./condition-variables.ts";

/** What one parsed expression may cost. A policy is read by people: whatever is larger isn't. */
const limits = { maxAstNodes: 100, maxDepth: 16, maxListElements: 16, maxMapEntries: 0, maxCallArguments: 4 };

/** Knows the declared variables and nothing else. */
export const conditionEnvironment: Environment = Object.entries(conditionVariables).reduce(
  (environment, [name, fields]) =>
    environment.registerVariable({
      name,
      schema: Object.fromEntries(Object.entries(fields).map(([field, { type }]) => [field, type])),
    }),
  new Environment({ limits, unlistedVariablesAreDyn: false }),
);

export type { ASTNode };
