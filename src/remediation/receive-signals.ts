/** The front half of the loop: signals become incidents and keys in the work queue. Does no more, so that a repeat changes nothing. */
import { stopReason } from "../authority/stop.ts";
import { resolveTarget } from "../gitops/catalogue/resolve-target.ts";
import { correlate } from "../incidents/correlate.ts";
import { incidentQueue } from "../incidents/incident-queue.ts";
import type { Reason } from "../reason.ts";
import type { AlertSignal, PullSignal, RepositorySignal, Signal, SyncSignal } from "../signals/signal.ts";
import { targetName } from "../target.ts";
import { formatGateTask, gateQueue } from "./gate-task.ts";
import { newRecord } from "./new-record.ts";
import { type RepositoryReader, stopPath } from "./repository-reader.ts";
import { type ReconcilerParts, SavedElsewhere } from "./session.ts";

export type ReceiverParts = Pick<
  ReconcilerParts,
  "store" | "reader" | "clock" | "settings" | "log" | "stopEnvironment" | "maySpeakOf"
> & {
  /** `remit[bot]`: GitHub events that we caused ourselves tell nothing new. */
  readonly ourLogin: () => Promise<string>;
};

/** Answers what came of each signal, for the delivery's record: sentences without text from the payload. */
export async function receiveSignals(parts: ReceiverParts, signals: readonly Signal[]): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const signal of signals) notes.push(await receive(parts, signal));
  return [...new Set(notes)];
}

function receive(parts: ReceiverParts, signal: Signal): Promise<string> {
  switch (signal.kind) {
    case "alert":
      return receiveAlert(parts, signal);
    case "sync":
      return receiveSync(parts, signal);
    case "repository":
      return receiveRepositoryEvent(parts, signal);
    case "pull":
      return receivePull(parts, signal);
  }
}

async function receiveAlert(parts: ReceiverParts, alert: AlertSignal): Promise<string> {
  const reader = await parts.reader(alert.repository);
  const catalogue = await reader.catalogue(await reader.mirror.head());
  const resolution = resolveTarget(catalogue, alert.labels);
  if (resolution.outcome !== "resolved") {
    const names = resolution.candidates.map(targetName).join(", ");
    const code = resolution.outcome === "none" ? "target-not-found" : "target-ambiguous";
    parts.log.warn({ code, source: alert.source, candidates: names }, resolution.why);
    return `abstained (${code}): ${resolution.why}${names === "" ? "" : `; candidates: ${names}`}`;
  }
  const { target } = resolution.entry;
  if (!parts.maySpeakOf(alert.source, { target, alert: { name: alert.labels.alertname } })) {
    parts.log.warn({ source: alert.source, target: targetName(target) }, "a source raised an alert that isn't its own");
    return `ignored: this source may not raise this alert for ${targetName(target)}`;
  }
  const stop = await knownStop(parts, reader);
  if (await resolvedBefore(parts, alert)) return "a late notification of an alert that has resolved since";
  for (let attempt = 0; attempt < 5; attempt++) {
    const records = await parts.store.incidents.open(alert.repository);
    const incidents = records.map((record) => record.incident);
    const { incident, change } = correlate(incidents, alert, target);
    if (incident === undefined) return "an alert resolved that belongs to no open incident";
    const known = records.find((record) => record.incident.id === incident.id);
    // An incident that closed a moment ago has the same id only if the very same alert opened it: it isn't opened again.
    if (change === "opened" && (await parts.store.incidents.get(incident.id)) !== undefined) {
      return `the alert belongs to incident ${incident.id}, which is closed`;
    }
    const saved =
      change === "unchanged" ||
      (await parts.store.incidents.save(known === undefined ? newRecord(incident, stop) : { ...known, incident }));
    if (!saved) continue;
    await parts.store.queue.add(incident.id, parts.clock.now(), incidentQueue(incident));
    if (change === "opened") parts.log.info({ incident: incident.id }, "incident opened");
    return `${change}: incident ${incident.id}${stop === undefined ? "" : `; ${stop.message}, so Remit only watches`}`;
  }
  throw new SavedElsewhere("the incident was saved by others five times in a row");
}

/** The stop switch as far as it can be seen without asking GitHub; the plan, the commit and the merge ask. */
async function knownStop(parts: ReceiverParts, reader: RepositoryReader): Promise<Reason | undefined> {
  const files = await reader.texts(await reader.mirror.head(), [stopPath]);
  return stopReason({ stopFile: files.has(stopPath), stopIssue: undefined, environment: parts.stopEnvironment() });
}

/** Notifications overtake each other: a firing one that arrives after its own resolved one opens nothing. */
async function resolvedBefore(parts: ReceiverParts, alert: AlertSignal): Promise<boolean> {
  if (alert.status === "resolved") return false;
  const { source, fingerprint, startsAt } = alert;
  return (await parts.store.inbox.lastNotified({ source, fingerprint, startsAt, status: "resolved" })) !== undefined;
}

async function receiveSync(parts: ReceiverParts, sync: SyncSignal): Promise<string> {
  await parts.store.syncs.record(sync);
  await lookAgain(parts, sync.repository, parts.clock.now());
  return `recorded a report by ${sync.controller}`;
}

async function receiveRepositoryEvent(parts: ReceiverParts, signal: RepositorySignal): Promise<string> {
  if (!(await isNews(parts, signal))) return "nothing new";
  if (signal.event === "push") await (await parts.reader(signal.repository)).mirror.fetch();
  await lookAgain(parts, signal.repository, parts.clock.now() + parts.settings.settleMs);
  return "looked again";
}

/** Remit's own pull requests are gated by their incidents. */
async function receivePull(parts: ReceiverParts, signal: PullSignal): Promise<string> {
  const key = signal.author === (await parts.ourLogin()) ? undefined : formatGateTask(signal);
  if (key === undefined) return "nothing to gate";
  await parts.store.queue.add(key, parts.clock.now(), gateQueue);
  return "queued a gate";
}

/** What the reconciler may be waiting for. Everything else would only cost a look at GitHub. */
const awaited: Readonly<Record<string, readonly string[] | "any">> = {
  push: "any",
  status: "any",
  check_run: ["completed"],
  check_suite: ["completed"],
  pull_request: ["closed", "reopened", "synchronize", "edited"],
  pull_request_review: ["submitted", "edited", "dismissed"],
  issues: ["opened", "closed", "reopened", "labeled", "unlabeled"],
};

async function isNews(parts: ReceiverParts, signal: RepositorySignal): Promise<boolean> {
  const actions = awaited[signal.event];
  if (actions === undefined) return false;
  if (actions !== "any" && !actions.includes(signal.action ?? "")) return false;
  return signal.sender !== (await parts.ourLogin());
}

async function lookAgain(parts: ReceiverParts, repository: string, at: number): Promise<void> {
  for (const { incident } of await parts.store.incidents.open(repository)) {
    await parts.store.queue.add(incident.id, at, incidentQueue(incident));
  }
}
