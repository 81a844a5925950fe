import { expect, test } from "vitest";
import { defaultLimits } from "../../src/authority/defaults.ts";
import { type LimitInput, limitOperands, targetsOf } from "../../src/authority/limit-operands.ts";
import { candidate, hour, incident, minute, now, record, target } from "./decision.ts";

const input = (change: Partial<LimitInput> = {}): LimitInput => ({
  candidate: candidate(),
  records: [],
  incident: incident(),
  attempts: 0,
  kind: "fix",
  now,
  ...change,
});
const operandsOf = (change: Partial<LimitInput>, limits = defaultLimits) => limitOperands(input(change), limits);
const cooldown = (change: Partial<LimitInput>) => operandsOf(change).find(({ name }) => name === "cooldown");

test("a change has its own target where it names no others", () => {
  expect(targetsOf(candidate())).toEqual([target]);
  expect(targetsOf({ ...candidate(), targets: [] })).toEqual([target]);
  const staging = { ...target, environment: "staging" };
  expect(targetsOf({ ...candidate(), targets: [target, staging] })).toEqual([target, staging]);
});

test("the cooldown runs from the newest change, and says since when", () => {
  for (const records of [
    [record(2 * hour), record(10 * minute)],
    [record(10 * minute), record(2 * hour)],
  ])
    expect(cooldown({ records })).toEqual({
      name: "cooldown",
      tier: "propose",
      reason: {
        code: "cooldown",
        message: "the last change of this target was 10 minutes ago, the cooldown is 30 minutes",
      },
    });
  expect(cooldown({ records: [record(30 * minute)] })?.tier).toBe("merge");
});

test("an undo waits for the cooldown of every other incident, and of any where it has none", () => {
  const own = record(minute, { incident: incident().id });
  expect(cooldown({ kind: "undo", records: [own] })?.tier).toBe("merge");
  expect(cooldown({ kind: "undo", records: [record(minute)] })?.tier).toBe("propose");
  expect(cooldown({ kind: "undo", records: [own], incident: undefined })?.tier).toBe("propose");
  expect(cooldown({ kind: "fix", records: [own] })?.tier).toBe("propose");
});

test("a policy allows fewer attempts than two, and never more", () => {
  const attempts = (had: number, most: number) =>
    operandsOf({ attempts: had }, { ...defaultLimits, attempts: most }).find(({ name }) => name === "attempts")?.tier;
  expect([attempts(1, 1), attempts(1, 2), attempts(2, 2), attempts(2, 9)]).toEqual([
    ...["suggest", "merge", "suggest", "suggest"],
  ]);
});

test("a change of the service without an environment counts for the service", () => {
  const records = [record(2 * hour, { target: "checkout" }), record(3 * hour, { target: "checkout" })];
  expect(operandsOf({ records }).filter(({ name, tier }) => name === "rate" && tier === "propose")).toHaveLength(1);
  const others = records.map((one) => ({ ...one, target: "checkout2/production" }));
  expect(operandsOf({ records: others }).every(({ tier }) => tier === "merge")).toBe(true);
});
