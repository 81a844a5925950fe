import fc from "fast-check";
import { expect, test } from "vitest";
import { decide } from "../../src/authority/decide.ts";
import { stormOperand } from "../../src/authority/storm-operand.ts";
import { decideInput } from "./decision.ts";

const storm = (sickServices: number, knownServices = 500) => ({ sickServices, knownServices, changesUnderWay: 0 });

test.each([
  [1, 500, "merge"],
  [2, 500, "merge"],
  [3, 500, "propose"],
  [2, 2, "merge"],
  [3, 3, "propose"],
])("with %i of %i services sick, Remit may %s at most", (sick, known, tier) => {
  expect(decide(decideInput({ storm: storm(sick, known) })).tier).toBe(tier);
  expect(decide(decideInput({ kind: "undo", storm: storm(sick, known) })).tier).toBe(tier);
});

test("once fewer services are sick, what it withheld is allowed again", () => {
  expect(decide(decideInput({ storm: storm(400) })).tier).toBe("propose");
  expect(decide(decideInput({ storm: storm(2) })).tier).toBe("merge");
});

test("services that can't be counted trip it", () => {
  expect(stormOperand("unreadable")).toMatchObject({ tier: "propose", reason: { code: "limits-unreadable" } });
  expect(stormOperand(storm(Number.NaN))).toMatchObject({ tier: "propose", reason: { code: "correlated-failure" } });
});

test("it trips at the number or at the share, whichever comes first, and never below three", () => {
  fc.assert(
    fc.property(
      fc.nat(600),
      fc.nat(600),
      fc.integer({ min: 3, max: 200 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (sick, known, services, share) => {
        const tripped = stormOperand(storm(sick, known), { services, share }).tier === "propose";
        expect(tripped).toBe(sick >= services || sick >= Math.max(3, Math.floor(share * known)));
        if (sick < 3) expect(tripped).toBe(false);
      },
    ),
  );
});

test("of a small repository the share counts, and what is within it is said", () => {
  const limits = { services: 100, share: 0.3 };
  expect(stormOperand(storm(5, 20), limits)).toEqual({
    name: "storm",
    tier: "merge",
    reason: { code: "within-limits", message: "5 of 20 services sick within 10 minutes" },
  });
  expect(stormOperand(storm(6, 20), limits).tier).toBe("propose");
});
