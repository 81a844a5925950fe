/** What all replicas share of the way to GitHub, in PostgreSQL. */
import type { Instant } from "../clock.ts";
import type { LaneStore } from "../github/lane-store.ts";
import { pauseLengthMs } from "../pause-length.ts";
import type { PostgresDatabase } from "./postgres-database.ts";

export class PostgresLanes implements LaneStore {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async reserve(name: string, now: Instant, spacingMs: number): Promise<Instant> {
    const row = await this.#database.row(
      `INSERT INTO remit.lanes AS line (name, next_at, paused_until, pauses) VALUES ($1, $2::bigint + $3::bigint, 0, 0)
       ON CONFLICT (name) DO UPDATE SET next_at = greatest($2::bigint, line.next_at, line.paused_until) + $3::bigint
       RETURNING next_at`,
      name,
      now,
      spacingMs,
    );
    return Number(row?.next_at) - spacingMs;
  }

  async pausedUntil(name: string): Promise<Instant> {
    const row = await this.#database.row("SELECT paused_until FROM remit.lanes WHERE name = $1", name);
    return Number(row?.paused_until ?? 0);
  }

  pause(name: string, now: Instant, saidMs: number | undefined): Promise<Instant> {
    return this.#database.transaction(async (queries) => {
      const create =
        "INSERT INTO remit.lanes (name, next_at, paused_until, pauses) VALUES ($1, 0, 0, 0) ON CONFLICT DO NOTHING";
      await queries.run(create, name);
      const row = await queries.row("SELECT paused_until, pauses FROM remit.lanes WHERE name = $1 FOR UPDATE", name);
      const known = { until: Number(row?.paused_until), pauses: Number(row?.pauses) };
      const before = now < known.until ? known.pauses - 1 : known.pauses;
      const until = Math.max(known.until, now + pauseLengthMs(saidMs, before));
      await queries.run(
        "UPDATE remit.lanes SET paused_until = $2, pauses = $3 WHERE name = $1",
        name,
        until,
        before + 1,
      );
      return until;
    });
  }

  async resume(name: string): Promise<void> {
    await this.#database.run("UPDATE remit.lanes SET pauses = 0 WHERE name = $1 AND pauses > 0", name);
  }
}
