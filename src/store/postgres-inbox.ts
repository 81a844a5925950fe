/** The inbox in PostgreSQL. Each delivery is one statement, so the server commits those that arrive together with one flush. */

import type { Instant } from "../clock.ts";
import { severities } from "../incidents/severity.ts";
import { deliveryOf, stateOf } from "./delivery-row.ts";
import type { PostgresDatabase } from "./postgres-database.ts";
import type { AlertSighting, Delivery, DeliveryState, Inbox, NewDelivery } from "./store.ts";

export class PostgresInbox implements Inbox {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async accept(delivery: NewDelivery): ReturnType<Inbox["accept"]> {
    const { source, type, event, dedupeKey, body, receivedAt, severity = "warning" } = delivery;
    const sightings = distinct(delivery.sightings ?? []);
    const row = await this.#database.row(
      accept,
      source,
      type,
      event,
      dedupeKey,
      body,
      receivedAt,
      sightings.map(({ fingerprint }) => fingerprint),
      sightings.map(({ startsAt }) => startsAt),
      sightings.map(({ status }) => status),
      severities.indexOf(severity),
    );
    return { outcome: row?.stored === true ? "stored" : "duplicate", id: String(row?.id) };
  }

  async take(now: Instant, leaseMs: number): Promise<Delivery | undefined> {
    const row = await this.#database.row(
      `UPDATE remit.inbox SET due_at = $1, attempts = attempts + 1
       WHERE id = coalesce(${oldestDue.join(", ")})
       RETURNING *`,
      now + leaseMs,
      now,
    );
    return row === undefined ? undefined : deliveryOf(row);
  }

  async renew(id: string, until: Instant): Promise<void> {
    await this.#database.run(
      "UPDATE remit.inbox SET due_at = greatest(due_at, $2) WHERE id = $1 AND state = 'pending'",
      numeric(id),
      until,
    );
  }

  async done(id: string, _now: Instant): Promise<void> {
    await this.#database.run("UPDATE remit.inbox SET state = 'done', error = NULL WHERE id = $1", numeric(id));
  }

  async fail(id: string, error: string, retryAt: Instant | undefined): Promise<void> {
    // A worker whose lease ran out must not take back what another one finished.
    await this.#database.run(
      "UPDATE remit.inbox SET state = $2, error = $3, due_at = $4 WHERE id = $1 AND state = 'pending'",
      numeric(id),
      retryAt === undefined ? "parked" : "pending",
      error,
      retryAt ?? 0,
    );
  }

  async replay(id: string, now: Instant): Promise<boolean> {
    const changed = await this.#database.run(
      "UPDATE remit.inbox SET state = 'pending', attempts = 0, due_at = $2 WHERE id = $1 AND state <> 'pending'",
      numeric(id),
      now,
    );
    return changed > 0;
  }

  async get(id: string): Promise<Delivery | undefined> {
    const row = await this.#database.row("SELECT * FROM remit.inbox WHERE id = $1", numeric(id));
    return row === undefined ? undefined : deliveryOf(row);
  }

  async list(filter: { readonly state?: DeliveryState; readonly limit?: number }): Promise<readonly Delivery[]> {
    const rows = await this.#database.rows(
      "SELECT * FROM remit.inbox WHERE $1::text IS NULL OR state = $1 ORDER BY id DESC LIMIT $2",
      filter.state ?? null,
      filter.limit ?? 100,
    );
    return rows.map(deliveryOf);
  }

  async counts(): Promise<Readonly<Record<DeliveryState, number>>> {
    const counts = { pending: 0, parked: 0, done: 0 };
    for (const row of await this.#database.rows("SELECT state, count(*) AS count FROM remit.inbox GROUP BY state")) {
      counts[stateOf(row.state)] = Number(row.count);
    }
    return counts;
  }

  async pending(): Promise<number> {
    const row = await this.#database.row("SELECT count(*) AS count FROM remit.inbox WHERE state = 'pending'");
    return Number(row?.count);
  }

  async pendingSince(): Promise<Instant | undefined> {
    const row = await this.#database.row("SELECT min(received_at) AS at FROM remit.inbox WHERE state = 'pending'");
    return row?.at === null || row?.at === undefined ? undefined : Number(row.at);
  }

  async lastSeen(dedupeKey: string): Promise<Instant | undefined> {
    const row = await this.#database.row(
      "SELECT coalesce(last_seen_at, received_at) AS at FROM remit.inbox WHERE dedupe_key = $1",
      dedupeKey,
    );
    return row === undefined ? undefined : Number(row.at);
  }

  async lastNotified(alert: AlertSighting & { readonly source: string }): Promise<Instant | undefined> {
    const row = await this.#database.row(
      `SELECT last_notified_at AS at FROM remit.alert_sightings
       WHERE source = $1 AND fingerprint = $2 AND starts_at = $3 AND status = $4`,
      alert.source,
      alert.fingerprint,
      alert.startsAt,
      alert.status,
    );
    return row === undefined ? undefined : Number(row.at);
  }
}

/** One statement is one transaction. A row that was there before has a deleting transaction, which a new one hasn't. */
const accept = `
  WITH noted AS (
    INSERT INTO remit.alert_sightings AS seen (source, fingerprint, starts_at, status, last_notified_at)
    SELECT $1, fingerprint, starts_at, status, $6
    FROM unnest($7::text[], $8::bigint[], $9::text[]) AS alert (fingerprint, starts_at, status)
    ON CONFLICT (source, fingerprint, starts_at, status)
      DO UPDATE SET last_notified_at = greatest(seen.last_notified_at, excluded.last_notified_at)
  )
  INSERT INTO remit.inbox AS known (source, type, event, dedupe_key, body, received_at, due_at, severity)
  VALUES ($1, $2, $3, $4, $5, $6, $6, $10::integer)
  ON CONFLICT (dedupe_key) DO UPDATE SET
    last_seen_at = greatest(coalesce(known.last_seen_at, known.received_at), excluded.received_at),
    due_at = CASE known.state WHEN 'parked' THEN excluded.received_at ELSE known.due_at END,
    state = CASE known.state WHEN 'parked' THEN 'pending' ELSE known.state END
  RETURNING id, xmax = 0 AS stored`;

/** In one order everywhere, so that two statements never wait for each other; each once, as one statement demands. */
function distinct(sightings: readonly AlertSighting[]): AlertSighting[] {
  const byKey = new Map(sightings.map((sighting) => [JSON.stringify(sighting, keyOrder), sighting]));
  return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, sighting]) => sighting);
}

const keyOrder = ["fingerprint", "startsAt", "status"];

/** Ids are numbers here, and whoever asks for anything else asks for nothing that exists. */
function numeric(id: string): string {
  return /^\d{1,18}$/.test(id) ? id : "-1";
}

/** One look-up in an index each: a later one is made only where the earlier ones find nothing. */
const oldestDue = severities.map(
  (_, severity) => `(SELECT id FROM remit.inbox WHERE state = 'pending' AND severity = ${severity} AND due_at <= $2
    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)`,
);
