import { expect, test } from "vitest";
import { defaultLimits } from "../../src/authority/defaults.ts";
import { grantOf, mistakesOf } from "./policy-text.ts";

const match = "match: {services: [checkout]}";
const limits = (text: string) => grantOf(`${match}, limits: {${text}}`).limits;
const mistakes = (text: string) => mistakesOf(`${match}, limits: {${text}}`);
const hour = 3_600_000;

test("what isn't written has its default", () => {
  expect(grantOf(match).limits).toEqual(defaultLimits);
  expect(limits("")).toEqual(defaultLimits);
  expect(limits("lines: 5")).toEqual({ ...defaultLimits, lines: 5 });
});

test("what is written counts", () => {
  const text =
    "cooldown: 1h, perTarget: 1/2h, perService: [1/1h, 2/24h], perRepository: 3/1h, attempts: 1, files: 100, lines: 1000, targets: 10, replicas: 1%, resources: 900%, rendering: required";
  expect(limits(text)).toEqual({
    cooldownMs: hour,
    perTarget: [{ count: 1, windowMs: 2 * hour }],
    perService: [
      { count: 1, windowMs: hour },
      { count: 2, windowMs: 24 * hour },
    ],
    perRepository: [{ count: 3, windowMs: hour }],
    perInstallation: defaultLimits.perInstallation,
    attempts: 1,
    files: 100,
    lines: 1000,
    targets: 10,
    replicas: 1,
    resources: 900,
    rendering: "required",
  });
  expect(limits("cooldown: 0s").cooldownMs).toBe(0);
  expect(limits("rendering: optional").rendering).toBe("optional");
});

test("what counts the whole installation is only made stricter", () => {
  expect(limits("perInstallation: 500/1h").perInstallation).toEqual([
    ...defaultLimits.perInstallation,
    { count: 500, windowMs: hour },
  ]);
});

test.each(["1%", "9%", "10%", "99%", "100%", "899%", "900%"])("%s is a step", (share) => {
  expect(limits(`replicas: ${share}`).replicas).toBe(Number(share.slice(0, -1)));
});

test.each(["0%", "901%", "910%", "1000%", "950%", "01%", "50", "5.5%", "-1%", "x1%", "1%x", "%"])(
  "%s is no step",
  (share) => {
    expect(mistakes(`resources: "${share}"`)).toMatchObject([
      { message: `resources can't be "${share}"`, expected: "a share from 1% to 900%" },
    ]);
  },
);

test.each([
  ["attempts: 3", 'attempts can\'t be "3"', "a whole number from 1 to 2"],
  ["attempts: 0", 'attempts can\'t be "0"', "a whole number from 1 to 2"],
  ["files: 101", 'files can\'t be "101"', "a whole number from 1 to 100"],
  ["lines: 1001", 'lines can\'t be "1001"', "a whole number from 1 to 1000"],
  ["targets: 11", 'targets can\'t be "11"', "a whole number from 1 to 10"],
  ["lines: 1.5", 'lines can\'t be "1.5"', "a whole number from 1 to 1000"],
  ['lines: "5"', 'lines can\'t be "5"', "a whole number from 1 to 1000"],
  ["cooldown: 8d", 'cooldown can\'t be "8d"', "a duration of at most 7 days, such as 30m"],
  ["perTarget: []", "perTarget is empty, and empty never means all", undefined],
  ["perTarget: 2", 'perTarget can\'t be "2"', "a rate such as 2/24h"],
  ["perTarget: [2/24h, many]", 'perTarget can\'t be "many"', "a rate such as 2/24h"],
  ["perInstallation: many", 'perInstallation can\'t be "many"', "a rate such as 2/24h"],
  ["rendering: no", 'rendering can\'t be "no"', "one of optional, required"],
])("limits {%s} are refused: %s", (text, message, expected) => {
  expect(mistakes(text)).toMatchObject([{ line: 10, message, expected }]);
});

test("limits know no other key, and are a mapping", () => {
  expect(mistakes("file: 1")).toMatchObject([{ message: 'limits has no key "file"', nearest: "files" }]);
  expect(mistakes("perCluster: 1/1h")).toMatchObject([
    {
      expected:
        "one of cooldown, perTarget, perService, perRepository, perInstallation, attempts, files, lines, targets, replicas, resources, rendering",
    },
  ]);
  expect(mistakesOf(`${match}, limits: 3`)).toMatchObject([{ message: "limits isn't a mapping" }]);
});
