import fc from "fast-check";
import { expect, test } from "vitest";
import { isFiring } from "../../src/incidents/alert-state.ts";
import type { Incident, IncidentAlert } from "../../src/incidents/incident.ts";
import { withAlert } from "../../src/incidents/with-alert.ts";
import { alert, incident, resolvedAlert, t0 } from "../support/situation.ts";

const empty = incident({ alerts: [] });
const fold = (alerts: readonly IncidentAlert[], from: Incident = empty) => alerts.reduce(withAlert, from);
const firing = (index: number, change: Partial<IncidentAlert> = {}) => alert({ fingerprint: `f${index}`, ...change });
const over = (index: number) => ({ ...resolvedAlert(t0 + 1), fingerprint: `f${index}` });

test("of a thousand alerts of one target, an incident lists a hundred and counts the rest", () => {
  const crowded = fold(Array.from({ length: 1_000 }, (_, index) => firing(index)));
  expect(crowded.alerts).toHaveLength(100);
  expect(Object.keys(crowded.unlisted?.firing ?? {})).toHaveLength(900);
  expect(JSON.stringify(crowded).length).toBeLessThan(200_000);
});

test("however many alerts there are and whichever order they come in, it fires until the last one resolves", () => {
  const anyOrder = fc.shuffledSubarray(
    Array.from({ length: 130 }, (_, index) => index),
    { minLength: 105 },
  );
  fc.assert(
    fc.property(anyOrder, fc.nat(1_000), (order, seed) => {
      let current = fold(order.map((index) => firing(index)));
      const ends = order.toSorted((a, b) => ((a * 31 + seed) % 131) - ((b * 31 + seed) % 131));
      for (const index of ends) {
        expect(isFiring(current)).toBe(true);
        current = withAlert(current, over(index));
      }
      expect(isFiring(current)).toBe(false);
      expect(current.alerts.length).toBeLessThanOrEqual(100);
      expect(current.unlisted).toBeUndefined();
    }),
    { numRuns: 20 },
  );
});

test("a notification that says nothing new changes nothing", () => {
  const crowded = fold(Array.from({ length: 105 }, (_, index) => firing(index)));
  expect(withAlert(crowded, firing(3))).toBe(crowded);
  expect(withAlert(crowded, firing(104))).toBe(crowded);
  expect(withAlert(crowded, over(999))).toBe(crowded);
});

test("the end of an earlier start doesn't end a later one that isn't listed", () => {
  const crowded = fold(Array.from({ length: 100 }, (_, index) => firing(index)));
  const later = fold([firing(200), firing(200, { startsAt: t0 + 60_000 })], crowded);
  const ended = fold(
    Array.from({ length: 100 }, (_, index) => over(index)),
    withAlert(later, over(200)),
  );
  expect(isFiring(ended)).toBe(true);
  expect(isFiring(withAlert(ended, { ...over(200), startsAt: t0 + 60_000 }))).toBe(false);
});

test("what resolved gives its place to what fires", () => {
  const crowded = fold(Array.from({ length: 100 }, (_, index) => firing(index)));
  const next = fold([over(7), firing(300)], crowded);
  expect(next.alerts.map(({ fingerprint }) => fingerprint)).toContain("f300");
  expect(next.alerts).toHaveLength(100);
  expect(next.unlisted).toBeUndefined();
});
