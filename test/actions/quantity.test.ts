import fc from "fast-check";
import { expect, test } from "vitest";
import { parseQuantity, spellQuantity } from "../../src/actions/quantity.ts";

test.each([
  ["512Mi", 512 * 2 ** 20],
  ["1.5", 1.5],
  ["500m", 0.5],
  ["2G", 2e9],
])("%s is %d", (text, amount) => {
  expect(parseQuantity(text)?.amount).toBe(amount);
});

test.each(["", "0", "1e3", "-1Mi", "1Mib", "512 Mi", "{{ memory }}", "1.Mi"])("%j isn't read", (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});

const quantities = fc
  .record({ number: fc.integer({ min: 1, max: 9000 }), unit: fc.constantFrom("m", "Ki", "Mi", "Gi", "M", "G") })
  .map(({ number, unit }) => `${number}${unit}`);

test("a quantity keeps its unit, and is at least what was wanted", () => {
  fc.assert(
    fc.property(quantities, fc.integer({ min: 11, max: 100 }), (text, tenths) => {
      const old = parseQuantity(text);
      if (old === undefined) throw new Error(text);
      const wanted = (old.amount * tenths) / 10;
      const spelled = spellQuantity(wanted, old.unit, "memory", "up");
      const fresh = parseQuantity(spelled);
      expect(fresh?.unit).toBe(old.unit);
      expect(fresh?.amount).toBeGreaterThanOrEqual(wanted * (1 - 1e-9));
      expect(spelled).not.toContain("e");
    }),
  );
});
