import fc from "fast-check";
import { expect, it } from "vitest";
import { agreements } from "../../../src/remediation/shadow/agreement.ts";
import { type ShadowResult, shadowOutcomes } from "../../../src/remediation/shadow/shadow.ts";

const result = fc.record({
  incident: fc.uuid(),
  repository: fc.constant("acme/shop"),
  runbook: fc.constantFrom("built-in", "bad-deploy"),
  action: fc.constantFrom("rollback", "scale"),
  outcome: fc.option(fc.constantFrom(...shadowOutcomes), { nil: undefined }),
  leadMs: fc.option(fc.integer({ min: -5_000, max: 5_000 }), { nil: undefined }),
});

it("each settled shadow counts once, whatever order they come in; what waits doesn't count", () => {
  fc.assert(
    fc.property(fc.array(result), (results) => {
      const all = agreements(results);
      const settled = results.filter(({ outcome }) => outcome !== undefined);
      expect(all.reduce((sum, { compared }) => sum + compared, 0)).toBe(settled.length);
      for (const { runbook, action, compared, outcomes, lead } of all) {
        const own = settled.filter((each) => each.runbook === runbook && each.action === action);
        expect(own.length).toBe(compared);
        for (const outcome of shadowOutcomes)
          expect(outcomes[outcome]).toBe(own.filter((each) => each.outcome === outcome).length);
        expect(lead?.cases ?? 0).toBeLessThanOrEqual(outcomes.same + outcomes["same-and-more"]);
      }
      expect(agreements(results.toReversed())).toEqual(all);
    }),
  );
});

it("the lead is the median of those in which people made the same change or more", () => {
  const of = (outcome: ShadowResult["outcome"], leadMs: number | undefined): ShadowResult => ({
    incident: "i",
    repository: "acme/shop",
    runbook: "built-in",
    action: "rollback",
    outcome,
    leadMs,
  });
  const lead = (...results: ShadowResult[]) => agreements(results)[0]?.lead;
  expect(lead(of("other", 9), of("partly", 9), of("none", undefined))).toBeUndefined();
  expect(lead(of("same", 5), of("other", 900), of("same", 1), of("same-and-more", 30))).toEqual({
    medianMs: 5,
    cases: 3,
  });
  expect(lead(of("same", 4), of("same", -2))).toEqual({ medianMs: 1, cases: 2 });
});
