import fc from "fast-check";
import { expect, test } from "vitest";
import { firingAlerts, firingStarts, isFiring, lastFiringAt, troubleAt } from "../../src/incidents/alert-state.ts";
import type { Incident, IncidentAlert } from "../../src/incidents/incident.ts";
import { seriesOf } from "../../src/incidents/series-of.ts";
import { withAlert } from "../../src/incidents/with-alert.ts";
import { alert, incident, minute, resolvedAlert, t0 } from "../support/situation.ts";

const told = (alerts: readonly IncidentAlert[]) => alerts.reduce<Incident>(withAlert, incident({ alerts: [] }));
const numbered = (count: number, startsAt = t0) =>
  Array.from({ length: count }, (_, index) => alert({ fingerprint: `f${index}`, startsAt }));
const unlisted = (firing: Readonly<Record<string, number>>) => ({ firing, lastFiringAt: t0 });

test("alerts beyond those that are listed are counted, and the trouble began with the earliest of all", () => {
  const crowded = told([...numbered(300), alert({ fingerprint: "early", startsAt: t0 - minute })]);
  expect(firingAlerts(crowded)).toHaveLength(100);
  expect(firingStarts(crowded)).toHaveLength(301);
  expect(troubleAt(crowded)).toBe(t0 - minute);
});

test("an incident fires while any of its alerts does, listed or not, and was last heard of when the latest of them was", () => {
  const over = [resolvedAlert(t0 + 1)];
  const beyond = { firing: { aaaaaaaaaaaa: t0 }, lastFiringAt: t0 + minute };
  expect([isFiring(incident({ alerts: over })), lastFiringAt(incident({ alerts: over }))]).toEqual([false, undefined]);
  expect([isFiring(incident()), lastFiringAt(incident())]).toEqual([true, t0]);
  const unheard = incident({ alerts: over, unlisted: beyond });
  expect([isFiring(unheard), lastFiringAt(unheard)]).toEqual([true, t0 + minute]);
  expect(lastFiringAt(incident({ alerts: [alert({ lastFiringAt: t0 + 2 * minute })], unlisted: beyond }))).toBe(
    t0 + 2 * minute,
  );
});

test("the trouble began with the earliest alert that fires, or with the incident when none does", () => {
  const alerts = [alert({ startsAt: t0 + 2 * minute }), alert({ fingerprint: "other", startsAt: t0 + minute })];
  expect(troubleAt(incident({ alerts, openedAt: t0 }))).toBe(t0 + minute);
  expect(troubleAt(incident({ alerts: [resolvedAlert(t0 + minute)], openedAt: t0 - minute }))).toBe(t0 - minute);
});

test.each([false, true])("of two starts of a series the later one fires, whichever comes first: %s", (reversed) => {
  const starts = [alert(), alert({ startsAt: t0 + minute }), alert({ source: "grafana" })];
  const told = incident({ alerts: reversed ? starts.toReversed() : starts });
  expect(new Set(firingAlerts(told))).toEqual(new Set(starts.slice(1)));
});

test("of any crowd as many fire as haven't resolved", () => {
  fc.assert(
    fc.property(fc.integer({ min: 95, max: 130 }), fc.nat(60), (count, over) => {
      const ends = numbered(over).map(({ fingerprint }) => ({ ...resolvedAlert(t0 + 1), fingerprint }));
      expect(firingStarts(told([...numbered(count), ...ends]))).toHaveLength(count - over);
    }),
    { numRuns: 20 },
  );
});

test("a series of which one start is listed and a later one isn't fires once, since the later one", () => {
  const both = incident({ unlisted: unlisted({ [seriesOf(alert())]: t0 + minute }) });
  expect(firingStarts(both)).toEqual([t0 + minute]);
  expect(troubleAt(both)).toBe(t0 + minute);
});

test.each([
  ["fires", alert({ startsAt: t0 + minute }), [t0 + minute]],
  ["is over", { ...resolvedAlert(t0 + 2 * minute), startsAt: t0 + minute }, []],
  ["began at the same time", resolvedAlert(t0), []],
])("a start that isn't listed ended with a later one that is, whether that %s", (_, later, starts) => {
  const ended = incident({ alerts: [later], unlisted: unlisted({ [seriesOf(later)]: t0 }) });
  expect(firingStarts(ended)).toEqual(starts);
});
