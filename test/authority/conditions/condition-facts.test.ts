import { expect, test } from "vitest";
import { conditionFacts } from "../../../src/authority/conditions/condition-facts.ts";
import { conditionHolds } from "../../../src/authority/conditions/condition-holds.ts";
import type { Incident } from "../../../src/incidents/incident.ts";
import { withAlert } from "../../../src/incidents/with-alert.ts";
import { candidate, incident, minute, now } from "../decision.ts";

type FactsInput = Parameters<typeof conditionFacts>[0];

const facts = (change: Partial<FactsInput> = {}) =>
  conditionFacts({ candidate: candidate(), incident: incident(), attempts: 0, now, ...change });

const crowd = (count: number): Incident => {
  const { alerts, ...others } = incident();
  const many = Array.from({ length: count }, (_, index) =>
    alerts.map((alert) => ({ ...alert, fingerprint: `f${index}`, startsAt: alert.startsAt - index * 1_000 })),
  );
  return many.flat().reduce<Incident>(withAlert, { ...others, alerts: [] });
};

test("alerts beyond those that an incident lists count, and so does the time since when they fire", () => {
  const { alerts, firingFor, lastChangeAge } =
    facts({ incident: crowd(300), facts: { lastChangeAt: now - 20 * minute } }).incident ?? {};
  expect({ alerts, firingFor, lastChangeAge }).toEqual({
    alerts: 300n,
    firingFor: 5n * 60n + 299n,
    lastChangeAge: 15n * 60n - 299n,
  });
});

test("a policy for few alerts doesn't hold for many", () => {
  const holds = (count: number) =>
    conditionHolds({ expression: "incident.alerts < 150", message: "" }, facts({ incident: crowd(count) }));
  expect([holds(149), holds(150), holds(300)]).toEqual([true, false, false]);
});

test("what is known of an incident", () => {
  const known = facts({ attempts: 1, facts: { lastChangeAt: now - 20 * minute, correlatedServices: 3 } });
  expect(known.incident).toEqual({
    firingFor: 300n,
    alerts: 1n,
    attempts: 1n,
    lastChangeAge: 900n,
    correlatedServices: 3n,
  });
  expect(known.evidence).toEqual({ sources: 1n, age: 60n });
});

test("without an incident, nothing is said of its alerts", () => {
  const none = facts({ incident: undefined, facts: { lastChangeAt: now } });
  expect(none.incident).toEqual({ attempts: 0n });
  expect(none.evidence).toEqual({ sources: 0n });
  expect(facts().incident).toEqual({ firingFor: 300n, alerts: 1n, attempts: 0n });
});

test("where nothing fires any more, nothing has been firing, and how old the word is isn't known", () => {
  const over = facts({ incident: incident(now, "resolved") });
  expect(over.incident).toEqual({ firingFor: 0n, alerts: 0n, attempts: 0n });
  expect(over.evidence).toEqual({ sources: 0n });
});

test("what hasn't been a whole second isn't one", () => {
  const later = facts({ now: now + 999, facts: { lastChangeAt: now - 20 * minute + 1 } });
  expect([later.incident?.firingFor, later.incident?.lastChangeAge, later.evidence?.age]).toEqual([300n, 899n, 60n]);
});

test("alerts of several sources are so many witnesses", () => {
  const { alerts, ...others } = incident();
  const two = [...alerts, ...alerts.map((alert) => ({ ...alert, source: "grafana" }))];
  expect(facts({ incident: { ...others, alerts: two } }).evidence?.sources).toBe(2n);
});

test("a source whose listed alerts have all resolved is a witness for as long as one beyond the list fires", () => {
  const told = (index: number, change: Partial<Incident["alerts"][number]>) =>
    incident().alerts.map((alert) => ({ ...alert, fingerprint: `f${index}`, ...change }));
  const listed = Array.from({ length: 100 }, (_, index) =>
    told(index, { source: index < 2 ? "grafana" : "prometheus" }),
  );
  const crowd = [...listed, told(200, { source: "grafana" }), told(201, { source: "grafana" })].flat();
  const over = (index: number, source: string) => told(index, { source, status: "resolved", resolvedAt: now });
  const sources = (from: Incident) => facts({ incident: from }).evidence?.sources;
  const empty = { ...incident(), alerts: [] };
  const told100 = [...crowd, ...over(0, "grafana"), ...over(1, "grafana")].reduce(withAlert, empty);
  expect(sources(told100)).toBe(2n);
  const one = over(200, "grafana").reduce(withAlert, told100);
  expect(sources(one)).toBe(2n);
  expect(sources(over(201, "grafana").reduce(withAlert, one))).toBe(1n);
});

test("what is known of a change", () => {
  expect(facts().change).toEqual({
    action: "rollback",
    files: 1n,
    lines: 1n,
    targets: 1n,
    risks: 0n,
    confidence: 0.95,
    rendered: false,
  });
  const { target } = candidate();
  const risk = { code: "shared-field", message: "it holds for others, too" } as const;
  const wide = {
    ...candidate({
      files: [
        { path: "a.yaml", before: undefined, after: "a: 1\n" },
        { path: "b.yaml", before: "a: 1\nb: 2\n", after: undefined },
      ],
      risks: [risk, risk],
    }),
    targets: [target, { ...target, service: "cart" }],
    rendered: { kind: "rendered", by: [], effects: [] },
  } as const;
  expect(facts({ candidate: wide }).change).toMatchObject({
    files: 2n,
    lines: 3n,
    targets: 2n,
    risks: 2n,
    rendered: true,
  });
  const unclear = { ...wide, rendered: { kind: "not-rendered", why: "no renderer is at hand" } } as const;
  expect(facts({ candidate: unclear }).change?.rendered).toBe(false);
});

test.each([
  ["2026-11-22T23:59:59Z", 23n, 7n],
  ["2026-11-23T00:00:00Z", 0n, 1n],
  ["2026-11-28T12:00:00Z", 12n, 6n],
])("%s is hour %s of weekday %s", (moment, hour, weekday) => {
  expect(facts({ now: Date.parse(moment) }).time).toEqual({ now: new Date(moment), hour, weekday });
});
