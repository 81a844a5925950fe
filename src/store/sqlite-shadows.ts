/** What Remit would have changed, and what people merged instead, in SQLite. */
import type { Shadow, ShadowResult } from "../remediation/shadow/shadow.ts";
import { mostResults, resultColumns, resultOf, shadowColumns, shadowOfRow, shadowValues } from "./shadow-columns.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";
import type { Shadows } from "./store.ts";

export class SqliteShadows implements Shadows {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async add(shadow: Shadow): Promise<void> {
    const sql = `INSERT INTO shadows (${shadowColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;
    this.#database.run(sql, ...shadowValues(shadow));
  }

  async get(incident: string): Promise<Shadow | undefined> {
    const row = this.#database.row("SELECT shadow FROM shadows WHERE incident = ?", incident);
    return row === undefined ? undefined : shadowOfRow(row);
  }

  async waiting(repository: string): Promise<readonly Shadow[]> {
    const sql = "SELECT shadow FROM shadows WHERE outcome IS NULL AND repository = ? ORDER BY planned_at, incident";
    return this.#database.rows(sql, repository).map(shadowOfRow);
  }

  async save(shadow: Shadow): Promise<boolean> {
    const [incident = null, ...values] = shadowValues(shadow);
    const sql = `UPDATE shadows SET repository = ?, planned_at = ?, runbook = ?, action = ?, outcome = ?, lead_ms = ?, shadow = ?
      WHERE incident = ? AND outcome IS NULL`;
    return this.#database.run(sql, ...values, incident) === 1;
  }

  async drop(incident: string): Promise<void> {
    this.#database.run("DELETE FROM shadows WHERE incident = ? AND outcome IS NULL", incident);
  }

  async list(limit: number): Promise<readonly Shadow[]> {
    const sql = "SELECT shadow FROM shadows ORDER BY planned_at DESC, incident LIMIT ?";
    return this.#database.rows(sql, limit).map(shadowOfRow);
  }

  async results(repository?: string): Promise<readonly ShadowResult[]> {
    const where = repository === undefined ? "" : "WHERE repository = ?";
    const sql = `SELECT ${resultColumns} FROM shadows ${where} ORDER BY planned_at DESC, incident LIMIT ${mostResults}`;
    return this.#database.rows(sql, ...(repository === undefined ? [] : [repository])).map(resultOf);
  }
}
