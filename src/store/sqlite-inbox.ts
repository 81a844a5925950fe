/** The inbox in SQLite. Deliveries that arrive together share one transaction, so that one fsync makes all of them durable. */

import type { Instant } from "../clock.ts";
import { severities } from "../incidents/severity.ts";
import { deliveryOf, stateOf } from "./delivery-row.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";
import { lastNotified, noteSightings } from "./sqlite-sightings.ts";
import type { AlertSighting, Delivery, DeliveryState, Inbox, NewDelivery } from "./store.ts";

type Accepted = Awaited<ReturnType<Inbox["accept"]>>;

interface Waiting {
  readonly delivery: NewDelivery;
  readonly resolve: (accepted: Accepted) => void;
  readonly reject: (error: unknown) => void;
}

/** As the index says it: SQLite takes the index for a query that says the same, and else reads all that is done as well. */
const isUnfinished = "state <> 'done'";

export class SqliteInbox implements Inbox {
  readonly #database: SqliteDatabase;
  #waiting: Waiting[] = [];

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  accept(delivery: NewDelivery): Promise<Accepted> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ delivery, resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => this.flush());
    });
  }

  /** Commits what waits to be accepted. Only after the commit is any of it acknowledged. */
  flush(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length === 0) return;
    try {
      const accepted = this.#database.transaction(() => batch.map(({ delivery }) => this.#insert(delivery)));
      for (const [index, result] of accepted.entries()) batch[index]?.resolve(result);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  async take(now: Instant, leaseMs: number): Promise<Delivery | undefined> {
    const row = this.#database.row(
      `UPDATE inbox SET due_at = ?1, attempts = attempts + 1
       WHERE id = coalesce(${oldestDue.join(", ")})
       RETURNING *`,
      now + leaseMs,
      now,
    );
    return row === undefined ? undefined : deliveryOf(row);
  }

  async renew(id: string, until: Instant): Promise<void> {
    this.#database.run("UPDATE inbox SET due_at = max(due_at, ?) WHERE id = ? AND state = 'pending'", until, id);
  }

  async done(id: string, _now: Instant): Promise<void> {
    this.#database.run("UPDATE inbox SET state = 'done', error = NULL WHERE id = ?", id);
  }

  async fail(id: string, error: string, retryAt: Instant | undefined): Promise<void> {
    const state = retryAt === undefined ? "parked" : "pending";
    // A worker whose lease ran out must not take back what another one finished.
    this.#database.run(
      "UPDATE inbox SET state = ?, error = ?, due_at = ? WHERE id = ? AND state = 'pending'",
      state,
      error,
      retryAt ?? 0,
      id,
    );
  }

  async replay(id: string, now: Instant): Promise<boolean> {
    return (
      this.#database.run(
        "UPDATE inbox SET state = 'pending', attempts = 0, due_at = ? WHERE id = ? AND state <> 'pending'",
        now,
        id,
      ) > 0
    );
  }

  async get(id: string): Promise<Delivery | undefined> {
    const row = this.#database.row("SELECT * FROM inbox WHERE id = ?", id);
    return row === undefined ? undefined : deliveryOf(row);
  }

  async list(filter: { readonly state?: DeliveryState; readonly limit?: number }): Promise<readonly Delivery[]> {
    const limit = filter.limit ?? 100;
    const rows =
      filter.state === undefined
        ? this.#database.rows("SELECT * FROM inbox ORDER BY id DESC LIMIT ?", limit)
        : this.#database.rows(
            `SELECT * FROM inbox WHERE state = ?${filter.state === "done" ? "" : ` AND ${isUnfinished}`} ORDER BY id DESC LIMIT ?`,
            filter.state,
            limit,
          );
    return rows.map(deliveryOf);
  }

  async counts(): Promise<Readonly<Record<DeliveryState, number>>> {
    const counts = { pending: 0, parked: 0, done: 0 };
    for (const row of this.#database.rows("SELECT state, count(*) AS count FROM inbox GROUP BY state")) {
      counts[stateOf(row.state)] = Number(row.count);
    }
    return counts;
  }

  async pending(): Promise<number> {
    return Number(this.#database.row("SELECT count(*) AS count FROM inbox WHERE state = 'pending'")?.count);
  }

  async pendingSince(): Promise<Instant | undefined> {
    const row = this.#database.row("SELECT min(received_at) AS at FROM inbox WHERE state = 'pending'");
    return typeof row?.at === "number" ? row.at : undefined;
  }

  async lastSeen(dedupeKey: string): Promise<Instant | undefined> {
    const row = this.#database.row(
      "SELECT coalesce(last_seen_at, received_at) AS at FROM inbox WHERE dedupe_key = ?",
      dedupeKey,
    );
    return row === undefined ? undefined : Number(row.at);
  }

  async lastNotified(alert: AlertSighting & { readonly source: string }): Promise<Instant | undefined> {
    return lastNotified(this.#database, alert);
  }

  #insert(delivery: NewDelivery): Accepted {
    const { source, type, event, dedupeKey, body, receivedAt, severity = "warning", sightings = [] } = delivery;
    noteSightings(this.#database, source, sightings, receivedAt);
    const inserted = this.#database.row(
      `INSERT INTO inbox (source, type, event, dedupe_key, body, received_at, due_at, severity)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING RETURNING id`,
      source,
      type,
      event,
      dedupeKey,
      body,
      receivedAt,
      receivedAt,
      severities.indexOf(severity),
    );
    if (inserted !== undefined) return { outcome: "stored", id: String(inserted.id) };
    const seen = this.#database.row(
      `UPDATE inbox SET last_seen_at = max(coalesce(last_seen_at, received_at), ?1),
         due_at = CASE state WHEN 'parked' THEN ?1 ELSE due_at END,
         state = CASE state WHEN 'parked' THEN 'pending' ELSE state END
       WHERE dedupe_key = ?2 RETURNING id`,
      receivedAt,
      dedupeKey,
    );
    return { outcome: "duplicate", id: String(seen?.id) };
  }
}

/** One look-up in an index each: a later one is made only where the earlier ones find nothing. */
const oldestDue = severities.map(
  (_, severity) => `(SELECT id FROM inbox WHERE state = 'pending' AND severity = ${severity} AND due_at <= ?2
    ORDER BY id LIMIT 1)`,
);
