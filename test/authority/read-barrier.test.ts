import { expect, test } from "vitest";
import { parsePolicy } from "./policy-text.ts";

const parse = (barrier: string) => parsePolicy(`  grants: []\n  barriers:\n    - ${barrier}`);

test.each([
  ['{values: ["1.10"], reason: broken}', { services: [], values: ["1.10"], commits: [] }],
  [
    "{services: [checkout], commits: [0123456789ab], reason: broken}",
    { services: ["checkout"], values: [], commits: ["0123456789ab"] },
  ],
  [`{commits: [${"a".repeat(64)}], reason: broken}`, { services: [], values: [], commits: ["a".repeat(64)] }],
])("%s bars what it says", (text, barred) => {
  expect(parse(text).authority?.barriers).toEqual([{ ...barred, reason: "broken" }]);
});

function refused(text: string): unknown {
  const { authority, mistakes } = parse(text);
  expect(authority).toBeUndefined();
  return mistakes[0];
}

test.each([
  ["{reason: broken}", "a barrier bars nothing", "values, commits, or both"],
  ["{services: [a], reason: broken}", "a barrier bars nothing", "values, commits, or both"],
  ["{values: [a]}", "a barrier lacks reason", "reason"],
  ['{values: [a], reason: " "}', 'reason can\'t be " "', "a sentence"],
  ["{values: [a], reason: null}", "reason isn't a plain value", "a sentence"],
  ["{values: [], reason: broken}", "values is empty, and empty never means all", undefined],
  ["{values: [1], reason: broken}", "values isn't in quotes", 'a value in quotes, such as "1.10"'],
  ['{values: [" "], reason: broken}', 'values can\'t be " "', 'a value in quotes, such as "1.10"'],
  ["{values: a, reason: broken}", "values isn't a list", "a list"],
  ["just text", "a barrier isn't a mapping", "a mapping"],
  [
    "{values: [a], reason: broken, service: [b]}",
    'a barrier has no key "service"',
    "one of reason, services, values, commits",
  ],
])("%s is refused: %s", (text, message, expected) => {
  expect(refused(text)).toMatchObject({ message, expected, line: 8 });
});

test.each(["*", "a*", "*a", "a b", " "])("a barrier's service can't be %j", (name) => {
  expect(refused(`{services: ["${name}"], values: [a], reason: broken}`)).toMatchObject({
    message: `services can't be "${name}"`,
    expected: "an exact name (leave services out for all)",
  });
});

test.each(["0123456789a", "0123456789AB", "0123456789ag", "a".repeat(65), "x0123456789ab", "0123456789ab "])(
  "a barrier's commit can't be %j",
  (commit) => {
    const expected = "at least 12 lower-case hex digits of a commit";
    expect(refused(`{commits: ["${commit}"], reason: broken}`)).toMatchObject({ expected });
  },
);
