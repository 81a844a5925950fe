/** Retention in SQLite: deletes what is over for good, a bounded number at a time, so that no delivery waits for it. */
import type { SqliteDatabase } from "./sqlite-database.ts";
import type { PruneBefore, Pruned } from "./store.ts";

export function pruneSqlite(database: SqliteDatabase, before: PruneBefore, limit: number): Pruned {
  return database.transaction(() => ({
    // Incidents first: they look at what is known of their alerts.
    incidents: database.run(incidents, before.incidents, limit),
    deliveries: database.run(deliveries, before.deliveries, limit),
    sightings: database.run(sightings, before.deliveries, before.incidents, limit),
    syncs: database.run(syncs, before.syncs, limit),
    shadows: database.run(shadows, before.shadows, limit),
  }));
}

const deliveries = `DELETE FROM inbox WHERE id IN (
  SELECT id FROM inbox WHERE state = 'done' AND coalesce(last_seen_at, received_at) < ? LIMIT ?)`;

/** A note outlives the incidents that it keeps, so it stays for the longer of both times. */
const sightings = `DELETE FROM alert_sightings WHERE (source, fingerprint, starts_at, status) IN (
  SELECT source, fingerprint, starts_at, status FROM alert_sightings WHERE last_notified_at < min(?, ?) LIMIT ?)`;

const syncs = `DELETE FROM syncs WHERE (repository, observed_at, digest) IN (
  SELECT repository, observed_at, digest FROM syncs WHERE observed_at < ? LIMIT ?)`;

const shadows = `DELETE FROM shadows WHERE incident IN (SELECT incident FROM shadows WHERE planned_at < ? LIMIT ?)`;

/** An alert that is still repeated would open a second incident if its closed one were gone. */
const incidents = `DELETE FROM incidents WHERE id IN (
  SELECT id FROM incidents WHERE closed = 1 AND closed_at < ?1
    AND NOT EXISTS (SELECT 1 FROM work WHERE work.key = incidents.id)
    AND NOT EXISTS (
      SELECT 1 FROM json_each(incidents.incident, '$.alerts') AS alert JOIN alert_sightings AS seen
        ON seen.source = alert.value ->> 'source' AND seen.fingerprint = alert.value ->> 'fingerprint'
        AND seen.starts_at = alert.value ->> 'startsAt'
      WHERE seen.last_notified_at >= ?1)
  LIMIT ?2)`;
