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
