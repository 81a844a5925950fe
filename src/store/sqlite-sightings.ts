/** When each alert was last notified, in each state. A repeated notification is not new work, but it is evidence. */
import type { Instant } from "../clock.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";
import type { AlertSighting } from "./store.ts";

/** Call inside the transaction that accepts the delivery. */
export function noteSightings(
  database: SqliteDatabase,
  source: string,
  sightings: readonly AlertSighting[],
  at: Instant,
): void {
  for (const { fingerprint, startsAt, status } of sightings) {
    database.run(
      `INSERT INTO alert_sightings (source, fingerprint, starts_at, status, last_notified_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET last_notified_at = max(last_notified_at, excluded.last_notified_at)`,
      source,
      fingerprint,
      startsAt,
      status,
      at,
    );
  }
}

export function lastNotified(
  database: SqliteDatabase,
  alert: AlertSighting & { readonly source: string },
): Instant | undefined {
  const row = database.row(
    `SELECT last_notified_at AS at FROM alert_sightings
     WHERE source = ? AND fingerprint = ? AND starts_at = ? AND status = ?`,
    alert.source,
    alert.fingerprint,
    alert.startsAt,
    alert.status,
  );
  return row === undefined ? undefined : Number(row.at);
}
