/** The keyed work queue in SQLite: one row per key, so a storm of signals for one incident is one item. */
import { randomUUID } from "node:crypto";
import type { Instant } from "../clock.ts";
import { type Severity, severities } from "../incidents/severity.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";
import type { Lease, WorkItem, WorkQueue } from "./store.ts";

export class SqliteQueue implements WorkQueue {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async add(key: string, runAt: Instant, queue?: string, severity?: Severity): Promise<void> {
    // While somebody works on the key, the time waits in again_at: the work at hand may have read before this was true.
    this.#database.run(
      `INSERT INTO work (key, queue, due_at, severity) VALUES (?1, ?3, ?2, coalesce(?4, 1))
       ON CONFLICT DO UPDATE SET
         due_at = CASE WHEN token IS NULL THEN max(min(due_at, ?2), not_before) ELSE due_at END,
         again_at = CASE WHEN token IS NULL THEN NULL ELSE min(coalesce(again_at, ?2), ?2) END,
         queue = CASE WHEN token IS NULL THEN coalesce(?3, queue) ELSE queue END,
         severity = coalesce(?4, severity)`,
      key,
      runAt,
      queue ?? null,
      severity === undefined ? null : severities.indexOf(severity),
    );
  }

  async take(now: Instant, leaseMs: number): Promise<WorkItem | undefined> {
    const token = randomUUID();
    // Whoever takes it reads what is true from now on, so an earlier again_at is answered by this very take.
    const row = this.#database.row(
      `UPDATE work SET token = ?1, due_at = ?2, attempts = attempts + 1, again_at = NULL
       WHERE key = coalesce(${firstDue.join(", ")})
       RETURNING key, attempts`,
      token,
      now + leaseMs,
      now,
    );
    return row === undefined ? undefined : { key: String(row.key), attempts: Number(row.attempts), token };
  }

  async renew({ key, token }: Lease, until: Instant): Promise<boolean> {
    return this.#database.run("UPDATE work SET due_at = ? WHERE key = ? AND token = ?", until, key, token) === 1;
  }

  async done({ key, token }: WorkItem, next: Instant | undefined): Promise<void> {
    this.#database.transaction(() => {
      const row = this.#database.row("SELECT again_at FROM work WHERE key = ? AND token = ?", key, token);
      if (row === undefined) return;
      const times = [row.again_at, next].filter((time) => typeof time === "number");
      if (times.length === 0) this.#database.run("DELETE FROM work WHERE key = ?", key);
      else this.#release(key, Math.min(...times));
    });
  }

  async fail({ key, token }: WorkItem, error: string, retryAt: Instant): Promise<void> {
    this.#database.run(
      `UPDATE work SET due_at = ?1, not_before = ?1, error = ?2, token = NULL, again_at = NULL
       WHERE key = ?3 AND token = ?4`,
      retryAt,
      error,
      key,
      token,
    );
  }

  async recall(now: Instant, leaseMs: number): Promise<void> {
    this.#database.run(
      `UPDATE work SET due_at = CASE WHEN token IS NULL THEN min(due_at, ?1) ELSE min(due_at, ?2) END,
         not_before = CASE WHEN token IS NULL THEN 0 ELSE not_before END`,
      now,
      now + leaseMs,
    );
  }

  async nextRunAt(): Promise<Instant | undefined> {
    const sql = `SELECT due_at FROM work WHERE ${queueIsFree()} ORDER BY due_at, key LIMIT 1`;
    const row = this.#database.row(sql);
    return row === undefined ? undefined : Number(row.due_at);
  }

  async size(): Promise<number> {
    return Number(this.#database.row("SELECT count(*) AS count FROM work")?.count);
  }

  #release(key: string, dueAt: Instant): void {
    this.#database.run(
      "UPDATE work SET due_at = ?, not_before = 0, attempts = 0, error = NULL, token = NULL, again_at = NULL WHERE key = ?",
      dueAt,
      key,
    );
  }
}

/** One look-up in an index each: a later one is made only where the earlier ones find nothing. */
const firstDue = severities.map(
  (_, severity) => `(SELECT key FROM work WHERE severity = ${severity} AND due_at <= ?3 AND ${queueIsFree()}
    ORDER BY due_at, key LIMIT 1)`,
);

function queueIsFree(): string {
  return `NOT EXISTS (SELECT 1 FROM work AS other
    WHERE other.queue = work.queue AND other.token IS NOT NULL AND other.key <> work.key)`;
}
