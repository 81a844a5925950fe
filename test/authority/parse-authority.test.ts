import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultLimits } from "../../src/authority/defaults.ts";
import { parseAuthority } from "../../src/authority/parse-authority.ts";
import { anyAuthority } from "./any-authority.ts";

const file = ".github/remit/authority.yaml";
const parse = (text: string) => parseAuthority(text, file);

const valid = `apiVersion: remit.dev/v1alpha1
kind: Authority
metadata: {name: payments}
spec:
  version: 14
  grants:
    - name: checkout-rollback
      match: {environments: [production], services: [checkout, cart], actions: [rollback]}
      tier: delay
      vetoWindow: 10m
      limits: {perTarget: 4/48h, cooldown: 1h, files: 1, lines: 5}
      requires: {approvals: 2, permission: maintain, maxAge: 1h}
    - name: production
      match: {environments: [production], actions: ["*"]}
      tier: propose
  barriers:
    - {services: [checkout], values: ["1.10"], commits: [0123456789ab], reason: fixes a vulnerability}
    - {values: [v1.4.1], reason: broken}
`;

/** The valid file with one line replaced. */
function broken(line: number, text: string): string {
  return valid
    .split("\n")
    .map((old, index) => (index === line - 1 ? text : old))
    .join("\n");
}

describe("parseAuthority", () => {
  test("a policy is read with its defaults (part 7)", () => {
    const { authority, mistakes } = parse(valid);
    expect(mistakes).toEqual([]);
    expect(authority).toEqual({
      name: "payments",
      version: 14,
      grants: [
        {
          name: "checkout-rollback",
          match: {
            environments: ["production"],
            services: ["checkout", "cart"],
            namespaces: ["*"],
            actions: ["rollback"],
          },
          tier: "delay",
          mode: "enforce",
          vetoWindowMs: 600_000,
          limits: {
            ...defaultLimits,
            cooldownMs: 3_600_000,
            perTarget: [{ count: 4, windowMs: 172_800_000 }],
            files: 1,
            lines: 5,
          },
          requires: { approvals: 2, permission: "maintain", maxAgeMs: 3_600_000 },
          when: [],
        },
        {
          name: "production",
          match: { environments: ["production"], services: ["*"], namespaces: ["*"], actions: ["*"] },
          tier: "propose",
          mode: "enforce",
          vetoWindowMs: 300_000,
          limits: {
            cooldownMs: 1_800_000,
            perTarget: [{ count: 2, windowMs: 86_400_000 }],
            perService: [{ count: 2, windowMs: 86_400_000 }],
            perRepository: [
              { count: 4, windowMs: 3_600_000 },
              { count: 12, windowMs: 86_400_000 },
            ],
            perInstallation: [{ count: 20, windowMs: 86_400_000 }],
            attempts: 2,
            files: 3,
            lines: 20,
            targets: 1,
            replicas: 50,
            resources: 100,
            rendering: "optional",
          },
          requires: { approvals: 1, permission: "write", maxAgeMs: 1_800_000 },
          when: [],
        },
      ],
      barriers: [
        { services: ["checkout"], values: ["1.10"], commits: ["0123456789ab"], reason: "fixes a vulnerability" },
        { services: [], values: ["v1.4.1"], commits: [], reason: "broken" },
      ],
      freeze: [],
    });
  });

  test.each([
    ["a misspelt key", 9, "      teir: delay", { line: 9, column: 7, nearest: "tier" }],
    [
      "a misspelt value",
      9,
      "      tier: dealy",
      { line: 9, column: 13, nearest: "delay", expected: "one of observe, suggest, propose, delay, merge" },
    ],
    ["a misspelt action", 8, "      match: {actions: [rolback]}", { line: 8, column: 25, nearest: "rollback" }],
    [
      "an empty selector",
      8,
      "      match: {services: []}",
      { line: 8, column: 25, message: "services is empty, and empty never means all" },
    ],
    ["a selector without a value", 8, "      match: {services: }", { line: 8, message: "services isn't a list" }],
    [
      "an empty item",
      8,
      "      match: {services: [checkout, null]}",
      { line: 8, message: "services isn't a plain value" },
    ],
    [
      "an empty match",
      8,
      "      match: {}",
      { line: 8, column: 14, message: "match selects nothing, and empty never means all" },
    ],
    [
      "a pattern in a name",
      8,
      "      match: {services: [check*]}",
      { line: 8, expected: "an exact name, or * alone for any" },
    ],
    [
      "a star beside names",
      8,
      '      match: {services: ["*", checkout]}',
      { line: 8, expected: "either * alone, or names" },
    ],
    ["a name twice", 8, "      match: {services: [a, a]}", { line: 8, message: "services names something twice" }],
    ["a version as text", 5, '  version: "14"', { line: 5, column: 12 }],
    ["a version that can't grow", 5, "  version: 0", { line: 5 }],
    [
      "a duration without a unit",
      10,
      "      vetoWindow: 10",
      { line: 10, expected: "a duration of at most 7 days, such as 30m" },
    ],
    [
      "a window longer than limits are counted",
      11,
      "      limits: {perTarget: 2/8d}",
      { line: 11, expected: "a rate such as 2/24h" },
    ],
    [
      "an approval that is too old at once",
      12,
      "      requires: {maxAge: 59s}",
      { line: 12, expected: "a duration from 1m to 7 days, such as 30m" },
    ],
    ["too few approvals", 12, "      requires: {approvals: 0}", { line: 12, expected: "a whole number from 1 to 10" }],
    [
      "a number where a text is due",
      17,
      "    - {values: [1.10], reason: x}",
      { line: 17, message: "values isn't in quotes" },
    ],
    ["a barrier that bars nothing", 17, "    - {reason: x}", { line: 17, message: "a barrier bars nothing" }],
    ["a barrier without a reason", 17, "    - {values: [a]}", { line: 17, message: "a barrier lacks reason" }],
    ["another kind", 2, "kind: Runbook", { line: 2, expected: "one of Authority" }],
    ["another version of the language", 1, "apiVersion: remit.dev/v1beta1", { line: 1, nearest: "remit.dev/v1alpha1" }],
    ["a duplicate key", 5, "  version: 1\n  version: 2", { line: 6 }],
    [
      "a key from the prototype",
      5,
      "  version: 1\n  __proto__: {}",
      { line: 6, message: 'spec has no key "__proto__"' },
    ],
    [
      "an alias",
      8,
      "      match: &m {services: [a]}\n      limits: *m",
      { line: 9, message: "aliases aren't allowed in a policy" },
    ],
    ["an unknown tag", 2, "kind: !word Authority", { line: 2 }],
  ])("%s is a mistake with its place", (_, line, text, mistake) => {
    const { authority, mistakes } = parse(broken(line, text));
    expect(authority).toBeUndefined();
    expect(mistakes).toContainEqual(expect.objectContaining({ file, ...mistake }));
  });

  test("several mistakes are told at once, in the order of the file", () => {
    const text = valid
      .replace("kind: Authority", "kind: Autority")
      .replace("tier: delay", "tier: dealy")
      .replace("lines: 5", "line: 5");
    expect(parse(text).mistakes.map(({ line, nearest }) => [line, nearest])).toEqual([
      [2, "Authority"],
      [9, "delay"],
      [11, "lines"],
    ]);
  });

  test.each([
    ["", "the file is empty"],
    ["# only a comment\n", "the file is empty"],
    ["just text", "the policy isn't a mapping"],
    ["- a list", "the policy isn't a mapping"],
    [`x: ${"y".repeat(70_000)}`, "the file is longer than 64 KiB"],
  ])("a file that is no policy at all has one mistake", (text, message) => {
    expect(parse(text).mistakes.map((mistake) => mistake.message)).toEqual([message]);
  });

  test("a file that isn't YAML has the place where reading ended", () => {
    const { authority, mistakes } = parse(broken(5, "  version: [1"));
    expect(authority).toBeUndefined();
    expect(mistakes[0]?.line).toBeGreaterThan(4);
  });

  test("two documents in one file are a mistake", () => {
    expect(parse(`${valid}---\n${valid}`).authority).toBeUndefined();
  });

  test.each(["[", "{a: ", "- ", "? "])("deep nesting of %j ends in a mistake", (opening) => {
    expect(parse(opening.repeat(15_000)).authority).toBeUndefined();
  });

  test("cutting a policy anywhere never gives one that grants more", () => {
    fc.assert(
      fc.property(anyAuthority, fc.nat(), (document, at) => {
        const text = JSON.stringify(document);
        expect(parse(text.slice(0, at % text.length)).authority).toBeUndefined();
      }),
    );
  });

  test("any text at all is read without an exception, and with places inside it", () => {
    const piece = fc.constantFrom(
      "apiVersion",
      ": ",
      "\n",
      "  ",
      "- ",
      "[",
      "]",
      "{",
      "}",
      "*",
      "&a ",
      "!!str ",
      "spec",
      '"',
      "|",
      "\u0000",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const { authority, mistakes } = parse(pieces.join(""));
        expect(authority).toBeUndefined();
        expect(mistakes.length).toBeGreaterThan(0);
        for (const { line, column } of mistakes) expect(Math.min(line, column)).toBeGreaterThan(0);
      }),
    );
  });
});
