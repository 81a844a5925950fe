/** Incidents and what was done about them, in PostgreSQL. Written by this version of Remit, so read back as they are. */
import type { Instant } from "../clock.ts";
import type { Incident } from "../incidents/incident.ts";
import { incidentQueue } from "../incidents/incident-queue.ts";
import type { Response } from "../remediation/response.ts";
import { incidentColumns } from "./incident-columns.ts";
import { isTaken } from "./is-taken.ts";
import { leaseLost } from "./lease-lost.ts";
import type { PostgresDatabase, PostgresQueries, PostgresRow, PostgresValue } from "./postgres-database.ts";
import { addEntries } from "./postgres-outbox.ts";
import type { IncidentRecord, Incidents, Lease, Place, SaveGuard, StormCount } from "./store.ts";

export class PostgresIncidents implements Incidents {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async get(id: string): Promise<IncidentRecord | undefined> {
    const row = await this.#database.row("SELECT * FROM remit.incidents WHERE id = $1", id);
    return row === undefined ? undefined : recordOf(row);
  }

  async open(repository?: string): Promise<readonly IncidentRecord[]> {
    const rows = await this.#database.rows(
      "SELECT * FROM remit.incidents WHERE NOT closed AND ($1::text IS NULL OR repository = $1) ORDER BY opened_at, id",
      repository ?? null,
    );
    return rows.map(recordOf);
  }

  async openOf(queue: string): Promise<readonly IncidentRecord[]> {
    const sql = "SELECT * FROM remit.incidents WHERE NOT closed AND queue = $1 ORDER BY opened_at, id";
    return (await this.#database.rows(sql, queue)).map(recordOf);
  }

  async storm(repository: string, firingSince: Instant, but: string): Promise<StormCount> {
    const sick = await this.#database.row(
      `SELECT count(DISTINCT service) AS count FROM remit.incidents
       WHERE NOT closed AND repository = $1 AND firing_at >= $2`,
      repository,
      firingSince,
    );
    return { sickServices: Number(sick?.count), branchesUnderWay: await underWay(this.#database, repository, but) };
  }

  async list(limit: number): Promise<readonly IncidentRecord[]> {
    const sql = "SELECT * FROM remit.incidents ORDER BY opened_at DESC, id LIMIT $1";
    return (await this.#database.rows(sql, limit)).map(recordOf);
  }

  save(record: IncidentRecord, { lease, follows, place, entries = [] }: SaveGuard = {}): Promise<boolean> {
    return this.#database.transaction(async (queries) => {
      await checkLease(queries, lease);
      if (place !== undefined && (await isFull(queries, record.incident, place))) return false;
      const values = valuesOf(record);
      const { version, incident } = record;
      if (version === 0 && (await isOccupied(queries, incident, follows))) return false;
      const changed = await (version > 0 ? queries.run(update, ...values, version) : queries.run(insert, ...values));
      if (changed === 1) await addEntries(queries, incident.repository, entries);
      return changed === 1;
    });
  }
}

/** Locked until the commit, so that a take waits for this write or this write sees the take. */
async function checkLease(queries: PostgresQueries, lease: Lease | undefined): Promise<void> {
  if (lease === undefined) return;
  const sql = "SELECT 1 FROM remit.work WHERE key = $1 AND token = $2 FOR SHARE";
  if ((await queries.row(sql, lease.key, lease.token)) === undefined) throw leaseLost(lease.key);
}

/** Whoever opens an incident of this target waits for whoever is at it. */
async function isOccupied(queries: PostgresQueries, incident: Incident, follows: string | undefined): Promise<boolean> {
  const queue = incidentQueue(incident);
  await queries.rows("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", queue);
  const other = "SELECT 1 FROM remit.incidents WHERE NOT closed AND queue = $1 AND id NOT IN ($2, $3) LIMIT 1";
  return (await queries.row(other, queue, incident.id, follows ?? "")) !== undefined;
}

/** Whoever begins a change in this repository waits for whoever is about to. */
async function isFull(queries: PostgresQueries, { id, repository }: Incident, place: Place): Promise<boolean> {
  await queries.rows("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))", repository);
  return isTaken(place, await underWay(queries, repository, id));
}

async function underWay(queries: PostgresQueries, repository: string, but: string): Promise<readonly string[]> {
  const sql = `SELECT response::jsonb #>> '{remediations,-1,branch}' AS branch FROM remit.incidents
    WHERE under_way AND repository = $1 AND id <> $2`;
  return (await queries.rows(sql, repository, but)).map(({ branch }) => String(branch));
}

function valuesOf(record: IncidentRecord): readonly PostgresValue[] {
  const { incident, response } = record;
  const { service, firingAt, underWay: atWork } = incidentColumns(record);
  return [
    incident.id,
    incident.repository,
    incidentQueue(incident),
    incident.openedAt,
    response.closed === undefined ? "false" : "true",
    response.closed?.at ?? null,
    JSON.stringify(incident),
    JSON.stringify(response),
    service,
    firingAt,
    atWork ? "true" : "false",
  ];
}

const insert = `INSERT INTO remit.incidents
  (id, repository, queue, opened_at, closed, closed_at, incident, response, service, firing_at, under_way, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1) ON CONFLICT DO NOTHING`;

const update = `UPDATE remit.incidents SET repository = $2, queue = $3, opened_at = $4, closed = $5, closed_at = $6,
  incident = $7, response = $8, service = $9, firing_at = $10, under_way = $11, version = version + 1 WHERE id = $1 AND version = $12`;

function recordOf(row: PostgresRow): IncidentRecord {
  return {
    incident: JSON.parse(String(row.incident)) as Incident,
    response: JSON.parse(String(row.response)) as Response,
    version: Number(row.version),
  };
}
