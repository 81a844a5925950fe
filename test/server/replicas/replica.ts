/**
 * Run as a child by replicas.test.ts: Remit's own intake, worker and PostgreSQL store, as `remit serve` runs them. Only
 * what it would do on GitHub it does in the world that the test keeps. Notes on stdout what it did.
 */
import { writeSync } from "node:fs";
import { systemClock } from "../../../src/clock.ts";
import { correlate } from "../../../src/incidents/correlate.ts";
import { incidentQueue } from "../../../src/incidents/incident-queue.ts";
import type { Hold } from "../../../src/remediation/hold.ts";
import { newRecord } from "../../../src/remediation/new-record.ts";
import { Secret } from "../../../src/server/config/secret.ts";
import { serve } from "../../../src/server/serve.ts";
import type { AlertSignal } from "../../../src/signals/signal.ts";
import { sources } from "../../../src/signals/sources.ts";
import { openPostgresStore } from "../../../src/store/postgres-store.ts";
import type { Delivery, IncidentRecord } from "../../../src/store/store.ts";

const { REPLICA: replica = "", REPLICA_DATABASE: url = "", REPLICA_WORLD: world = "" } = process.env;
const { REPLICA_LEASE_MS: leaseMs } = process.env;
const repository = "acme/shop";
const clock = systemClock;
const store = await openPostgresStore({ url, poolSize: 6 });

function note(event: object): void {
  writeSync(1, `${JSON.stringify({ replica, at: Number(process.hrtime.bigint()), ...event })}\n`);
}

async function handleDelivery({ body, source, receivedAt }: Delivery): Promise<readonly string[]> {
  const context = { source, repository, observedAt: receivedAt };
  for (const signal of sources.alertmanager.parse(JSON.parse(body), context)) {
    if (signal.kind === "alert") await receive(signal);
  }
  return [];
}

async function receive(alert: AlertSignal): Promise<void> {
  const target = { service: alert.labels.service ?? "", environment: undefined, namespace: undefined };
  for (;;) {
    const records = await store.incidents.open(repository);
    const { incident } = correlate(
      records.map((record) => record.incident),
      alert,
      target,
    );
    if (incident === undefined) return;
    const known = records.find((record) => record.incident.id === incident.id);
    if (!(await store.incidents.save(known === undefined ? newRecord(incident) : { ...known, incident }))) continue;
    return store.queue.add(incident.id, clock.now(), incidentQueue(incident));
  }
}

async function reconcile(key: string, hold: Hold): Promise<number | undefined> {
  const record = await store.incidents.get(key);
  if (record === undefined) return undefined;
  const told = { target: record.incident.target.service, token: hold.lease.token };
  note({ type: "begin", ...told });
  try {
    return (await actOnce(record, hold)) ? clock.now() : undefined;
  } finally {
    await noteEnd(hold, told);
  }
}

/** A renewal that succeeds proves that it had the lease until before it was asked for, however late the answer is read. */
async function noteEnd(hold: Hold, told: object): Promise<void> {
  const at = Number(process.hrtime.bigint());
  try {
    await hold.renew();
    note({ type: "end", ...told, at });
  } catch (error) {
    note({ type: "lost", ...told });
    throw error;
  }
}

/** Acts once for each alert of the incident, and looks first whether it was done: what the reconciler does on GitHub. */
async function actOnce(record: IncidentRecord, hold: Hold): Promise<boolean> {
  const target = record.incident.target.service;
  let last: IncidentRecord | undefined = record;
  for (const { fingerprint } of record.incident.alerts) {
    if (last.response.timeline.some(({ event }) => event === `acted ${fingerprint}`)) continue;
    const { acted } = await ask("look", { alert: fingerprint });
    if (!acted) {
      await hold.renew();
      await ask("act", { alert: fingerprint, target, token: hold.lease.token });
    }
    last = await save(last, `acted ${fingerprint}`, hold);
    if (last === undefined) return true;
  }
  return last !== record;
}

async function save(record: IncidentRecord, event: string, hold: Hold): Promise<IncidentRecord | undefined> {
  const target = record.incident.target.service;
  const timeline = [...record.response.timeline, { at: clock.now(), event, message: event }];
  const next = { ...record, response: { ...record.response, timeline } };
  const saved = await store.incidents.save(next, hold);
  const version = record.version + 1;
  note({ type: "save", target, token: hold.lease.token, version, outcome: saved ? "ok" : "fail" });
  return saved ? { ...next, version } : undefined;
}

async function ask(what: string, body: object): Promise<{ readonly acted: boolean }> {
  const response = await fetch(`${world}/${what}`, { method: "POST", body: JSON.stringify({ ...body, replica }) });
  return (await response.json()) as { acted: boolean };
}

const silent = () => {};
const serving = await serve(
  {
    listen: { host: "127.0.0.1", port: 0 },
    admin: { host: "127.0.0.1", port: 0 },
    sources: [
      { name: "prom", type: "alertmanager", repository, environments: undefined, tokens: [new Secret("token")] },
    ],
    github: { webhookSecrets: [new Secret("unused")] },
  },
  {
    store,
    clock,
    log: {
      info: silent,
      warn: silent,
      error: (fields, message) => void process.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
    },
    handleDelivery,
    reconcile,
    close: () => store.close(),
  },
  { pollMs: 50, leaseMs: Number(leaseMs) },
);
note({ type: "listening", url: serving.url });
