import { expect, test } from "vitest";
import { deliveryOperand } from "../../src/authority/delivery-operand.ts";

test("a merge that no controller would apply now is a person's to decide, with the first reason", () => {
  const window = { code: "delivery-blocked", message: "a sync window denies it until 18:00" } as const;
  const other = { code: "delivery-blocked", message: "Flux suspends it" } as const;
  expect(deliveryOperand([window, other])).toEqual({ name: "delivery", tier: "propose", reason: window });
});

test("otherwise nothing speaks against it", () => {
  expect(deliveryOperand([])).toMatchObject({ name: "delivery", tier: "merge", reason: { code: "within-limits" } });
});
