import { expect, test } from "vitest";
import { tierIfEnforced } from "../../src/authority/tier-if-enforced.ts";
import type { Operand } from "../../src/authority/verdict.ts";

const operand = (name: Operand["name"], tier: Operand["tier"]): Operand => ({
  name,
  tier,
  reason: { code: "within-limits", message: "so it is" },
});

test("it is what the other operands allow, where a mode keeps something back", () => {
  const operands = [operand("grant", "delay"), operand("mode", "observe")];
  expect(tierIfEnforced({ tier: "observe", operands })).toBe("delay");
});

test("there is none where no mode does, and none of a verdict without operands", () => {
  expect(
    tierIfEnforced({ tier: "delay", operands: [operand("grant", "delay"), operand("mode", "merge")] }),
  ).toBeUndefined();
  expect(tierIfEnforced({ tier: "suggest", operands: [] })).toBeUndefined();
});
