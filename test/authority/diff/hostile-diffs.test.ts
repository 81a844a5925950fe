/** Diffs that somebody made to get past the gate, over a real repository in which the policy grants everything. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Tier } from "../../../src/authority/verdict.ts";
import type { ReasonCode } from "../../../src/reason.ts";
import { capped } from "./capped-diffs.ts";
import { denied } from "./denied-diffs.ts";
import { type Edit, type GateWorld, gateWorld, production } from "./gate-world.ts";
import { hazardous } from "./hazardous-diffs.ts";
import { released } from "./hostile-edits.ts";

let world: GateWorld;
beforeAll(async () => {
  world = await gateWorld();
});
afterAll(() => world.close());

const all = [...denied, ...capped, ...hazardous];

describe("a hostile diff", () => {
  test("comes in at least sixty kinds", () => {
    expect(new Set(all.map(([what]) => what)).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(60);
  });

  test.each(denied)(
    "is refused: %s",
    async (_, edit, tier, code) => {
      await judged(edit, tier, code, "path");
    },
    120_000,
  );
  test.each(capped)(
    "asks for a person: %s",
    async (_, edit, tier, code) => {
      await judged(edit, tier, code);
    },
    120_000,
  );
  test.each(hazardous)("isn't safe to roll back: %s", async (_, edit, tier, code) => {
    const { verdict } = await judged(edit, tier, code);
    expect(verdict.rollback.safe).toBe("no");
    expect(verdict.rollback.reasons.map((reason) => reason.code)).toContain(code);
  });
});

async function judged(edit: Edit, tier: Tier, code: ReasonCode, operand?: string) {
  const answer = await world.gate(edit);
  const { verdict } = answer;
  expect({ tier: verdict.tier, conclusion: verdict.conclusion }).toEqual({
    tier,
    conclusion: tier === "observe" ? "failure" : "success",
  });
  const holding = verdict.operands.filter(
    ({ tier: allowed, name }) => allowed !== "merge" && (operand ?? name) === name,
  );
  expect(holding.map(({ reason }) => reason.code)).toContain(code);
  return answer;
}

describe("an honest diff", () => {
  test("that sets one value of one target is granted as the policy says", async () => {
    const { verdict, classification } = await world.gate({ [production]: released });
    expect(verdict).toMatchObject({ tier: "merge", conclusion: "success", rollback: { safe: "yes" } });
    expect(classification.changes).toMatchObject([
      {
        kind: "value-set",
        file: production,
        path: ["images", 0, "newTag"],
        role: "image-tag",
        from: "v1.5.0",
        to: "v1.4.2",
        line: 8,
        targets: [{ service: "checkout", environment: "production" }],
      },
    ]);
  });
});
