import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeStates } from "../../src/authority/change-states.ts";
import { type DecideInput, decide } from "../../src/authority/decide.ts";
import { matchingGrant } from "../../src/authority/matching-grant.ts";
import type { PastRemediation } from "../../src/authority/past-remediation.ts";
import { builtInRunbook } from "../../src/authority/runbooks/built-in-runbook.ts";
import type { Runbook } from "../../src/authority/runbooks/runbook.ts";
import { tierIfEnforced } from "../../src/authority/tier-if-enforced.ts";
import { type OperandName, tiers } from "../../src/authority/verdict.ts";
import { candidate, decideInput, grant, hour, incident, minute, now, policy, record, target } from "./decision.ts";

const decided = (change: Partial<DecideInput>) => decide(decideInput(change));
const operandOf = (change: Partial<DecideInput>, name: OperandName) =>
  decided(change).operands.filter((operand) => operand.name === name && operand.tier !== "merge")[0];
const labelled = (labels: Record<string, string>) => {
  const trouble = incident();
  return { ...trouble, alerts: trouble.alerts.map((alert) => ({ ...alert, labels })) };
};
const runbook = (change: Partial<Runbook>): Runbook => ({ ...builtInRunbook, name: "bad-deploy", ...change });
const runbooks = (...all: readonly Runbook[]) => ({ kind: "present" as const, runbooks: all });

describe("modes", () => {
  test.each([
    ["audit", "observe", "merge"],
    ["warn", "propose", "merge"],
    ["enforce", "merge", undefined],
  ] as const)(
    "what a grant in mode %s allows is at most %s, and the verdict tells what it would have been",
    (mode, tier, enforced) => {
      const verdict = decided({ authority: policy([grant({ mode })]) });
      expect(verdict.tier).toBe(tier);
      expect(tierIfEnforced(verdict)).toBe(enforced);
    },
  );

  test("what another operand keeps back isn't told as the mode's", () => {
    const verdict = decided({ authority: policy([grant({ mode: "warn", tier: "suggest" })]) });
    expect(tierIfEnforced(verdict)).toBeUndefined();
    const adviser = { name: "model" as const, tier: "propose" as const, reason: verdict.operands[0]?.reason };
    if (adviser.reason === undefined) throw new Error("no operand");
    const audit = decided({ authority: policy([grant({ mode: "audit" })]) });
    const operands = [...audit.operands, { ...adviser, reason: adviser.reason }];
    expect(tierIfEnforced({ tier: "observe", operands })).toBe("propose");
  });
});

describe("conditions of grants", () => {
  const asks = (expression: string) => [{ expression, message: "two sources" }];
  const specific = grant({ tier: "delay", when: asks("evidence.sources >= 2") });
  const general = grant({ name: "production", tier: "propose", match: { ...specific.match, services: ["*"] } });

  test("a grant whose condition fails grants nothing", () => {
    const verdict = decided({ authority: policy([specific]) });
    expect(verdict.tier).toBe("suggest");
    expect(operandOf({ authority: policy([specific]) }, "when")?.reason).toEqual({
      code: "condition-false",
      message: "the grant asks for: two sources",
    });
  });

  test("it leaves the less specific grant to hold beside it", () => {
    expect(decided({ authority: policy([specific, general]) }).tier).toBe("propose");
    const lower = { ...specific, tier: "suggest" as const };
    expect(decided({ authority: policy([lower, { ...general, tier: "merge" }]) }).tier).toBe("suggest");
  });

  test("where it holds the more specific grant decides", () => {
    const holds = { ...specific, when: asks("evidence.sources >= 1") };
    expect(decided({ authority: policy([holds, general]) }).tier).toBe("delay");
  });

  test("a condition that fails never raises the tier, nor loosens a limit", () => {
    const anyGrant = fc
      .record({
        tier: fc.constantFrom(...tiers),
        services: fc.constantFrom(["checkout"], ["*"]),
        environments: fc.constantFrom(["production"], ["*"]),
        files: fc.integer({ min: 1, max: 3 }),
        expression: fc.constantFrom("a", "b", undefined),
      })
      .map(({ tier, services, environments, files, expression }) =>
        grant({
          tier,
          match: { ...grant().match, services, environments },
          limits: { ...grant().limits, files },
          when: expression === undefined ? [] : [{ expression, message: expression }],
        }),
      );
    fc.assert(
      fc.property(fc.array(anyGrant, { minLength: 1, maxLength: 5 }), (grants) => {
        const { authority } = policy(grants) as Extract<ReturnType<typeof policy>, { kind: "present" }>;
        const all = matchingGrant(authority, "rollback", target);
        const some = matchingGrant(authority, "rollback", target, ({ expression }) => expression !== "a");
        if (all === undefined || some === undefined) return expect(some).toEqual(all);
        expect(tiers.indexOf(some.tier)).toBeLessThanOrEqual(tiers.indexOf(all.tier));
        expect(some.limits.files).toBeLessThanOrEqual(all.limits.files);
      }),
    );
  });
});

describe("classes of incidents", () => {
  test.each([
    [{ category: "security" }, "suggest"],
    [{ Class: "Data Loss" }, "suggest"],
    [{ incident_class: "billing" }, "suggest"],
    [{ type: "identity" }, "suggest"],
    [{ class: "semi_safe" }, "propose"],
    [{ class: "safe" }, "merge"],
    [{ service: "security" }, "merge"],
  ])("labels %j allow %s, whatever is granted", (labels, tier) => {
    expect(decided({ incident: labelled(labels) }).tier).toBe(tier);
  });

  test("a label never raises what the runbook says", () => {
    const found = decided({
      incident: labelled({ class: "safe", alertname: "Leak" }),
      runbooks: runbooks(runbook({ class: "human-only", on: { alerts: ["Leak"], deploymentStatus: [] } })),
    });
    expect(found.tier).toBe("suggest");
  });
});

describe("runbooks", () => {
  const named = (change: Partial<Runbook>) =>
    runbook({ on: { alerts: ["HighErrorRate"], deploymentStatus: [] }, ...change });
  const trouble = labelled({ alertname: "HighErrorRate" });

  test("without one the built-in one holds, and says so", () => {
    const verdict = decided({});
    expect(verdict.runbook?.name).toBe("built-in");
    expect(verdict.operands.find(({ name }) => name === "runbook")?.reason.message).toBe("runbook built-in covers it");
  });

  test("an action that is no step of it is only suggested", () => {
    expect(decided({ incident: trouble, runbooks: runbooks(named({ steps: [{ action: "suspend" }] })) }).tier).toBe(
      "suggest",
    );
  });

  test("its undo needs no step", () => {
    const change = {
      incident: trouble,
      runbooks: runbooks(named({ steps: [{ action: "suspend" }] })),
      kind: "undo" as const,
    };
    expect(decided(change).tier).toBe("merge");
  });

  test("where it doesn't hold, people act", () => {
    const when = [{ expression: "incident.lastChangeAge <= 3600", message: "a change within an hour" }];
    const change = { incident: trouble, runbooks: runbooks(named({ when })) };
    expect(decided(change).tier).toBe("suggest");
    expect(decided({ ...change, facts: { lastChangeAt: now - hour } }).tier).toBe("merge");
    expect(decided({ ...change, facts: { lastChangeAt: now - 3 * hour } }).tier).toBe("suggest");
  });

  test("with a mistake in one of them, people act", () => {
    expect(decided({ runbooks: { kind: "invalid", mistakes: [] } }).tier).toBe("suggest");
  });

  test.each([
    [{ sources: 2, confidence: 90, maxAgeMs: 10 * minute }, "propose"],
    [{ sources: 1, confidence: 96, maxAgeMs: 10 * minute }, "propose"],
    [{ sources: 1, confidence: 95, maxAgeMs: 10 * minute }, "merge"],
    [{ sources: 1, confidence: 90, maxAgeMs: minute / 2 }, "propose"],
    [{ sources: 1, confidence: 10, maxAgeMs: 99 * hour }, "merge"],
  ])("evidence %j is asked for: %s", (evidence, tier) => {
    expect(decided({ incident: trouble, runbooks: runbooks(named({ evidence })) }).tier).toBe(tier);
  });

  test("one for the alert replaces one for any alert; several for it hold together", () => {
    const general = runbook({ name: "any", class: "human-only", on: { alerts: ["*"], deploymentStatus: [] } });
    expect(decided({ incident: trouble, runbooks: runbooks(general, named({})) }).tier).toBe("merge");
    expect(decided({ incident: labelled({ alertname: "Other" }), runbooks: runbooks(general, named({})) }).tier).toBe(
      "suggest",
    );
    const two = runbooks(named({}), named({ name: "careful", class: "semi-safe", escalate: { to: ["alice"] } }));
    expect(decided({ incident: trouble, runbooks: two })).toMatchObject({
      tier: "propose",
      runbook: { name: "bad-deploy+careful", escalateTo: ["alice"] },
    });
  });
});

describe("rates", () => {
  const other = (index: number, ago: number) => record(ago, { target: `service-${index}/production` });
  const many = (count: number, ago: number) => Array.from({ length: count }, (_, index) => other(index, ago));

  test("changes of a service count in all its environments", () => {
    const records = [
      record(2 * hour, { target: "checkout/staging" }),
      record(3 * hour, { target: "checkout/staging" }),
    ];
    expect(operandOf({ records }, "rate")?.reason.code).toBe("rate-exceeded");
    expect(operandOf({ records: records.slice(1) }, "rate")).toBeUndefined();
  });

  test("a repository has four changes in an hour and twelve in a day", () => {
    expect(decided({ records: many(3, minute) }).tier).toBe("merge");
    expect(decided({ records: many(4, minute) }).tier).toBe("propose");
    expect(decided({ records: many(4, hour) }).tier).toBe("merge");
    expect(decided({ records: many(12, hour) }).tier).toBe("propose");
  });

  test("an installation has twenty in a day, whichever repository they were in", () => {
    expect(decided({ installation: many(19, 2 * hour) }).tier).toBe("merge");
    expect(decided({ installation: many(20, 2 * hour) }).tier).toBe("propose");
    expect(decided({ installation: "unreadable" }).tier).toBe("propose");
  });
});

describe("what Remit's own past says", () => {
  const change = changeStates(candidate());
  const back = (ago: number, more: Partial<PastRemediation> = {}) =>
    record(ago, { change: { from: change.to, to: change.from }, ...more });

  test("it doesn't go back within a day to what it moved away from", () => {
    expect(operandOf({ records: [back(23 * hour)] }, "flip-flop")?.tier).toBe("suggest");
    expect(operandOf({ records: [back(24 * hour)] }, "flip-flop")).toBeUndefined();
    expect(operandOf({ records: [back(hour, { target: "cart/production" })] }, "flip-flop")).toBeUndefined();
    expect(operandOf({ records: [record(hour, { change })] }, "flip-flop")).toBeUndefined();
  });

  test("the undo of this incident's own fix is no quarrel", () => {
    const records = [back(hour, { incident: incident().id })];
    expect(operandOf({ records, kind: "undo" }, "flip-flop")).toBeUndefined();
    expect(operandOf({ records, kind: "fix" }, "flip-flop")?.tier).toBe("suggest");
  });

  const undo = (ago: number, more: Partial<PastRemediation> = {}) =>
    record(ago, { action: "undo", target: "cart/production", ...more });

  test("two failed fixes within a day demote the runbook, for longer than a day", () => {
    expect(decided({ records: [undo(72 * hour), undo(80 * hour)] }).tier).toBe("propose");
    expect(decided({ records: [undo(72 * hour), undo(97 * hour)] }).tier).toBe("merge");
    expect(decided({ records: [undo(72 * hour)] }).tier).toBe("merge");
  });

  test("a commit to the policy re-arms it", () => {
    const records = [undo(72 * hour), undo(80 * hour)];
    expect(decided({ records, rearmedAt: now - 71 * hour }).tier).toBe("merge");
    expect(decided({ records, rearmedAt: now - 75 * hour }).tier).toBe("merge");
    expect(decided({ records, rearmedAt: now - 90 * hour }).tier).toBe("propose");
  });

  test("failures of another runbook don't count, and taking back stays possible", () => {
    const records = [undo(72 * hour, { runbook: "other" }), undo(80 * hour, { runbook: "other+more" })];
    expect(decided({ records }).tier).toBe("merge");
    expect(decided({ records: [undo(72 * hour), undo(80 * hour)], kind: "undo" }).tier).toBe("merge");
  });
});

describe("changes of several targets", () => {
  const cart = { ...target, service: "cart" };
  const both = candidate({ targets: [target, cart] } as object);
  const wide = { ...grant().limits, targets: 2 };

  test("more targets than granted ask for a person", () => {
    const authority = policy([grant({ match: { ...grant().match, services: ["*"] } })]);
    expect(decided({ candidate: both, authority }).tier).toBe("propose");
  });

  test("each of them needs a grant, and the lowest counts", () => {
    const checkout = grant({ limits: wide });
    const forCart = grant({
      name: "cart",
      tier: "delay",
      limits: wide,
      match: { ...grant().match, services: ["cart"] },
    });
    expect(decided({ candidate: both, authority: policy([checkout]) }).tier).toBe("suggest");
    const observed = policy([{ ...checkout, mode: "audit" }]);
    expect(decided({ candidate: both, authority: observed }).tier).toBe("observe");
    expect(decided({ candidate: both, authority: policy([checkout, forCart]) }).tier).toBe("delay");
  });
});

test("what was judged elsewhere can only lower the tier", () => {
  const reason = { code: "within-limits", message: "x" } as const;
  for (const tier of tiers) {
    expect(decided({ further: [{ name: "breaker", tier, reason }] }).tier).toBe(tier);
    const authority = policy([grant({ tier: "suggest" })]);
    expect(
      tiers.indexOf(decided({ authority, further: [{ name: "breaker", tier, reason }] }).tier),
    ).toBeLessThanOrEqual(1);
  }
});
