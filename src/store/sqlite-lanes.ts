/** What is shared of the way to GitHub, in SQLite. */
import type { Instant } from "../clock.ts";
import type { LaneStore } from "../github/lane-store.ts";
import { pauseLengthMs } from "../pause-length.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";

export class SqliteLanes implements LaneStore {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async reserve(name: string, now: Instant, spacingMs: number): Promise<Instant> {
    const row = this.#database.row(
      `INSERT INTO lanes (name, next_at, paused_until, pauses) VALUES (?1, ?2 + ?3, 0, 0)
       ON CONFLICT DO UPDATE SET next_at = max(?2, next_at, paused_until) + ?3 RETURNING next_at`,
      name,
      now,
      spacingMs,
    );
    return Number(row?.next_at) - spacingMs;
  }

  async pausedUntil(name: string): Promise<Instant> {
    return Number(this.#database.row("SELECT paused_until FROM lanes WHERE name = ?", name)?.paused_until ?? 0);
  }

  async pause(name: string, now: Instant, saidMs: number | undefined): Promise<Instant> {
    return this.#database.transaction(() => {
      const row = this.#database.row("SELECT paused_until, pauses FROM lanes WHERE name = ?", name);
      const known = { until: Number(row?.paused_until ?? 0), pauses: Number(row?.pauses ?? 0) };
      const before = now < known.until ? known.pauses - 1 : known.pauses;
      const until = Math.max(known.until, now + pauseLengthMs(saidMs, before));
      this.#database.run(
        `INSERT INTO lanes (name, next_at, paused_until, pauses) VALUES (?1, 0, ?2, ?3)
         ON CONFLICT DO UPDATE SET paused_until = ?2, pauses = ?3`,
        name,
        until,
        before + 1,
      );
      return until;
    });
  }

  async resume(name: string): Promise<void> {
    this.#database.run("UPDATE lanes SET pauses = 0 WHERE name = ? AND pauses > 0", name);
  }
}
