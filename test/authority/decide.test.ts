import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { modes } from "../../src/authority/authority.ts";
import type { Change } from "../../src/authority/change.ts";
import { type DecideInput, decide } from "../../src/authority/decide.ts";
import { minimumTier } from "../../src/authority/minimum-tier.ts";
import { builtInRunbook } from "../../src/authority/runbooks/built-in-runbook.ts";
import { type Operand, type Tier, tiers } from "../../src/authority/verdict.ts";
import {
  candidate,
  decideInput,
  grant,
  hour,
  incident,
  minute,
  now,
  policy,
  record,
  revision,
  target,
} from "./decision.ts";

const anyTier = fc.constantFrom(...tiers);
const anyGrant = fc
  .record({
    tier: anyTier,
    environments: fc.constantFrom(["production"], ["staging"], ["*"]),
    services: fc.constantFrom(["checkout"], ["cart"], ["*"]),
    actions: fc.constantFrom(["rollback"], ["*"]),
    cooldownMs: fc.integer({ min: 0, max: 60 }).map((minutes) => minutes * minute),
    lines: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ tier, environments, services, actions, cooldownMs, lines }) =>
    grant({
      tier,
      match: { environments, services, namespaces: ["*"], actions },
      limits: { ...grant().limits, cooldownMs, lines },
    }),
  );
const anyRecord = fc
  .record({
    ago: fc.integer({ min: -5, max: 3000 }),
    target: fc.constantFrom("checkout/production", "cart/production"),
  })
  .map(({ ago, target }) => record(ago * minute, { target }));
const anyInput: fc.Arbitrary<DecideInput> = fc
  .record({
    grants: fc.array(anyGrant, { maxLength: 4 }),
    records: fc.array(anyRecord, { maxLength: 3 }),
    confidence: fc.constantFrom(0.5, 0.9, 0.95, 1),
    attempts: fc.nat(3),
    told: fc.integer({ min: 0, max: 20 }),
    kind: fc.constantFrom("fix" as const, "undo" as const),
  })
  .map(({ grants, records, confidence, attempts, told, kind }) =>
    decideInput({
      authority: policy(grants),
      candidate: candidate({ confidence }),
      records,
      attempts,
      kind,
      incident: incident(now - told * minute),
    }),
  );

/** Each takes something away, and so may only lower the tier. */
const restrictions: Readonly<Record<string, (input: DecideInput) => DecideInput>> = {
  stop: (input) => ({ ...input, stop: { active: true } }),
  "a risk": (input) => ({
    ...input,
    candidate: { ...input.candidate, risks: [{ code: "shared-field", message: "shared" }] },
  }),
  doubt: (input) => ({ ...input, candidate: { ...input.candidate, confidence: 0.3 } }),
  "a confidence that is no number": (input) => ({
    ...input,
    candidate: { ...input.candidate, confidence: Number.NaN },
  }),
  "an older alert": (input) => ({ ...input, incident: incident(now - 9 * hour) }),
  "an alert that is over": (input) => ({ ...input, incident: incident(now, "resolved") }),
  "another attempt": (input) => ({ ...input, attempts: input.attempts + 1 }),
  "another record": (input) => ({
    ...input,
    records: input.records === "unreadable" ? "unreadable" : [...input.records, record(minute)],
  }),
  "a storm": (input) => ({
    ...input,
    storm: input.storm === "unreadable" ? input.storm : { sickServices: 3, knownServices: 500, changesUnderWay: 5 },
  }),
  "a storm that can't be counted": (input) => ({ ...input, storm: "unreadable" }),
  "unreadable records": (input) => ({ ...input, records: "unreadable" }),
  "another file": (input) => ({
    ...input,
    candidate: { ...input.candidate, files: [...input.candidate.files, { path: "b.yaml", before: "1", after: "2" }] },
  }),
  "a denied path": (input) => ({
    ...input,
    candidate: {
      ...input.candidate,
      files: [...input.candidate.files, { path: ".github/x", before: "1", after: "2" }],
    },
  }),
  "a secret": (input) => ({
    ...input,
    candidate: {
      ...input.candidate,
      files: [
        ...input.candidate.files,
        { path: "s.yaml", before: "kind: Secret\na: 1\n", after: "kind: Secret\na: 2\n" },
      ],
    },
  }),
};

/** Without these nothing is granted, and people are told. */
const nothingGranted: Readonly<Record<string, (input: DecideInput) => DecideInput>> = {
  "no policy": (input) => ({ ...input, authority: { kind: "missing", revision } }),
  "a policy with mistakes": (input) => ({ ...input, authority: { kind: "invalid", revision, mistakes: [] } }),
  "no grants": (input) => ({ ...input, authority: policy([]) }),
};

const rank = (tier: Tier) => tiers.indexOf(tier);

describe("decide", () => {
  test("the tier is the lowest of all operands, and none is missing", () => {
    const names: readonly Operand["name"][] = [
      "stop",
      "policy",
      "grant",
      "runbook",
      "class",
      "path",
      "size",
      "risk",
      "evidence",
      "freeze",
      "delivery",
      "cooldown",
      "attempts",
      "rate",
      "flip-flop",
      "breaker",
      "storm",
      "pulls",
    ];
    fc.assert(
      fc.property(anyInput, (input) => {
        const { tier, operands } = decide(input);
        expect(tier).toBe(minimumTier(operands.map((operand) => operand.tier)));
        expect([
          ...new Set(operands.map(({ name }) => name).filter((name) => name !== "when" && name !== "mode")),
        ]).toEqual(names);
        expect(operands.every(({ reason }) => reason.message.length > 0)).toBe(true);
      }),
    );
  });

  test.each(Object.entries(restrictions))("%s never raises the tier, whatever else holds", (_, restrict) => {
    fc.assert(
      fc.property(anyInput, fc.subarray(Object.values(restrictions)), (input, others) => {
        const given = others.reduce((so, other) => other(so), input);
        expect(rank(decide(restrict(given)).tier)).toBeLessThanOrEqual(rank(decide(given).tier));
      }),
    );
  });

  test.each(Object.entries(nothingGranted))("%s allows no more than to suggest, whatever else holds", (_, take) => {
    expect(decide(take(decideInput())).tier).toBe("suggest");
    fc.assert(
      fc.property(anyInput, (input) => {
        expect(rank(decide(take(input)).tier)).toBeLessThanOrEqual(rank("suggest"));
      }),
    );
  });

  test.each([
    ["stop", "observe"],
    ["a risk", "propose"],
    ["doubt", "propose"],
    ["a confidence that is no number", "propose"],
    ["an older alert", "propose"],
    ["an alert that is over", "propose"],
    ["another record", "propose"],
    ["unreadable records", "propose"],
    ["a storm", "suggest"],
    ["a storm that can't be counted", "suggest"],
    ["a denied path", "observe"],
    ["a secret", "observe"],
  ])("%s alone lowers merge to %s", (name, tier) => {
    expect(decide(decideInput()).tier).toBe("merge");
    expect(decide(restrictions[name]?.(decideInput()) ?? decideInput()).tier).toBe(tier);
  });

  test("the order of grants means nothing", () => {
    fc.assert(
      fc.property(
        fc
          .array(anyGrant, { maxLength: 5 })
          .chain((grants) => fc.tuple(fc.constant(grants), fc.shuffledSubarray(grants, { minLength: grants.length }))),
        ([grants, shuffled]) => {
          const verdict = decide(decideInput({ authority: policy(grants) }));
          expect(decide(decideInput({ authority: policy(shuffled) }))).toEqual(verdict);
        },
      ),
    );
  });

  test("a verdict tells which policy it rests on", () => {
    expect(decide(decideInput()).policy).toEqual({ digest: "0123456789ab", revision, version: 14 });
    const missing = decide(decideInput({ authority: { kind: "missing", revision } }));
    expect(missing.policy).toEqual({ digest: "missing", revision, version: undefined });
  });

  test("the reason names the stop switch that is on", () => {
    const reason = { code: "stop-issue" as const, message: "issue #3, labelled remit:stop, is open" };
    expect(decide(decideInput({ stop: { active: true, reason } })).operands[0]).toEqual({
      name: "stop",
      tier: "observe",
      reason,
    });
  });

  test("the reason of a policy with mistakes points at the first", () => {
    const mistake = { file: "a.yaml", line: 7, column: 3, message: "x", expected: undefined, nearest: undefined };
    const { operands } = decide(
      decideInput({ authority: { kind: "invalid", revision, mistakes: [mistake, mistake] } }),
    );
    expect(operands[1]?.reason).toEqual({
      code: "policy-invalid",
      message: "the policy file has 2 mistakes, first at line 7: until it is mended nothing is granted",
    });
  });

  test("approvals and the veto window come from the grant", () => {
    const requires = { approvals: 2, permission: "admin" as const, maxAgeMs: hour };
    const verdict = decide(
      decideInput({ authority: policy([grant({ tier: "delay", requires, vetoWindowMs: hour })]) }),
    );
    expect(verdict).toMatchObject({
      tier: "delay",
      approvals: { count: 2, permission: "admin", maxAgeMs: hour },
      vetoWindowMs: hour,
    });
  });
});

describe("a change of several targets", () => {
  const cart = { ...target, service: "cart" };
  const staging = { ...target, environment: "staging" };
  const anyTargets = fc.subarray([target, cart, staging], { minLength: 1 });
  const anyWhen = fc.constantFrom([], [{ expression: "target.service == 'cart'", message: "the cart" }]);
  const anyRule = fc
    .tuple(anyGrant, fc.constantFrom(...modes), anyWhen, fc.constantFrom(1, 9))
    .map(([given, mode, when, minutes]) => ({
      ...given,
      mode,
      when,
      vetoWindowMs: minutes * minute,
      limits: { ...given.limits, targets: 3 },
    }));

  test("never gets more, nor on easier terms, than any of its targets would alone", () => {
    fc.assert(
      fc.property(anyInput, fc.array(anyRule, { maxLength: 4 }), anyTargets, (input, grants, targets) => {
        const [first = target] = targets;
        const given = { ...input, authority: policy(grants) };
        const together = decide({ ...given, candidate: { ...given.candidate, target: first, targets } });
        for (const each of targets) {
          const alone = decide({ ...given, candidate: { ...given.candidate, target: each } });
          expect(rank(together.tier)).toBeLessThanOrEqual(rank(alone.tier));
          expect(together.approvals.count).toBeGreaterThanOrEqual(alone.approvals.count);
          expect(together.vetoWindowMs).toBeGreaterThanOrEqual(alone.vetoWindowMs);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("only observes where that is all that one of them is granted, and says which one has no grant", () => {
    const authority = policy([grant({ tier: "observe" })]);
    const { tier, operands } = decide(
      decideInput({ authority, candidate: { ...candidate(), targets: [target, cart] } }),
    );
    expect(tier).toBe("observe");
    expect(operands.filter(({ name }) => name === "grant").map(({ reason }) => reason.message)).toEqual([
      "granted observe by checkout-rollback",
      "no grant covers rollback on cart/production",
    ]);
  });

  test("needs a runbook's condition to hold for each of them", () => {
    const when = [{ expression: "target.service == 'checkout'", message: "the checkout" }];
    const runbooks = { kind: "present" as const, runbooks: [{ ...builtInRunbook, name: "any", when }] };
    const both = { ...candidate(), targets: [target, cart] } as Change;
    const runbookOf = (change: Change) =>
      decide(decideInput({ candidate: change, runbooks })).operands.find(({ name }) => name === "runbook")?.tier;
    expect(runbookOf(candidate())).toBe("merge");
    expect(runbookOf(both)).toBe("suggest");
  });
});
