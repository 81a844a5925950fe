import { isMap, type Node } from "yaml";
import { nearestWord } from "../../nearest-word.ts";
import type { PolicyReader } from "../policy-reader.ts";
import { checkCondition } from "./check-condition.ts";
import type { Condition } from "./condition.ts";
import { conditionVariables } from "./condition-variables.ts";

/** A list of expressions, or of expressions with a message for people. At least one: an empty list would ask for nothing. */
export function readConditions(reader: PolicyReader, node: Node): readonly Condition[] {
  return (reader.list(node, "when", 1) ?? []).flatMap((item) => readCondition(reader, item) ?? []);
}

function readCondition(reader: PolicyReader, node: Node): Condition | undefined {
  if (!isMap(node)) {
    const expression = readExpression(reader, node);
    return expression === undefined ? undefined : { expression, message: expression };
  }
  const keys = reader.mapping(node, "a condition", { required: ["expression"], optional: ["message"] });
  const written = keys?.get("expression");
  const told = keys?.get("message");
  const expression = written && readExpression(reader, written);
  const message = told && reader.text(told, "message", /\S/, "a sentence");
  return expression === undefined ? undefined : { expression, message: message ?? expression };
}

const expected = "a CEL expression that is true or false, such as incident.firingFor >= 120";

function readExpression(reader: PolicyReader, node: Node): string | undefined {
  const text = reader.text(node, "expression", /\S/, expected);
  const wrong = text === undefined ? undefined : checkCondition(text);
  if (wrong !== undefined)
    return reader.mistake(node, `expression can't be used: ${wrong}`, expected, nearestVariable(wrong));
  return text;
}

const names = Object.keys(conditionVariables);
const fields = [...new Set(Object.values(conditionVariables).flatMap((known) => Object.keys(known)))];

/** The checker names what it doesn't know. */
function nearestVariable(message: string): string | undefined {
  const variable = /Unknown variable: (\w+)/.exec(message)?.[1];
  if (variable !== undefined) return nearestWord(variable, names);
  const field = /No such key: (\w+)/.exec(message)?.[1];
  return field === undefined ? undefined : nearestWord(field, fields);
}
