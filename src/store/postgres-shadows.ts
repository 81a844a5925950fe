/** What Remit would have changed, and what people merged instead, in PostgreSQL. */
import type { Shadow, ShadowResult } from "../remediation/shadow/shadow.ts";
import type { PostgresDatabase } from "./postgres-database.ts";
import { mostResults, resultColumns, resultOf, shadowColumns, shadowOfRow, shadowValues } from "./shadow-columns.ts";
import type { Shadows } from "./store.ts";

export class PostgresShadows implements Shadows {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async add(shadow: Shadow): Promise<void> {
    const sql = `INSERT INTO remit.shadows (${shadowColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`;
    await this.#database.run(sql, ...shadowValues(shadow));
  }

  async get(incident: string): Promise<Shadow | undefined> {
    const row = await this.#database.row("SELECT shadow FROM remit.shadows WHERE incident = $1", incident);
    return row === undefined ? undefined : shadowOfRow(row);
  }

  async waiting(repository: string): Promise<readonly Shadow[]> {
    const sql =
      "SELECT shadow FROM remit.shadows WHERE outcome IS NULL AND repository = $1 ORDER BY planned_at, incident";
    return (await this.#database.rows(sql, repository)).map(shadowOfRow);
  }

  async save(shadow: Shadow): Promise<boolean> {
    const sql = `UPDATE remit.shadows SET repository = $2, planned_at = $3, runbook = $4, action = $5, outcome = $6, lead_ms = $7,
      shadow = $8 WHERE incident = $1 AND outcome IS NULL`;
    return (await this.#database.run(sql, ...shadowValues(shadow))) === 1;
  }

  async drop(incident: string): Promise<void> {
    await this.#database.run("DELETE FROM remit.shadows WHERE incident = $1 AND outcome IS NULL", incident);
  }

  async list(limit: number): Promise<readonly Shadow[]> {
    const sql = "SELECT shadow FROM remit.shadows ORDER BY planned_at DESC, incident LIMIT $1";
    return (await this.#database.rows(sql, limit)).map(shadowOfRow);
  }

  async results(repository?: string): Promise<readonly ShadowResult[]> {
    const sql = `SELECT ${resultColumns} FROM remit.shadows WHERE $1::text IS NULL OR repository = $1
      ORDER BY planned_at DESC, incident LIMIT ${mostResults}`;
    return (await this.#database.rows(sql, repository ?? null)).map(resultOf);
  }
}
