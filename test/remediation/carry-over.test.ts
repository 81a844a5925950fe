/** What fires while an incident closes is the next one's, whether it is listed or not. */
import { expect, it, onTestFinished } from "vitest";
import { isFiring } from "../../src/incidents/alert-state.ts";
import { correlate } from "../../src/incidents/correlate.ts";
import type { Incident, UnlistedAlerts } from "../../src/incidents/incident.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { type IncidentWorld, incidentWorld } from "../support/incident-world.ts";
import { base, commit, minute, remediation, t0 } from "../support/situation.ts";

type Change = (world: IncidentWorld, resolved: Incident) => Incident;

/** An incident that recovered, and what it is told before it closes. The newest record comes first. */
async function closing(change: Change) {
  const made = await incidentWorld({ directory: temporaryDirectory() });
  onTestFinished(() => made.close());
  made.clock.advance(13 * minute);
  await made.receive([made.firing()]);
  await made.receive([made.resolved()]);
  const [record] = await made.store.incidents.open();
  if (record === undefined) throw new Error("nothing was opened");
  const fix = remediation({
    merged: { at: t0, commit },
    delivered: { at: t0, revision: base, application: "checkout" },
    ended: { at: t0, outcome: "recovered", reason: { code: "recovered", message: "it resolved" } },
  });
  const incident = change(made, record.incident);
  await made.store.incidents.save({ ...record, incident, response: { ...record.response, remediations: [fix] } });
  await made.reconcile();
  const records = await made.store.incidents.list(10);
  const first = records.find(({ incident: { id } }) => id === record.incident.id);
  expect(first?.response.closed?.outcome).toBe("recovered");
  return { made, incident, others: records.filter((each) => each !== first) };
}

const beyond = (startsAt: number): UnlistedAlerts => ({
  firing: { a1b2c3d4e5f6: startsAt + minute, f6e5d4c3b2a1: startsAt },
  lastFiringAt: startsAt,
  kinds: [{ source: "prometheus", alertname: "HighErrorRate", count: 2 }],
});

it.each<[string, number]>([
  ["later", minute],
  ["at the same moment", 0],
])("alerts beyond the list that began %s and fire are carried over", async (_, later) => {
  const { made, incident, others } = await closing((_made, resolved) => ({
    ...resolved,
    unlisted: beyond(resolved.openedAt + later),
  }));
  expect(others).toMatchObject([
    { incident: { alerts: [], unlisted: incident.unlisted, openedAt: incident.openedAt + later } },
  ]);
  await made.reconcile();
  const [next] = await made.store.incidents.open();
  expect(next?.response.plan).toBeDefined();
});

it("a listed alert that began at the very same moment is carried over, with those beyond the list", async () => {
  const { incident, others } = await closing((made, resolved) => {
    const other = correlate([resolved], made.firing({ fingerprint: "another" }), resolved.target).incident ?? resolved;
    return { ...other, unlisted: beyond(resolved.openedAt) };
  });
  expect(others).toMatchObject([
    { incident: { alerts: [{ fingerprint: "another", status: "firing" }], unlisted: incident.unlisted } },
  ]);
});

it("where nothing fires any more nothing is carried over", async () => {
  const { incident, others } = await closing((_made, resolved) => resolved);
  expect(isFiring(incident)).toBe(false);
  expect(others).toEqual([]);
});

it("an alert that is heard of after the close is another incident, though it began at the very same moment, and once only", async () => {
  const { made, others } = await closing((_made, resolved) => resolved);
  expect(others).toEqual([]);
  const late = made.firing({ fingerprint: "another" });
  expect(await made.receive([made.firing()])).toEqual([expect.stringMatching(/^the alert belongs to incident /)]);
  expect(await made.receive([late])).toEqual([expect.stringMatching(/^opened: incident checkout-production-/)]);
  const [next, ...more] = await made.store.incidents.open();
  if (next === undefined) throw new Error("nothing was opened");
  expect(more).toEqual([]);
  const closed = { at: t0, outcome: "recovered" as const, reasons: [] };
  await made.store.incidents.save({ ...next, response: { ...next.response, closed } });
  expect(await made.receive([late])).toEqual([expect.stringMatching(/^the alert belongs to incident /)]);
  const third = made.firing({ fingerprint: "a third one" });
  expect(await made.receive([third])).toEqual([expect.stringMatching(/^opened: incident /)]);
});
