/** The keyed work queue in PostgreSQL, shared by all replicas. Its indexes, not its workers, see to one lease per queue. */
import { randomUUID } from "node:crypto";
import type { Instant } from "../clock.ts";
import { RemitError } from "../errors.ts";
import { type Severity, severities } from "../incidents/severity.ts";
import type { PostgresDatabase } from "./postgres-database.ts";
import type { Lease, WorkItem, WorkQueue } from "./store.ts";

export class PostgresQueue implements WorkQueue {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async add(key: string, runAt: Instant, queue?: string, severity?: Severity): Promise<void> {
    // While somebody works on the key, the time waits in again_at: the work at hand may have read before this was true.
    await this.#database.run(
      `INSERT INTO remit.work AS known (key, due_at, queue, severity) VALUES ($1, $2, $3, coalesce($4::integer, 1))
       ON CONFLICT (key) DO UPDATE SET
         due_at = CASE WHEN known.token IS NULL
           THEN greatest(least(known.due_at, excluded.due_at), known.not_before) ELSE known.due_at END,
         again_at = CASE WHEN known.token IS NULL THEN NULL ELSE least(known.again_at, excluded.due_at) END,
         queue = CASE WHEN known.token IS NULL THEN coalesce(excluded.queue, known.queue) ELSE known.queue END,
         severity = coalesce($4::integer, known.severity)`,
      key,
      runAt,
      queue ?? null,
      severity === undefined ? null : severities.indexOf(severity),
    );
  }

  async take(now: Instant, leaseMs: number): Promise<WorkItem | undefined> {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      try {
        return await this.#take(now, leaseMs);
      } catch (error) {
        // Another worker leased a key of the same queue a moment ago: look for one of another queue.
        if (!isUniqueViolation(error)) throw error;
      }
    }
    return undefined;
  }

  async #take(now: Instant, leaseMs: number): Promise<WorkItem | undefined> {
    const token = randomUUID();
    // Whoever takes it reads what is true from now on, so an earlier again_at is answered by this very take.
    const row = await this.#database.row(
      `UPDATE remit.work SET token = $1, due_at = $2, attempts = attempts + 1, again_at = NULL
       WHERE key = coalesce(${firstDue.join(", ")})
       RETURNING key, attempts`,
      token,
      now + leaseMs,
      now,
    );
    return row === undefined ? undefined : { key: String(row.key), attempts: Number(row.attempts), token };
  }

  async renew({ key, token }: Lease, until: Instant): Promise<boolean> {
    const sql = "UPDATE remit.work SET due_at = $3 WHERE key = $1 AND token = $2";
    return (await this.#database.run(sql, key, token, until)) === 1;
  }

  async done({ key, token }: WorkItem, next: Instant | undefined): Promise<void> {
    const over = "DELETE FROM remit.work WHERE key = $1 AND token = $2 AND again_at IS NULL";
    if (next === undefined && (await this.#database.run(over, key, token)) === 1) return;
    // Only the holder clears again_at, so what was seen just now is still there.
    await this.#database.run(
      `UPDATE remit.work SET due_at = least(again_at, $3::bigint), not_before = 0, attempts = 0, error = NULL,
         token = NULL, again_at = NULL
       WHERE key = $1 AND token = $2`,
      key,
      token,
      next ?? null,
    );
  }

  async fail({ key, token }: WorkItem, error: string, retryAt: Instant): Promise<void> {
    await this.#database.run(
      `UPDATE remit.work SET due_at = $4, not_before = $4, error = $3, token = NULL, again_at = NULL
       WHERE key = $1 AND token = $2`,
      key,
      token,
      error,
      retryAt,
    );
  }

  async recall(now: Instant, leaseMs: number): Promise<void> {
    await this.#database.run(
      `UPDATE remit.work SET due_at = least(due_at, CASE WHEN token IS NULL THEN $1::bigint ELSE $2::bigint END),
         not_before = CASE WHEN token IS NULL THEN 0 ELSE not_before END`,
      now,
      now + leaseMs,
    );
  }

  async nextRunAt(): Promise<Instant | undefined> {
    const sql = `SELECT due_at FROM remit.work AS due WHERE ${queueIsFree()} ORDER BY due_at, key LIMIT 1`;
    const row = await this.#database.row(sql);
    return row === undefined ? undefined : Number(row.due_at);
  }

  async size(): Promise<number> {
    return Number((await this.#database.row("SELECT count(*) AS count FROM remit.work"))?.count);
  }
}

/** One look-up in an index each: a later one is made only where the earlier ones find nothing. */
const firstDue = severities.map(
  (_, severity) => `(SELECT key FROM remit.work AS due
    WHERE severity = ${severity} AND due_at <= $3 AND ${queueIsFree()}
    ORDER BY due_at, key LIMIT 1 FOR UPDATE SKIP LOCKED)`,
);

function queueIsFree(): string {
  return `NOT EXISTS (SELECT 1 FROM remit.work AS other
    WHERE other.queue = due.queue AND other.token IS NOT NULL AND other.key <> due.key)`;
}

function isUniqueViolation(error: unknown): boolean {
  const cause = error instanceof RemitError ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && cause.code === "23505";
}
