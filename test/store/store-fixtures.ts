/** What the store's contract stores. */
import type { Incident } from "../../src/incidents/incident.ts";
import type { Response } from "../../src/remediation/response.ts";
import type { Shadow } from "../../src/remediation/shadow/shadow.ts";
import type { SyncSignal } from "../../src/signals/signal.ts";
import type { NewDelivery, Store } from "../../src/store/store.ts";

export function delivery(dedupeKey: string, changes: Partial<NewDelivery> = {}): NewDelivery {
  return { source: "prod", type: "alertmanager", event: "", dedupeKey, body: "{}", receivedAt: 100, ...changes };
}

export async function taken(store: Store, now: number) {
  const item = await store.queue.take(now, 100);
  if (item === undefined) throw new Error("nothing is due");
  return item;
}

export function incident(id: string, changes: Partial<Incident> = {}): Incident {
  const target = { service: `service-${id}`, environment: undefined, namespace: "shop" };
  return { id, repository: "acme/shop", target, openedAt: 5, alerts: [], ...changes };
}

export const response: Response = {
  plan: undefined,
  remediations: [],
  issueNumber: undefined,
  toldAt: undefined,
  lastView: undefined,
  timeline: [{ at: 1, event: "opened", message: "It began." }],
  requests: 0,
  escalated: undefined,
  closed: undefined,
};

export function ids(records: readonly { readonly incident: Incident }[]): string[] {
  return records.map((record) => record.incident.id);
}

export function sync(changes: Partial<SyncSignal>): SyncSignal {
  return {
    kind: "sync",
    source: "argo",
    repository: "acme/shop",
    controller: "argocd",
    application: "checkout",
    namespace: "argocd",
    environment: undefined,
    revision: "a".repeat(40),
    phase: "applied",
    health: "healthy",
    observedAt: 0,
    ...changes,
  };
}

export function shadow(incident: string, changes: Partial<Shadow> = {}): Shadow {
  return {
    incident,
    repository: "acme/shop",
    target: { service: "checkout", environment: "production", namespace: "shop" },
    action: "rollback",
    runbook: "built-in",
    tier: "observe",
    digest: "3f2a9c1b40de",
    base: "b".repeat(40),
    plannedAt: 100,
    effects: [],
    files: [{ path: "a.yaml", edits: [{ line: 3, removed: 1, added: 'tag: "ü\\u0000"\n' }] }],
    comparison: undefined,
    settledAt: undefined,
    ...changes,
  };
}
