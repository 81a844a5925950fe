/** Alerts become incidents and keys in the work queue. All that a delivery says of one target is saved at once. */
import { stopReason } from "../authority/stop.ts";
import type { Catalogue } from "../gitops/catalogue/catalogue.ts";
import { resolveTarget } from "../gitops/catalogue/resolve-target.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import { correlate } from "../incidents/correlate.ts";
import type { Incident } from "../incidents/incident.ts";
import { incidentId } from "../incidents/incident-id.ts";
import { incidentQueue } from "../incidents/incident-queue.ts";
import { incidentSeverity } from "../incidents/incident-severity.ts";
import { withAlert } from "../incidents/with-alert.ts";
import type { Reason } from "../reason.ts";
import type { AlertSignal } from "../signals/signal.ts";
import type { Incidents } from "../store/store.ts";
import { type Target, targetName } from "../target.ts";
import { newRecord } from "./new-record.ts";
import type { ReceiverParts } from "./receive-signals.ts";
import { type RepositoryReader, stopPath } from "./repository-reader.ts";
import { SavedElsewhere } from "./session.ts";

interface Group {
  readonly target: Target;
  readonly alerts: AlertSignal[];
}

/** Answers what came of them: sentences without text from the payload. */
export async function receiveAlerts(parts: ReceiverParts, alerts: readonly AlertSignal[]): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const [repository, all] of Map.groupBy(alerts, (alert) => alert.repository)) {
    const reader = await parts.reader(repository);
    const head = await reader.mirror.head();
    const catalogue = await reader.catalogue(head);
    const groups = new Map<string, Group>();
    for (const alert of all) {
      const target = await targetOf(parts, catalogue, alert);
      if (typeof target === "string") {
        notes.push(target);
        continue;
      }
      const queue = incidentQueue({ repository, target });
      const group = groups.get(queue) ?? { target, alerts: [] };
      group.alerts.push(alert);
      groups.set(queue, group);
    }
    const stop = groups.size === 0 ? undefined : await knownStop(parts, reader, head);
    for (const [queue, group] of groups) notes.push(...(await receiveGroup(parts, queue, group, stop)));
  }
  return notes;
}

/** Whose trouble it is; a sentence where it is nobody's, or nothing new. */
async function targetOf(parts: ReceiverParts, catalogue: Catalogue, alert: AlertSignal): Promise<Target | string> {
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
  return (await resolvedBefore(parts, alert)) ? "a late notification of an alert that has resolved since" : target;
}

async function receiveGroup(
  parts: ReceiverParts,
  queue: string,
  { target, alerts }: Group,
  stop: Reason | undefined,
): Promise<readonly string[]> {
  const { incidents } = parts.store;
  for (let attempt = 0; attempt < 5; attempt++) {
    const records = await incidents.openOf(queue);
    const { incident: found, change } = correlateAll(
      records.map((record) => record.incident),
      alerts,
      target,
    );
    if (found === undefined) return [alerts.some(({ status }) => status === "firing") ? besideAnother : ofNoIncident];
    const closed = change === "opened" ? await incidents.get(found.id) : undefined;
    if (closed !== undefined && alerts.length > 1) {
      // Which of them is of one that closed shows when they come one by one.
      const notes: string[] = [];
      for (const alert of alerts) notes.push(...(await receiveGroup(parts, queue, { target, alerts: [alert] }, stop)));
      return notes;
    }
    const incident = closed === undefined ? found : await apartFrom(incidents, closed.incident, found);
    if (incident === undefined) return [`the alert belongs to incident ${found.id}, which is closed`];
    const known = records.find((record) => record.incident.id === incident.id);
    const saved =
      change === "unchanged" ||
      (await incidents.save(known === undefined ? newRecord(incident, stop) : { ...known, incident }));
    if (!saved) continue;
    await parts.store.queue.add(incident.id, parts.clock.now(), queue, incidentSeverity(incident));
    if (change === "opened") parts.log.info({ incident: incident.id }, "incident opened");
    return [
      `${change}: incident ${incident.id}${stop === undefined ? "" : `; ${stop.message}, so Remit only watches`}`,
    ];
  }
  throw new SavedElsewhere("the incident was saved by others five times in a row");
}

/**
 * The incident that closed has the same id where the very same alert opened it, which isn't opened again: undefined. Another alert that
 * began at the same moment is another incident.
 */
async function apartFrom(
  incidents: Pick<Incidents, "get">,
  closed: Incident,
  opened: Incident,
): Promise<Incident | undefined> {
  const told = opened.alerts.reduce(withAlert, closed);
  // It knows the alert, or may have known it: it lists no more.
  if (told.alerts.length === closed.alerts.length) return undefined;
  const id = incidentId(opened.repository, opened.target, opened.openedAt, { after: closed.id });
  const next = await incidents.get(id);
  return next === undefined ? { ...opened, id } : apartFrom(incidents, next.incident, opened);
}

const ofNoIncident = "an alert resolved that belongs to no open incident";
const besideAnother = "the end of a lease waits for the end of its target's incident";

function correlateAll(open: readonly Incident[], alerts: readonly AlertSignal[], target: Target) {
  let known = open;
  let incident: Incident | undefined;
  let change: "opened" | "updated" | "unchanged" = "unchanged";
  for (const alert of alerts) {
    const found = correlate(known, alert, target);
    if (found.incident === undefined) continue;
    const { id } = found.incident;
    known = [...known.filter((other) => other.id !== id), found.incident];
    incident = found.incident;
    if (change === "unchanged" || found.change === "opened") change = found.change;
  }
  return { incident, change };
}

/** The stop switch as far as it can be seen without asking GitHub; the plan, the commit and the merge ask. */
async function knownStop(parts: ReceiverParts, reader: RepositoryReader, head: Revision): Promise<Reason | undefined> {
  const files = await reader.texts(head, [stopPath]);
  return stopReason({ stopFile: files.has(stopPath), stopIssue: undefined, environment: parts.stopEnvironment() });
}

/** Notifications overtake each other: a firing one that arrives after its own resolved one opens nothing. */
async function resolvedBefore(parts: ReceiverParts, alert: AlertSignal): Promise<boolean> {
  if (alert.status === "resolved") return false;
  const { source, fingerprint, startsAt } = alert;
  return (await parts.store.inbox.lastNotified({ source, fingerprint, startsAt, status: "resolved" })) !== undefined;
}
