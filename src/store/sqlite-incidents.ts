/** Incidents and what was done about them, in SQLite. Written by this version of Remit, so read back as they are. */

import type { Instant } from "../clock.ts";
import type { Incident } from "../incidents/incident.ts";
import { incidentQueue } from "../incidents/incident-queue.ts";
import type { Response } from "../remediation/response.ts";
import { incidentColumns } from "./incident-columns.ts";
import { isTaken } from "./is-taken.ts";
import { leaseLost } from "./lease-lost.ts";
import type { Row, SqliteDatabase } from "./sqlite-database.ts";
import { addEntries } from "./sqlite-outbox.ts";
import type { IncidentRecord, Incidents, Lease, SaveGuard, StormCount } from "./store.ts";

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

  async openOf(queue: string): Promise<readonly IncidentRecord[]> {
    const sql = "SELECT * FROM incidents WHERE closed = 0 AND queue = ? ORDER BY opened_at, id";
    return this.#database.rows(sql, queue).map(recordOf);
  }

  async storm(repository: string, firingSince: Instant, but: string): Promise<StormCount> {
    const sick = this.#database.row(
      `SELECT count(DISTINCT service) AS count FROM incidents
       WHERE closed = 0 AND repository = ? AND firing_at >= ?`,
      repository,
      firingSince,
    );
    return { sickServices: Number(sick?.count), branchesUnderWay: this.#underWay(repository, but) };
  }

  async list(limit: number): Promise<readonly IncidentRecord[]> {
    return this.#database.rows("SELECT * FROM incidents ORDER BY opened_at DESC, id LIMIT ?", limit).map(recordOf);
  }

  async save(record: IncidentRecord, guard: SaveGuard = {}): Promise<boolean> {
    const { incident, response, version } = record;
    const { service, firingAt, underWay } = incidentColumns(record);
    const values = [
      incident.repository,
      incidentQueue(incident),
      incident.openedAt,
      response.closed === undefined ? 0 : 1,
      response.closed?.at ?? null,
      JSON.stringify(incident),
      JSON.stringify(response),
      service,
      firingAt,
      underWay ? 1 : 0,
      incident.id,
    ];
    return this.#database.transaction(() => {
      this.#check(guard.lease);
      if (guard.place !== undefined && isTaken(guard.place, this.#underWay(incident.repository, incident.id)))
        return false;
      if (version === 0 && this.#occupied(incident, guard.follows)) return false;
      const changed =
        version > 0 ? this.#database.run(update, ...values, version) : this.#database.run(insert, ...values);
      if (changed === 1) addEntries(this.#database, incident.repository, guard.entries ?? []);
      return changed === 1;
    });
  }

  #check(lease: Lease | undefined): void {
    if (lease === undefined) return;
    const held = this.#database.row("SELECT 1 FROM work WHERE key = ? AND token = ?", lease.key, lease.token);
    if (held === undefined) throw leaseLost(lease.key);
  }

  #underWay(repository: string, but: string): readonly string[] {
    const sql = `SELECT response ->> '$.remediations[#-1].branch' AS branch FROM incidents
      WHERE under_way = 1 AND repository = ? AND id <> ?`;
    return this.#database.rows(sql, repository, but).map(({ branch }) => String(branch));
  }

  #occupied(incident: Incident, follows: string | undefined): boolean {
    const other = "SELECT 1 FROM incidents WHERE closed = 0 AND queue = ? AND id NOT IN (?, ?)";
    return this.#database.row(other, incidentQueue(incident), incident.id, follows ?? "") !== undefined;
  }
}

const insert = `INSERT INTO incidents (repository, queue, opened_at, closed, closed_at, incident, response, service,
  firing_at, under_way, id, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO NOTHING`;

const update = `UPDATE incidents SET repository = ?, queue = ?, opened_at = ?, closed = ?, closed_at = ?, incident = ?,
  response = ?, service = ?, firing_at = ?, under_way = ?, version = version + 1 WHERE id = ? AND version = ?`;

function recordOf(row: Row): IncidentRecord {
  return {
    incident: JSON.parse(String(row.incident)) as Incident,
    response: JSON.parse(String(row.response)) as Response,
    version: Number(row.version),
  };
}
