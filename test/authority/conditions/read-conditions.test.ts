import { expect, test } from "vitest";
import { parsePolicy } from "../policy-text.ts";

const parse = (when: string) =>
  parsePolicy(`  grants:
    - name: checkout-rollback
      match: {services: [checkout]}
      tier: delay
      when: ${when}`);

test.each([
  ["[incident.alerts > 1]", [{ expression: "incident.alerts > 1", message: "incident.alerts > 1" }]],
  ["[{expression: incident.alerts > 1, message: more}]", [{ expression: "incident.alerts > 1", message: "more" }]],
  ["[{expression: incident.alerts > 1}]", [{ expression: "incident.alerts > 1", message: "incident.alerts > 1" }]],
  [
    "[incident.alerts > 1, 'change.files < 2']",
    [
      { expression: "incident.alerts > 1", message: "incident.alerts > 1" },
      { expression: "change.files < 2", message: "change.files < 2" },
    ],
  ],
])("the conditions %s are read", (text, conditions) => {
  expect(parse(text).authority?.grants[0]?.when).toEqual(conditions);
});

const expected = "a CEL expression that is true or false, such as incident.firingFor >= 120";

test.each([
  ["[]", "when is empty, and empty never means all", undefined, undefined],
  ["incident.alerts > 1", "when isn't a list", "a list", undefined],
  ["[true]", "expression isn't in quotes", expected, undefined],
  ["['']", 'expression can\'t be ""', expected, undefined],
  ["[[incident.alerts > 1]]", "expression isn't a plain value", expected, undefined],
  ["[{message: more}]", "a condition lacks expression", "expression", undefined],
  ["[{expression: incident.alerts > 1, message: ' '}]", 'message can\'t be " "', "a sentence", undefined],
  [
    "[{expression: incident.alerts > 1, mesage: more}]",
    'a condition has no key "mesage"',
    "one of expression, message",
    "message",
  ],
  ["[{expression: alerts > 1}]", "expression can't be used: Unknown variable: alerts", expected, undefined],
  ["[evidenc.sources > 1]", "expression can't be used: Unknown variable: evidenc", expected, "evidence"],
  ["[evidence.source > 1]", "expression can't be used: No such key: source", expected, "sources"],
  ["[change.files]", "expression can't be used: the expression gives int, not true or false", expected, undefined],
])("the conditions %s are refused: %s", (text, message, asked, nearest) => {
  const { authority, mistakes } = parse(text);
  expect(authority).toBeUndefined();
  expect(mistakes[0]).toMatchObject({ line: 10, message, expected: asked, nearest });
});

test("of several conditions, one that is wrong refuses the policy", () => {
  expect(parse("[incident.alerts > 1, 'x']").authority).toBeUndefined();
});
