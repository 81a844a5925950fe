import { expect, test } from "vitest";
import { type RateInput, rateOperand } from "../../src/authority/rate-operand.ts";
import { hour, now, record } from "./decision.ts";

const rates = [
  { count: 4, windowMs: hour },
  { count: 3, windowMs: 24 * hour },
];
const asked = (change: Partial<RateInput>) =>
  rateOperand({ name: "rate", of: "this service", records: [], rates, now, ...change });

test("of several rates the one that is nearest to its end is told", () => {
  expect(asked({ records: [record(2 * hour), record(3 * hour)] }).reason).toEqual({
    code: "within-limits",
    message: "2 of 3 changes of this service in 24 hours",
  });
  const used = [record(2 * hour), record(3 * hour), record(4 * hour)];
  expect(asked({ records: used })).toEqual({
    name: "rate",
    tier: "propose",
    reason: { code: "rate-exceeded", message: "3 of 3 changes of this service in 24 hours" },
  });
  expect(asked({ records: used, rates: rates.toReversed() }).tier).toBe("propose");
});

test("what counts attempts says so", () => {
  const records = [record(hour), record(hour), record(hour)];
  expect(asked({ name: "attempts", records }).reason.code).toBe("attempts-exhausted");
});

test("without a rate, or without records, people decide", () => {
  const unreadable = { name: "rate", tier: "propose", reason: expect.objectContaining({ code: "limits-unreadable" }) };
  expect(asked({ rates: [] })).toEqual(unreadable);
  expect(asked({ records: "unreadable" })).toEqual(unreadable);
});

test("a window has its begin outside", () => {
  const one = [{ count: 1, windowMs: hour }];
  expect(asked({ rates: one, records: [record(hour)] }).tier).toBe("merge");
  expect(asked({ rates: one, records: [record(hour - 1)] }).tier).toBe("propose");
});
