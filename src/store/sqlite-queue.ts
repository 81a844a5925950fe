/** The keyed work queue in SQLite: one row per key, so a storm of signals for one incident is one item. */
import { randomUUID } from "node:crypto";
import type { Instant } from "../clock.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";
import type { WorkItem, WorkQueue } from "./store.ts";

export class SqliteQueue implements WorkQueue {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async add(key: string, runAt: Instant): Promise<void> {
    // While somebody works on the key, the time waits in again_at: the work at hand may have read before this was true.
    this.#database.run(
      `INSERT INTO work (key, run_at) VALUES (?1, ?2)
       ON CONFLICT DO UPDATE SET
         run_at = CASE WHEN token IS NULL THEN min(run_at, ?2) ELSE run_at END,
         again_at = CASE WHEN token IS NULL THEN NULL ELSE min(coalesce(again_at, ?2), ?2) END`,
      key,
      runAt,
    );
  }

  async take(now: Instant, leaseMs: number): Promise<WorkItem | undefined> {
    const token = randomUUID();
    // Whoever takes it reads what is true from now on, so an earlier again_at is answered by this very take.
    const row = this.#database.row(
      `UPDATE work SET token = ?1, leased_until = ?2, attempts = attempts + 1, again_at = NULL
       WHERE key = (
         SELECT key FROM work
         WHERE run_at <= ?3 AND not_before <= ?3 AND (leased_until IS NULL OR leased_until <= ?3)
         ORDER BY run_at, key LIMIT 1)
       RETURNING key, attempts`,
      token,
      now + leaseMs,
      now,
    );
    return row === undefined ? undefined : { key: String(row.key), attempts: Number(row.attempts), token };
  }

  async done(item: WorkItem, next: Instant | undefined): Promise<void> {
    this.#database.transaction(() => {
      const row = this.#database.row("SELECT again_at FROM work WHERE key = ? AND token = ?", item.key, item.token);
      if (row === undefined) return;
      const times = [row.again_at, next].filter((time) => typeof time === "number");
      if (times.length === 0) this.#database.run("DELETE FROM work WHERE key = ?", item.key);
      else this.#release(item, Math.min(...times));
    });
  }

  async fail(item: WorkItem, error: string, retryAt: Instant): Promise<void> {
    this.#database.run(
      `UPDATE work SET run_at = ?1, not_before = ?1, error = ?2, token = NULL, leased_until = NULL, again_at = NULL
       WHERE key = ?3 AND token = ?4`,
      retryAt,
      error,
      item.key,
      item.token,
    );
  }

  async nextRunAt(): Promise<Instant | undefined> {
    const at = this.#database.row("SELECT min(coalesce(leased_until, max(run_at, not_before))) AS at FROM work")?.at;
    return typeof at === "number" ? at : undefined;
  }

  async size(): Promise<number> {
    return Number(this.#database.row("SELECT count(*) AS count FROM work")?.count);
  }

  #release(item: WorkItem, runAt: Instant): void {
    this.#database.run(
      `UPDATE work SET run_at = ?, not_before = 0, attempts = 0, error = NULL,
         token = NULL, leased_until = NULL, again_at = NULL WHERE key = ?`,
      runAt,
      item.key,
    );
  }
}
