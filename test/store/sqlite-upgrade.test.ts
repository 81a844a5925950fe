import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it, onTestFinished } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { ids, incident, response } from "./store-fixtures.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** The schema of the first version, as files in the field have it. */
const first = `
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
  PRAGMA user_version = 1;
`;

it("a file of the first version is upgraded: work keeps its time and its lease, incidents their target and their end", async () => {
  const directory = temporaryDirectory();
  const old = new DatabaseSync(join(directory, "remit.sqlite"));
  old.exec(first);
  const work = old.prepare(
    "INSERT INTO work (key, run_at, not_before, attempts, token, leased_until, again_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  work.run("waits", 50, 0, 0, null, null, null);
  work.run("failed", 5, 70, 3, null, null, null);
  work.run("held", 1, 0, 1, "token", 90, 20);
  const closed = { ...response, closed: { at: 9, outcome: "recovered", reasons: [] } } as const;
  const save = old.prepare("INSERT INTO incidents VALUES (?, 'acme/shop', 5, ?, 1, ?, ?)");
  save.run("open", 0, JSON.stringify(incident("open")), JSON.stringify(response));
  save.run("over", 1, JSON.stringify(incident("over")), JSON.stringify(closed));
  old.close();
  const store = await openSqliteStore({ directory });
  onTestFinished(() => store.close());
  for (const [now, key] of [
    [50, "waits"],
    [70, "failed"],
    [90, "held"],
  ] as const) {
    expect(await store.queue.take(now - 1, 1_000)).toBeUndefined();
    expect(await store.queue.take(now, 1_000)).toMatchObject({ key });
  }
  const { target } = incident("open");
  const second = { incident: incident("second", { target }), response, version: 0 };
  expect(await store.incidents.save(second)).toBe(false);
  expect(await store.prune({ deliveries: 100, incidents: 10, syncs: 100, shadows: 0 }, 10)).toMatchObject({
    incidents: 1,
  });
  expect(ids(await store.incidents.list(10))).toEqual(["open"]);
});
