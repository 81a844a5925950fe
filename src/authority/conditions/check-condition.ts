/** Is an expression one that a policy may hold? Checked when the policy is read, so that a typing mistake never waits for an incident. */
import { ParseError, TypeError as WrongType } from "@marcbachmann/cel-js";
import { type ASTNode, conditionEnvironment } from "./condition-environment.ts";

const maxLength = 500;

/**
 * What may be called. An allow-list, so that a function that the library learns tomorrow isn't granted today. `matches` is
 * missing on purpose: it can be made to run for minutes.
 */
const functions: ReadonlySet<string> = new Set(["has", "size", "int", "double"]);
const methods: ReadonlySet<string> = new Set([
  ...["startsWith", "endsWith", "contains", "size"],
  ...["getHours", "getMinutes", "getDayOfWeek", "getDayOfMonth", "getMonth", "getFullYear"],
]);
/** Loops over a list. One in another multiplies their work. */
const comprehensions: ReadonlySet<string> = new Set(["all", "exists", "exists_one"]);

/** What is wrong with it, for the person who wrote it; undefined when nothing is. Never throws. */
export function checkCondition(expression: string): string | undefined {
  if (expression.trim() === "") return "the expression is empty";
  if (expression.length > maxLength) return `the expression is longer than ${maxLength} characters`;
  try {
    const parsed = conditionEnvironment.parse(expression);
    const refused = refusedPart(parsed.ast, false);
    if (refused !== undefined) return refused;
    const { valid, type, error } = parsed.check();
    if (!valid) return summaryOf(error);
    return type === "bool" ? undefined : `the expression gives ${type ?? "no type"}, not true or false`;
  } catch (error) {
    return summaryOf(error);
  }
}

function refusedPart({ op, args }: ASTNode, inComprehension: boolean): string | undefined {
  const any = (nodes: readonly ASTNode[], inside = inComprehension) => {
    for (const node of nodes) {
      const refused = refusedPart(node, inside);
      if (refused !== undefined) return refused;
    }
    return undefined;
  };
  switch (op) {
    case "value":
    case "id":
      return undefined;
    case ".":
      return any([args[0]]);
    case "call":
      return functions.has(args[0]) ? any(args[1]) : `an expression can't call ${args[0]}`;
    case "rcall": {
      const [name, receiver, parameters] = args;
      if (comprehensions.has(name)) {
        if (inComprehension) return `an expression can't have ${name} inside another all, exists or exists_one`;
        return any([receiver]) ?? any(parameters, true);
      }
      return methods.has(name) ? any([receiver, ...parameters]) : `an expression can't call ${name}`;
    }
    case "list":
    case "?:":
    case "||":
    case "&&":
    case "==":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
    case "in":
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
    case "[]":
      return any(args);
    case "!_":
    case "-_":
      return any([args]);
    default:
      return `an expression can't hold ${op}`;
  }
}

function summaryOf(error: unknown): string {
  return error instanceof ParseError || error instanceof WrongType ? error.summary : "the expression can't be read";
}
