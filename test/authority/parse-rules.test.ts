import { describe, expect, test } from "vitest";
import { parseAuthority } from "../../src/authority/parse-authority.ts";

const parse = (text: string) => parseAuthority(text, "authority.yaml");

const valid = `apiVersion: remit.dev/v1alpha1
kind: Authority
metadata: {name: payments}
spec:
  version: 14
  grants:
    - name: checkout-rollback
      match: {services: [checkout], actions: [rollback]}
      tier: delay
      limits: {perTarget: 4/48h, files: 1, lines: 5}
    - name: production
      match: {environments: [production], actions: ["*"]}
      tier: propose
`;

/** The valid file with one line replaced. */
function broken(line: number, text: string): string {
  return valid
    .split("\n")
    .map((old, index) => (index === line - 1 ? text : old))
    .join("\n");
}

describe("parseAuthority", () => {
  test("conditions, modes, limits and freeze windows are read", () => {
    const text = valid
      .replace(
        "      tier: propose",
        "      tier: propose\n      mode: warn\n      when: [target.service != 'x', {expression: evidence.sources >= 2, message: two}]",
      )
      .replace("files: 1, lines: 5", "perRepository: [1/1h, 3/24h], perInstallation: 9/24h, attempts: 1, targets: 2")
      .concat(
        "  freeze:\n    - {kind: deny, schedule: '0 16 * * 5', duration: 64h, timeZone: Europe/Amsterdam, environments: [production]}\n",
      );
    const { authority, mistakes } = parse(text);
    expect(mistakes).toEqual([]);
    expect(authority?.grants[1]).toMatchObject({
      mode: "warn",
      when: [
        { expression: "target.service != 'x'", message: "target.service != 'x'" },
        { expression: "evidence.sources >= 2", message: "two" },
      ],
    });
    const day = 86_400_000;
    expect(authority?.grants[0]?.limits).toMatchObject({
      perRepository: [
        { count: 1, windowMs: 3_600_000 },
        { count: 3, windowMs: day },
      ],
      perInstallation: [
        { count: 20, windowMs: day },
        { count: 9, windowMs: day },
      ],
      attempts: 1,
      targets: 2,
    });
    expect(authority?.freeze).toEqual([
      {
        kind: "deny",
        schedule: "0 16 * * 5",
        durationMs: 64 * 3_600_000,
        timeZone: "Europe/Amsterdam",
        match: { environments: ["production"], services: ["*"], namespaces: ["*"], actions: ["*"] },
        reason: undefined,
      },
    ]);
  });

  test.each([
    ["a field that doesn't exist", "incident.firingfor >= 1", "No such key: firingfor", "firingFor"],
    ["a variable that doesn't exist", "inciden.firingFor >= 1", "Unknown variable: inciden", "incident"],
    ["a number", "incident.firingFor", "the expression gives int, not true or false", undefined],
    [
      "matches, which can be made to hang",
      "target.service.matches('(a+)+$')",
      "an expression can't call matches",
      undefined,
    ],
  ])("an expression with %s is a mistake with its place", (_, expression, message, nearest) => {
    const { authority, mistakes } = parse(broken(9, `      tier: delay\n      when: [${JSON.stringify(expression)}]`));
    expect(authority).toBeUndefined();
    expect(mistakes).toMatchObject([
      { line: 10, column: 14, message: `expression can't be used: ${message}`, nearest },
    ]);
  });

  test.each([
    ["", undefined],
    ["  gate: required\n", "required"],
    ["  gate: informative\n", "informative"],
  ])("with %j, the gate is %s", (more, gate) => {
    expect(parse(`${valid}${more}`).authority?.gate).toBe(gate);
  });

  test.each([
    ["version: 1, grants: [], gate: on", 'gate can\'t be "on"', "one of informative, required"],
    [
      "version: 1, grants: [], gates: required",
      'spec has no key "gates"',
      "one of version, grants, barriers, freeze, gate",
    ],
    ["grants: []", "spec lacks version", "version"],
    ["version: 1", "spec lacks grants", "grants"],
    ["version: 0, grants: []", 'version can\'t be "0"', "a whole number from 1 to 9007199254740991"],
    [
      "version: 9007199254740992, grants: []",
      'version can\'t be "9007199254740992"',
      "a whole number from 1 to 9007199254740991",
    ],
    ["version: 1, grants: {}", "grants isn't a list", "a list"],
    ["version: 1, grants: [], barriers: {}", "barriers isn't a list", "a list"],
    ["version: 1, grants: [], freeze: {}", "freeze isn't a list", "a list"],
  ])("a policy of {%s} is refused: %s", (spec, message, expected) => {
    const head = valid.slice(0, valid.indexOf("spec:"));
    const { authority, mistakes } = parse(`${head}spec: {${spec}}\n`);
    expect(authority).toBeUndefined();
    expect(mistakes).toMatchObject([{ message, expected }]);
  });

  test("a policy may grant nothing", () => {
    const head = valid.slice(0, valid.indexOf("spec:"));
    expect(parse(`${head}spec: {version: 9007199254740991, grants: []}\n`).authority).toEqual({
      name: "payments",
      version: 9_007_199_254_740_991,
      grants: [],
      barriers: [],
      freeze: [],
    });
    expect(parse(head).mistakes).toMatchObject([{ message: "the policy lacks spec" }]);
  });

  test.each([
    ["no schedule", "{kind: deny, schedule: 0 16 * *, duration: 1h}", 'schedule can\'t be "0 16 * *"'],
    [
      "a minute that no hour has",
      "{kind: deny, schedule: '60 16 * * *', duration: 1h}",
      'schedule can\'t be "60 16 * * *"',
    ],
    [
      "an offset for a time zone",
      "{kind: deny, schedule: '0 1 * * *', duration: 1h, timeZone: '+01:00'}",
      'timeZone can\'t be "+01:00"',
    ],
    ["no length", "{kind: deny, schedule: '0 1 * * *', duration: 0s}", "a window of no length never opens"],
    [
      "an empty selector",
      "{kind: deny, schedule: '0 1 * * *', duration: 1h, services: []}",
      "services is empty, and empty never means all",
    ],
  ])("a freeze window with %s is a mistake", (_, window, message) => {
    const { authority, mistakes } = parse(`${valid}  freeze:\n    - ${window}\n`);
    expect(authority).toBeUndefined();
    expect(mistakes.map((mistake) => mistake.message)).toEqual([message]);
  });
});
