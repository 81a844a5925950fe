/** How much is sick in a repository: services of open incidents with an alert that fires and was heard of since. */
import { defaultStorm } from "../authority/defaults.ts";
import type { Instant } from "../clock.ts";
import { firingAlerts, lastFiringAt } from "../incidents/alert-state.ts";
import type { Incident } from "../incidents/incident.ts";
import { isExpiry } from "../incidents/lease-alert.ts";
import type { Store, StormCount } from "../store/store.ts";

/** `but`: the incident that asks, whose own change isn't counted. */
export async function stormOf(
  store: Pick<Store, "incidents" | "inbox">,
  repository: string,
  since: Instant,
  but: string,
): Promise<StormCount> {
  const counted = await store.incidents.storm(repository, since, but);
  // Whatever is counted is sick for certain. Where that doesn't trip the breaker, those that sleep are asked after.
  if (counted.sickServices >= defaultStorm.services) return counted;
  const sick = await sickServices(store, repository, since);
  return { ...counted, sickServices: Math.max(counted.sickServices, sick.size) };
}

/** An incident that nobody works on isn't told that its alert repeats, so whose word is old is asked after. */
async function sickServices(
  store: Pick<Store, "incidents" | "inbox">,
  repository: string,
  since: Instant,
): Promise<ReadonlySet<string>> {
  const sick = new Set<string>();
  for (const { incident } of await store.incidents.open(repository)) {
    const { service } = incident.target;
    if (!sick.has(service) && !isExpiry(incident) && (await isHeard(store, incident, since))) sick.add(service);
  }
  return sick;
}

async function isHeard({ inbox }: Pick<Store, "inbox">, incident: Incident, since: Instant): Promise<boolean> {
  if ((lastFiringAt(incident) ?? Number.NEGATIVE_INFINITY) >= since) return true;
  for (const { source, fingerprint, startsAt, status } of firingAlerts(incident)) {
    const seen = await inbox.lastNotified({ source, fingerprint, startsAt, status });
    if (seen !== undefined && seen >= since) return true;
  }
  return false;
}
