import fc from "fast-check";
import { expect, test } from "vitest";
import { firingStarts, isFiring } from "../../src/incidents/alert-state.ts";
import type { Incident, IncidentAlert } from "../../src/incidents/incident.ts";
import { withAlert } from "../../src/incidents/with-alert.ts";
import { alert, incident, resolvedAlert, t0 } from "../support/situation.ts";

const empty = incident({ alerts: [] });
const fold = (alerts: readonly IncidentAlert[], from: Incident = empty) => alerts.reduce(withAlert, from);
const firing = (index: number, change: Partial<IncidentAlert> = {}) => alert({ fingerprint: `f${index}`, ...change });
const crowd = fold(Array.from({ length: 100 }, (_, index) => firing(index)));
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
  const later = fold([firing(200), firing(200, { startsAt: t0 + 60_000 })], crowd);
  const ended = fold(
    Array.from({ length: 100 }, (_, index) => over(index)),
    withAlert(later, over(200)),
  );
  expect(isFiring(ended)).toBe(true);
  expect(isFiring(withAlert(ended, { ...over(200), startsAt: t0 + 60_000 }))).toBe(false);
});

test("an earlier start that is heard of late says nothing, where a later one is listed", () => {
  expect(withAlert(crowd, firing(7, { startsAt: t0 - 60_000, lastFiringAt: t0 + 1 }))).toBe(crowd);
});

test("what resolved gives its place to what fires", () => {
  const next = fold([over(7), firing(300)], crowd);
  expect(next.alerts.map(({ fingerprint }) => fingerprint)).toContain("f300");
  expect(next.alerts).toHaveLength(100);
  expect(next.unlisted).toBeUndefined();
});

const named = (index: number, labels: Readonly<Record<string, string>>) => firing(index, { labels });
const series = (told: Incident) => told.alerts.map(({ fingerprint }) => fingerprint);

test.each([
  ["name", named(300, { alertname: "DataLoss" })],
  ["class", named(300, { alertname: "HighErrorRate", class: "security" })],
  ["source", firing(300, { source: "grafana" })],
])("an alert of another %s is listed in the place of one of a hundred that are alike", (_, other) => {
  const next = withAlert(crowd, other);
  expect(series(next)).toContain("f300");
  expect(next.alerts).toHaveLength(100);
  expect(Object.values(next.unlisted?.firing ?? {})).toEqual([t0]);
  expect(firingStarts(next)).toHaveLength(101);
  expect(withAlert(next, other)).toBe(next);
});

test("the newest of those that are alike gives its place, and is over when it resolves", () => {
  const newest = fold([over(0), firing(200, { startsAt: t0 + 1 })], crowd);
  const next = withAlert(newest, named(300, { alertname: "DataLoss" }));
  expect(series(next)).not.toContain("f200");
  expect(withAlert(next, { ...over(200), startsAt: t0 + 1 }).unlisted).toBeUndefined();
});

test("an alert of another kind that was beyond the list is there no longer", () => {
  const kinds = fold(Array.from({ length: 100 }, (_, index) => named(index, { alertname: `A${index}` })));
  const full = withAlert(kinds, named(300, { alertname: "DataLoss" }));
  expect(series(full)).toEqual(series(kinds));
  const room = fold([over(0), named(301, { alertname: "A1" })], full);
  const next = withAlert(room, named(300, { alertname: "DataLoss" }));
  expect(series(next)).toContain("f300");
  expect(Object.keys(next.unlisted?.firing ?? {})).toHaveLength(1);
  expect(firingStarts(next)).toHaveLength(101);
});

test("of a series with two starts none gives its place, since the earlier one would be taken to fire", () => {
  const starts = Array.from({ length: 100 }, (_, index) => firing(index >> 1, { startsAt: t0 + (index & 1) }));
  const next = withAlert(fold(starts), named(300, { alertname: "DataLoss" }));
  expect(series(next)).not.toContain("f300");
  expect(next.unlisted).toBeDefined();
});

test("the lowest class that an alert beyond the list was labelled with stays until all of those beyond are over", () => {
  const beyond = (index: number, label: string) => named(index, { alertname: "HighErrorRate", class: label });
  const listed = fold(Array.from({ length: 100 }, (_, index) => beyond(index, index === 0 ? "semi-safe" : "security")));
  const semi = withAlert(listed, beyond(200, "semi-safe"));
  expect(semi.unlisted?.lowest).toEqual({ class: "semi-safe", label: "class: semi-safe" });
  const lower = withAlert(semi, beyond(201, "security"));
  expect(lower.unlisted?.lowest).toEqual({ class: "human-only", label: "class: security" });
  expect(fold([over(201), beyond(202, "security"), beyond(203, "semi-safe")], lower).unlisted?.lowest).toEqual(
    lower.unlisted?.lowest,
  );
  expect(fold([over(200), over(201)], lower).unlisted).toBeUndefined();
  expect(withAlert(crowd, beyond(202, "none")).unlisted).not.toHaveProperty("lowest");
});

test("of more than ten thousand beyond the list, those further still lower the class and tell that something fires", () => {
  const series = Array.from({ length: 10_000 }, (_, index) => [`s${index}`, t0]);
  const full = { ...crowd, unlisted: { firing: Object.fromEntries(series), lastFiringAt: t0 } };
  const kept = Array.from({ length: 100 }, (_, index) => named(index, { alertname: `A${index}`, class: "fraud" }));
  const next = withAlert({ ...full, alerts: kept }, firing(300, { lastFiringAt: t0 + 9, labels: { class: "fraud" } }));
  expect(Object.keys(next.unlisted?.firing ?? {})).toHaveLength(10_000);
  expect(next.unlisted).toMatchObject({ lastFiringAt: t0 + 9, lowest: { class: "human-only" } });
});

const kinds = (told: Incident) =>
  told.unlisted?.kinds?.map(({ source, alertname, count }) => [source, alertname, count]);

test("of those beyond the list it is kept who says so and what they are called, for as long as they fire", () => {
  const later = { startsAt: t0 + 60_000 };
  const crowded = fold(
    [firing(200), named(201, { alertname: "HighErrorRate" }), firing(200, later), firing(201)],
    crowd,
  );
  expect(kinds(crowded)).toEqual([["prometheus", "HighErrorRate", 2]]);
  const other = fold(
    [firing(300, { source: "grafana", labels: {} }), firing(301, { source: "grafana", labels: {} })],
    crowded,
  );
  expect(kinds(other)).toEqual([
    ["prometheus", "HighErrorRate", 3],
    ["grafana", undefined, 1],
  ]);
  const renamed = { ...over(301), source: "grafana", labels: { alertname: "Renamed" } };
  expect(kinds(fold([renamed, { ...over(200), ...later }], other))).toEqual([["prometheus", "HighErrorRate", 2]]);
});

test("of more than a hundred names further ones aren't kept", () => {
  const many = Array.from({ length: 200 }, (_, index) => named(index, { alertname: `A${index}` }));
  const full = fold([...many.slice(0, 100), ...many.slice(100).flatMap((each) => [each, each])]);
  expect(full.unlisted?.kinds).toHaveLength(100);
  const next = withAlert(full, named(300, { alertname: "A300" }));
  expect(next.unlisted?.kinds).toEqual(full.unlisted?.kinds);
  expect(Object.keys(next.unlisted?.firing ?? {})).toHaveLength(101);
});

test("of a record that was kept without names, those that come are counted", () => {
  const older = { ...crowd, unlisted: { firing: { a1b2c3d4e5f6: t0, f6e5d4c3b2a1: t0 }, lastFiringAt: t0 } };
  expect(kinds(withAlert(older, firing(300)))).toEqual([["prometheus", "HighErrorRate", 1]]);
  const ended = withAlert(withAlert(older, firing(300)), over(300));
  expect(kinds(ended)).toEqual([]);
  expect(isFiring(ended)).toBe(true);
});
