/**
 * An incident with one more notification. However many alerts one target has, an incident stays of a bounded size: it lists
 * the first hundred, and of those beyond it keeps which of them fire, since it isn't over before they aren't.
 */
import { digest } from "../digest.ts";
import type { Incident, IncidentAlert, UnlistedAlerts } from "./incident.ts";
import { mergeAlert } from "./merge-alert.ts";

/** More than people read, and than a diagnosis needs. */
const mostListed = 100;
/** Those beyond are taken to end with the others. */
const mostUnlisted = 10_000;

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
  return withUnlisted(
    incident,
    added.status === "firing" ? including(unlisted, added) : unlisted && without(unlisted, added),
  );
}

/** An earlier start of the same series, or the one that resolved first. What resolved isn't listed in the place of another. */
function givesWay(alerts: readonly IncidentAlert[], added: IncidentAlert): IncidentAlert | undefined {
  const earlier = alerts.find((alert) => isSameSeries(alert, added) && alert.startsAt < added.startsAt);
  if (earlier !== undefined || added.status === "resolved") return earlier;
  const over = alerts.filter(({ status }) => status === "resolved");
  return over.toSorted((a, b) => (a.resolvedAt ?? 0) - (b.resolvedAt ?? 0))[0];
}

function including(unlisted: UnlistedAlerts | undefined, added: IncidentAlert): UnlistedAlerts {
  const { firing, lastFiringAt } = unlisted ?? { firing: {}, lastFiringAt: added.lastFiringAt };
  const series = seriesOf(added);
  const at = Math.max(lastFiringAt, added.lastFiringAt);
  const known = firing[series];
  const isNew = known === undefined || known < added.startsAt;
  if (unlisted !== undefined && !isNew && at === lastFiringAt) return unlisted;
  if (known === undefined && Object.keys(firing).length >= mostUnlisted) return { firing, lastFiringAt: at };
  return { firing: isNew ? { ...firing, [series]: added.startsAt } : firing, lastFiringAt: at };
}

/** Its end, or its place in the list: an end of an earlier start says nothing about a later one. */
function without(
  unlisted: UnlistedAlerts,
  { source, fingerprint, startsAt }: IncidentAlert,
): UnlistedAlerts | undefined {
  const { [seriesOf({ source, fingerprint })]: known, ...firing } = unlisted.firing;
  if (known === undefined || known > startsAt) return unlisted;
  return Object.keys(firing).length === 0 ? undefined : { ...unlisted, firing };
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

function seriesOf({ source, fingerprint }: Pick<IncidentAlert, "source" | "fingerprint">): string {
  return digest([source, fingerprint]);
}

function alertKey({ source, fingerprint, startsAt }: IncidentAlert): string {
  return JSON.stringify([source, fingerprint, startsAt]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
