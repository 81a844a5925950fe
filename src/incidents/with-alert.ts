/**
 * An incident with one more notification. However many alerts one target has, an incident stays of a bounded size: it lists
 * the first hundred and one of each further kind. Of those beyond it keeps which of them fire, since it isn't over before they aren't,
 * and the lowest class that one of them was labelled with.
 */
import { digest } from "../digest.ts";
import { classLabel, lowerClass } from "./class-label.ts";
import type { Incident, IncidentAlert, UnlistedAlerts, UnlistedKind } from "./incident.ts";
import { mergeAlert } from "./merge-alert.ts";
import { seriesOf } from "./series-of.ts";

/** More than people read, and than a diagnosis needs. */
const mostListed = 100;
/** Those beyond are taken to end with the others. */
const mostUnlisted = 10_000;
/** Names are other people's text. */
const mostKinds = 100;

/** The same incident when it says nothing new. */
export function withAlert(incident: Incident, added: IncidentAlert): Incident {
  const { alerts, unlisted } = incident;
  const known = alerts.find((alert) => isSame(alert, added));
  if (known !== undefined) {
    const merged = mergeAlert(known, added);
    if (digest(merged, 64) === digest(known, 64)) return incident;
    return { ...incident, alerts: replaced(alerts, known, merged) };
  }
  const place = alerts.length < mostListed ? undefined : givesWay(alerts, added);
  if (alerts.length < mostListed || place !== undefined) {
    const listed = { ...incident, alerts: replaced(alerts, place, added) };
    return withUnlisted(listed, unlisted && without(unlisted, added));
  }
  if (added.status === "resolved") return withUnlisted(incident, unlisted && without(unlisted, added));
  // A later start of it is listed, so this one is over.
  if (alerts.some((alert) => isSameSeries(alert, added))) return incident;
  const spare = spareFor(alerts, added);
  if (spare === undefined) return withUnlisted(incident, including(unlisted, added));
  const listed = { ...incident, alerts: replaced(alerts, spare, added) };
  return withUnlisted(listed, including(unlisted && without(unlisted, added), spare));
}

/** An earlier start of the same series, or the one that resolved first. What resolved isn't listed in the place of another. */
function givesWay(alerts: readonly IncidentAlert[], added: IncidentAlert): IncidentAlert | undefined {
  const earlier = alerts.find((alert) => isSameSeries(alert, added) && alert.startsAt < added.startsAt);
  if (earlier !== undefined || added.status === "resolved") return earlier;
  const over = alerts.filter(({ status }) => status === "resolved");
  return over.toSorted((a, b) => (a.resolvedAt ?? 0) - (b.resolvedAt ?? 0))[0];
}

/** For an alert of a kind that isn't listed yet: the newest of those whose kind is listed without them, too. All of them fire. */
function spareFor(alerts: readonly IncidentAlert[], added: IncidentAlert): IncidentAlert | undefined {
  const kinds = alerts.map(kindOf);
  if (kinds.includes(kindOf(added))) return undefined;
  return alerts.findLast(
    (alert, index) =>
      kinds.indexOf(kindOf(alert)) < index && alerts.filter((other) => isSameSeries(other, alert)).length === 1,
  );
}

/** What runbooks, witnesses and classes go by. */
function kindOf({ source, labels }: IncidentAlert): string {
  return JSON.stringify([source, labels.alertname, classLabel(labels)]);
}

function including(unlisted: UnlistedAlerts | undefined, added: IncidentAlert): UnlistedAlerts {
  const before: UnlistedAlerts = unlisted ?? { firing: {}, lastFiringAt: added.lastFiringAt };
  const { firing } = before;
  const series = seriesOf(added);
  const known = firing[series];
  const isFull = known === undefined && Object.keys(firing).length >= mostUnlisted;
  const isNew = !isFull && (known === undefined || known < added.startsAt);
  const lastFiringAt = Math.max(before.lastFiringAt, added.lastFiringAt);
  const lowest = lowerClass(before.lowest, classLabel(added.labels));
  if (!isNew && lastFiringAt === before.lastFiringAt && lowest === before.lowest) return before;
  return {
    firing: isNew ? { ...firing, [series]: added.startsAt } : firing,
    lastFiringAt,
    ...(lowest === undefined ? {} : { lowest }),
    kinds: known === undefined && isNew ? oneMore(before.kinds ?? [], added) : (before.kinds ?? []),
  };
}

function oneMore(kinds: readonly UnlistedKind[], { source, labels: { alertname } }: IncidentAlert) {
  const known = kinds.find((kind) => kind.source === source && kind.alertname === alertname);
  if (known !== undefined) return kinds.map((kind) => (kind === known ? { ...kind, count: kind.count + 1 } : kind));
  return kinds.length < mostKinds ? [...kinds, { source, alertname, count: 1 }] : kinds;
}

/** A source never counts for longer than one of its alerts fires, whatever that was called when it came: rather for too short a time. */
function oneLess(kinds: readonly UnlistedKind[], { source, labels: { alertname } }: IncidentAlert) {
  const own = kinds.filter((kind) => kind.source === source);
  const known = own.find((kind) => kind.alertname === alertname) ?? own[0];
  return kinds.flatMap((kind) => {
    if (kind !== known) return [kind];
    return kind.count > 1 ? [{ ...kind, count: kind.count - 1 }] : [];
  });
}

/** Its end, or its place in the list: an end of an earlier start says nothing about a later one. */
function without(unlisted: UnlistedAlerts, added: IncidentAlert): UnlistedAlerts | undefined {
  const { [seriesOf(added)]: known, ...firing } = unlisted.firing;
  if (known === undefined || known > added.startsAt) return unlisted;
  if (Object.keys(firing).length === 0) return undefined;
  return { ...unlisted, firing, kinds: oneLess(unlisted.kinds ?? [], added) };
}

function withUnlisted(incident: Incident, unlisted: UnlistedAlerts | undefined): Incident {
  if (unlisted === incident.unlisted) return incident;
  const { unlisted: _, ...others } = incident;
  return unlisted === undefined ? others : { ...others, unlisted };
}

function replaced(
  alerts: readonly IncidentAlert[],
  old: IncidentAlert | undefined,
  added: IncidentAlert,
): readonly IncidentAlert[] {
  const others = alerts.filter((alert) => alert !== old);
  return [...others, added].toSorted((a, b) => a.startsAt - b.startsAt || compare(alertKey(a), alertKey(b)));
}

function isSame(a: IncidentAlert, b: IncidentAlert): boolean {
  return a.startsAt === b.startsAt && isSameSeries(a, b);
}

function isSameSeries(a: IncidentAlert, b: IncidentAlert): boolean {
  return a.fingerprint === b.fingerprint && a.source === b.source;
}

function alertKey({ source, fingerprint, startsAt }: IncidentAlert): string {
  return JSON.stringify([source, fingerprint, startsAt]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
