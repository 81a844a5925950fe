import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkCondition } from "../../../src/authority/conditions/check-condition.ts";
import { conditionHolds } from "../../../src/authority/conditions/condition-holds.ts";

const holds = (expression: string, facts = {}) => conditionHolds({ expression, message: "" }, facts);

describe("checkCondition", () => {
  test.each([
    "incident.firingFor >= 120 && evidence.sources >= 2",
    "incident.firingFor >= 1.5",
    "!(target.environment in ['production', 'prod'])",
    "change.confidence > 0.95 || has(incident.lastChangeAge) && incident.lastChangeAge < 3600",
    "time.now.getHours('Europe/Amsterdam') < 16 ? change.files == 1 : false",
    "['a', 'b'].exists(name, name == target.service)",
    "target.service.startsWith('check') && size(target.service) < 20",
    `target.service == '${"x".repeat(480)}'`,
    "double(incident.alerts) / 2.0 > 1.0 && int('3') == -(-3) && [1, 2][0] != 2",
    "1 + 2 - 3 * 4 / 5 % 6 <= 7 && target.service.contains('a') && target.service.endsWith('b')",
    "[1].all(x, x > 0) && [1].exists_one(x, x > 0)",
    "[[1].all(x, x > 0)].exists(y, y)",
    "time.now.getMinutes() + time.now.getDayOfWeek() + time.now.getDayOfMonth() > time.now.getMonth()",
    "time.now.getFullYear() > 2000 && target.service.size() > 0",
  ])("%s may stand in a policy", (expression) => {
    expect(checkCondition(expression)).toBeUndefined();
  });

  test.each([
    ["'a'.matches('(a+)+$')", "an expression can't call matches"],
    ["[1].all(x, [2].all(y, x < y))", "an expression can't have all inside another all, exists or exists_one"],
    [
      "[[1]].exists(x, x.exists_one(y, y > 0))",
      "an expression can't have exists_one inside another all, exists or exists_one",
    ],
    ["[1].map(x, x).size() > 0", "an expression can't call map"],
    ["cel.bind(x, 1, x > 0)", "an expression can't call bind"],
    ["dyn(target.service) == 1", "an expression can't call dyn"],
    ["{'a': 1}['a'] == 1", /maxMapEntries/],
    ["size({}) == 0", "an expression can't hold map"],
    ["incident.alerts", "the expression gives int, not true or false"],
    ["incident.labels.size() > 0", "No such key: labels"],
    ["true &&", /Unexpected token/],
    [" ", "the expression is empty"],
    [`${"(".repeat(100)}true${")".repeat(100)}`, /Exceeded|max/],
    [`target.service == '${"x".repeat(500)}'`, "the expression is longer than 500 characters"],
  ])("%s may not", (expression, why) => {
    expect(checkCondition(expression)).toEqual(why instanceof RegExp ? expect.stringMatching(why) : why);
  });

  test.each([
    ...[
      "bad || true",
      "true || bad",
      "bad && true",
      "true && bad",
      "!bad",
      "bad == true",
      "true == bad",
      "bad != true",
    ],
    ...["bad ? true : false", "true ? bad : false", "true ? true : bad", "[bad] == [true]", "true in [bad]"],
    ...["size([bad]) > 0", "-size([bad]) < 0", "1 + size([bad]) > 0", "size([bad]) - 1 > 0", "2 * size([bad]) > 0"],
    ...["size([bad]) / 2 > 0", "size([bad]) % 2 > 0", "0 < size([bad])", "0 <= size([bad])", "1 >= size([bad])"],
    ...["[true][bad ? 0 : 0]", "[bad][0]", "[bad].size() > 0", "'a'.startsWith(bad ? 'a' : 'b')", "has(bad.x)"],
    ...["[bad].exists(x, x)", "[true].exists(x, x && bad)", "[true].all(x, bad)", "[true].exists_one(x, bad)"],
  ])("what may not be called may not stand in %s either", (around) => {
    expect(checkCondition(around.replace("bad", "'a'.matches('a')"))).toBe("an expression can't call matches");
  });

  test("five hundred characters may stand there, and one more may not", () => {
    const long = (length: number) => `target.service == '${"x".repeat(length - "target.service == ''".length)}'`;
    expect(checkCondition(long(500))).toBeUndefined();
    expect(checkCondition(long(501))).toBe("the expression is longer than 500 characters");
  });

  test("whatever is written there, it is checked and never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z.()[\]{}'"&|!<>=0-9 ]{0,60}$/)), (expression) => {
        const wrong = checkCondition(expression);
        expect(wrong === undefined || wrong.length > 0).toBe(true);
      }),
    );
  });
});

describe("conditionHolds", () => {
  test("only true holds: a value that isn't known denies", () => {
    expect(holds("incident.firingFor >= 120n", { incident: { firingFor: 120n } })).toBe(false);
    expect(holds("incident.firingFor >= 120", { incident: { firingFor: 120n } })).toBe(true);
    expect(holds("incident.firingFor >= 120", { incident: { firingFor: 119n } })).toBe(false);
    expect(holds("incident.firingFor >= 120", { incident: {} })).toBe(false);
    expect(holds("incident.firingFor < 120", { incident: { firingFor: undefined } })).toBe(false);
    expect(holds("incident.firingFor < 120")).toBe(false);
    expect(holds("!has(incident.firingFor)", { incident: { firingFor: undefined } })).toBe(true);
  });

  test("an error while it is evaluated denies", () => {
    expect(holds("1 / incident.alerts > 0", { incident: { alerts: 0n } })).toBe(false);
    expect(holds("!(1 / incident.alerts > 0)", { incident: { alerts: 0n } })).toBe(false);
  });

  test("what a policy may not hold is never evaluated", () => {
    expect(holds("'a'.matches('a') || true")).toBe(false);
  });
});
