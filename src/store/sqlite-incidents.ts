/** Incidents and what was done about them, in SQLite. Written by this version of Remit, so read back as they are. */
import type { Incident } from "../incidents/incident.ts";
import type { Response } from "../remediation/response.ts";
import type { Row, SqliteDatabase } from "./sqlite-database.ts";
import type { IncidentRecord, Incidents } from "./store.ts";

export class SqliteIncidents implements Incidents {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async get(id: string): Promise<IncidentRecord | undefined> {
    const row = this.#database.row("SELECT * FROM incidents WHERE id = ?", id);
    return row === undefined ? undefined : recordOf(row);
  }

  async open(repository?: string): Promise<readonly IncidentRecord[]> {
    const rows =
      repository === undefined
        ? this.#database.rows("SELECT * FROM incidents WHERE closed = 0 ORDER BY opened_at, id")
        : this.#database.rows(
            "SELECT * FROM incidents WHERE closed = 0 AND repository = ? ORDER BY opened_at, id",
            repository,
          );
    return rows.map(recordOf);
  }

  async list(limit: number): Promise<readonly IncidentRecord[]> {
    return this.#database.rows("SELECT * FROM incidents ORDER BY opened_at DESC, id LIMIT ?", limit).map(recordOf);
  }

  async save({ incident, response, version }: IncidentRecord): Promise<boolean> {
    const values = [
      incident.repository,
      incident.openedAt,
      response.closed === undefined ? 0 : 1,
      JSON.stringify(incident),
      JSON.stringify(response),
      incident.id,
    ];
    const changed =
      version === 0
        ? this.#database.run(
            `INSERT INTO incidents (repository, opened_at, closed, incident, response, id, version)
             VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO NOTHING`,
            ...values,
          )
        : this.#database.run(
            `UPDATE incidents SET repository = ?, opened_at = ?, closed = ?, incident = ?, response = ?,
             version = version + 1 WHERE id = ? AND version = ?`,
            ...values,
            version,
          );
    return changed === 1;
  }
}

function recordOf(row: Row): IncidentRecord {
  return {
    incident: JSON.parse(String(row.incident)) as Incident,
    response: JSON.parse(String(row.response)) as Response,
    version: Number(row.version),
  };
}
