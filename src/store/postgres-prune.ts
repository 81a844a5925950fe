/** Retention in PostgreSQL: deletes what is over for good, a bounded number at a time. Any replica may do it, at any time. */
import type { Instant } from "../clock.ts";
import type { Incident } from "../incidents/incident.ts";
import type { PostgresDatabase } from "./postgres-database.ts";
import type { PruneBefore, Pruned } from "./store.ts";

export async function prunePostgres(database: PostgresDatabase, before: PruneBefore, limit: number): Promise<Pruned> {
  // Incidents first: they look at what is known of their alerts.
  const incidents = await pruneIncidents(database, before.incidents, limit);
  return {
    incidents,
    deliveries: await database.run(deliveries, before.deliveries, limit),
    sightings: await database.run(sightings, before.deliveries, before.incidents, limit),
    syncs: await database.run(syncs, before.syncs, limit),
    shadows: await database.run(shadows, before.shadows, limit),
  };
}

const deliveries = `DELETE FROM remit.inbox WHERE id IN (
  SELECT id FROM remit.inbox WHERE state = 'done' AND coalesce(last_seen_at, received_at) < $1
  LIMIT $2 FOR UPDATE SKIP LOCKED)`;

/** A note outlives the incidents that it keeps, so it stays for the longer of both times. */
const sightings = `DELETE FROM remit.alert_sightings WHERE ctid IN (
  SELECT ctid FROM remit.alert_sightings WHERE last_notified_at < least($1::bigint, $2::bigint)
  LIMIT $3 FOR UPDATE SKIP LOCKED)`;

const syncs = `DELETE FROM remit.syncs WHERE ctid IN (
  SELECT ctid FROM remit.syncs WHERE observed_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`;

const shadows = `DELETE FROM remit.shadows WHERE incident IN (
  SELECT incident FROM remit.shadows WHERE planned_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`;

const candidates = `SELECT id, incident FROM remit.incidents WHERE closed AND closed_at < $1
  AND NOT EXISTS (SELECT 1 FROM remit.work WHERE work.key = incidents.id)
  ORDER BY closed_at LIMIT $2`;

/** An alert that is still repeated would open a second incident if its closed one were gone. */
async function pruneIncidents(database: PostgresDatabase, before: Instant, limit: number): Promise<number> {
  const over: string[] = [];
  for (const row of await database.rows(candidates, before, limit)) {
    // Written by Remit itself, so read back as it is. Not in SQL, whose JSON refuses some characters that alerts may hold.
    const { alerts } = JSON.parse(String(row.incident)) as Incident;
    const seen = await database.row(
      `SELECT 1 FROM remit.alert_sightings AS seen
       JOIN unnest($1::text[], $2::text[], $3::bigint[]) AS alert (source, fingerprint, starts_at)
         USING (source, fingerprint, starts_at)
       WHERE seen.last_notified_at >= $4 LIMIT 1`,
      alerts.map(({ source }) => source),
      alerts.map(({ fingerprint }) => fingerprint),
      alerts.map(({ startsAt }) => startsAt),
      before,
    );
    if (seen === undefined) over.push(String(row.id));
  }
  if (over.length === 0) return 0;
  return database.run("DELETE FROM remit.incidents WHERE closed AND id = ANY($1::text[])", over);
}
