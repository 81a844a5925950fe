/** The schema, as steps that are only ever appended. `PRAGMA user_version` counts the steps that were taken. */
import { RemitError } from "../errors.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";

const migrations: readonly string[] = [
  `
  CREATE TABLE inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    type TEXT NOT NULL,
    event TEXT NOT NULL,
    dedupe_key TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'parked', 'done')),
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    last_seen_at INTEGER
  ) STRICT;
  CREATE INDEX inbox_unfinished ON inbox (state, id) WHERE state <> 'done';

  CREATE TABLE alert_sightings (
    source TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    status TEXT NOT NULL,
    last_notified_at INTEGER NOT NULL,
    PRIMARY KEY (source, fingerprint, starts_at, status)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE work (
    key TEXT PRIMARY KEY,
    run_at INTEGER NOT NULL,
    not_before INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    token TEXT,
    leased_until INTEGER,
    again_at INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE incidents (
    id TEXT PRIMARY KEY,
    repository TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    version INTEGER NOT NULL,
    incident TEXT NOT NULL,
    response TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX incidents_open ON incidents (repository, opened_at) WHERE closed = 0;
  CREATE INDEX incidents_opened_at ON incidents (opened_at);

  CREATE TABLE syncs (
    repository TEXT NOT NULL,
    observed_at INTEGER NOT NULL,
    digest TEXT NOT NULL,
    signal TEXT NOT NULL,
    PRIMARY KEY (repository, observed_at, digest)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  // One time per key that an index can find; one leased key per queue; what retention needs to know.
  `
  CREATE TABLE work_by_time (
    key TEXT PRIMARY KEY,
    queue TEXT,
    due_at INTEGER NOT NULL,
    not_before INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    token TEXT,
    again_at INTEGER
  ) STRICT, WITHOUT ROWID;
  INSERT INTO work_by_time (key, due_at, not_before, attempts, error, token, again_at)
    SELECT key, coalesce(leased_until, max(run_at, not_before)), not_before, attempts, error, token, again_at FROM work;
  DROP TABLE work;
  ALTER TABLE work_by_time RENAME TO work;
  CREATE INDEX work_due ON work (due_at, key);
  CREATE UNIQUE INDEX work_leased_queues ON work (queue) WHERE token IS NOT NULL;

  ALTER TABLE incidents ADD COLUMN queue TEXT;
  ALTER TABLE incidents ADD COLUMN closed_at INTEGER;
  UPDATE incidents SET closed_at = response ->> '$.closed.at', queue = repository || ' ' || (incident ->> '$.target.service')
    || coalesce('/' || (incident ->> '$.target.environment'), '') || coalesce(' ' || (incident ->> '$.target.namespace'), '');
  CREATE INDEX incidents_open_queues ON incidents (queue) WHERE closed = 0;
  CREATE INDEX incidents_closed_at ON incidents (closed_at) WHERE closed = 1;

  CREATE INDEX inbox_done ON inbox (coalesce(last_seen_at, received_at)) WHERE state = 'done';
  CREATE INDEX alert_sightings_notified ON alert_sightings (last_notified_at);
  CREATE INDEX syncs_observed ON syncs (observed_at);
  `,
  // Urgent before routine; what the breaker counts; when the next write to GitHub may begin, for all replicas.
  `
  ALTER TABLE inbox ADD COLUMN severity INTEGER NOT NULL DEFAULT 1;
  CREATE INDEX inbox_urgent ON inbox (severity, id) WHERE state = 'pending';
  ALTER TABLE work ADD COLUMN severity INTEGER NOT NULL DEFAULT 1;
  CREATE INDEX work_urgent ON work (severity, due_at, key);

  ALTER TABLE incidents ADD COLUMN service TEXT;
  ALTER TABLE incidents ADD COLUMN firing_at INTEGER;
  ALTER TABLE incidents ADD COLUMN under_way INTEGER NOT NULL DEFAULT 0;
  UPDATE incidents SET service = incident ->> '$.target.service',
    firing_at = (SELECT max(alert.value ->> '$.lastFiringAt') FROM json_each(incident, '$.alerts') AS alert
      WHERE alert.value ->> '$.status' = 'firing'),
    under_way = (response ->> '$.remediations[#-1].decidedAt') IS NOT NULL
      AND (response ->> '$.remediations[#-1].ended.at') IS NULL
    WHERE closed = 0;
  CREATE INDEX incidents_sick ON incidents (repository, firing_at, service) WHERE closed = 0;
  CREATE INDEX incidents_under_way ON incidents (repository) WHERE under_way = 1;

  CREATE TABLE lanes (name TEXT PRIMARY KEY, next_at INTEGER NOT NULL, paused_until INTEGER NOT NULL, pauses INTEGER NOT NULL)
    STRICT, WITHOUT ROWID;
  `,
  // What Remit would have changed, for as long as it is compared and counted.
  `
  CREATE TABLE shadows (
    incident TEXT PRIMARY KEY,
    repository TEXT NOT NULL,
    planned_at INTEGER NOT NULL,
    runbook TEXT NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT,
    lead_ms INTEGER,
    shadow TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX shadows_waiting ON shadows (repository, planned_at) WHERE outcome IS NULL;
  CREATE INDEX shadows_planned ON shadows (planned_at);
  `,
  // What is to be written to the ledger, in its order.
  `
  CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    repository TEXT NOT NULL,
    id TEXT NOT NULL,
    entry TEXT NOT NULL,
    UNIQUE (repository, id)
  ) STRICT;
  `,
];

/** Throws RemitError store-failed when the file was written by a newer Remit. */
export function migrate(database: SqliteDatabase): void {
  database.transaction(() => {
    const version = Number(database.row("PRAGMA user_version")?.user_version ?? 0);
    if (version > migrations.length) {
      throw new RemitError(
        "store-failed",
        `${database.file}: written by a newer Remit (schema ${version}, this one knows ${migrations.length}). Upgrade Remit`,
      );
    }
    for (const migration of migrations.slice(version)) database.execute(migration);
    database.execute(`PRAGMA user_version = ${migrations.length}`);
  });
}
