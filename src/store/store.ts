/** What Remit keeps between two steps. Implemented over SQLite (`sqlite-store.ts`) and PostgreSQL (`postgres-store.ts`). */
import type { Instant } from "../clock.ts";
import type { LaneStore } from "../github/lane-store.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Severity } from "../incidents/severity.ts";
import type { LedgerEntry } from "../ledger/ledger-record.ts";
import type { Response } from "../remediation/response.ts";
import type { Shadow, ShadowResult } from "../remediation/shadow/shadow.ts";
import type { SyncSignal } from "../signals/signal.ts";

export interface Store {
  readonly inbox: Inbox;
  readonly queue: WorkQueue;
  readonly incidents: Incidents;
  readonly syncs: Syncs;
  readonly shadows: Shadows;
  readonly outbox: Outbox;
  /** Small durable values, such as installation ids. */
  readonly settings: Settings;
  /** The spacing of writes to GitHub and its limits, which all replicas keep together. */
  readonly lanes: LaneStore;
  /** What it is and where, for people: never holds a password. */
  readonly description: string;
  /**
   * Deletes some of what is over for good and older than `before`, at most `limit` of each kind. Never anything that is
   * pending, parked, queued or open, nor what such a thing still needs. Answers how much went.
   */
  prune(before: PruneBefore, limit: number): Promise<Pruned>;
  close(): Promise<void>;
}

export interface PruneBefore {
  /** Finished deliveries and notes of alerts that were neither received nor repeated since. Their dedupe keys go with them. */
  readonly deliveries: Instant;
  /** Incidents that were closed before, and whose alerts weren't notified since: a repetition must find them. */
  readonly incidents: Instant;
  readonly syncs: Instant;
  /** Planned before, settled or not: none waits for that long while its repository is looked at. */
  readonly shadows: Instant;
}

/** How many rows went. */
export interface Pruned {
  readonly deliveries: number;
  readonly sightings: number;
  readonly incidents: number;
  readonly syncs: number;
  readonly shadows: number;
}

/** Deliveries, durable before they are acknowledged. */
export interface Inbox {
  /**
   * Stores it, or says that a delivery with this dedupe key was accepted before. Durable when it resolves.
   * A duplicate makes no new work: it only notes when it was seen (`lastSeen`, `lastNotified`). A duplicate of a parked
   * delivery makes that one due once more, since GitHub's redelivery carries the id of the failed delivery.
   */
  accept(delivery: NewDelivery): Promise<{ readonly outcome: "stored" | "duplicate"; readonly id: string }>;
  /** Leases the most severe delivery that is due, and of those the oldest, for `leaseMs`; undefined when there is none. */
  take(now: Instant, leaseMs: number): Promise<Delivery | undefined>;
  /** The delivery is still being worked on: it isn't due before `until`. */
  renew(id: string, until: Instant): Promise<void>;
  done(id: string, now: Instant): Promise<void>;
  /** The delivery with this id, in any state. */
  get(id: string): Promise<Delivery | undefined>;
  /** When a delivery with this dedupe key last arrived, the first time included. */
  lastSeen(dedupeKey: string): Promise<Instant | undefined>;
  /** When an alert was last notified with this status: a repeated notification is evidence that it still holds. */
  lastNotified(alert: AlertSighting & { readonly source: string }): Promise<Instant | undefined>;
  /** Tries again at `retryAt`, or parks it with its error when `retryAt` is undefined. */
  fail(id: string, error: string, retryAt: Instant | undefined): Promise<void>;
  /** Makes a parked (or finished) delivery due again. False when there is no such delivery. */
  replay(id: string, now: Instant): Promise<boolean>;
  /** Newest first; at most 100 without a limit. */
  list(filter: { readonly state?: DeliveryState; readonly limit?: number }): Promise<readonly Delivery[]>;
  counts(): Promise<Readonly<Record<DeliveryState, number>>>;
  /** How many wait to be worked off. Cheaper than `counts`. */
  pending(): Promise<number>;
  /** When the oldest of those that wait to be worked off arrived. */
  pendingSince(): Promise<Instant | undefined>;
}

export type DeliveryState = "pending" | "parked" | "done";

export interface NewDelivery {
  /** `github`, or the configured source's name. */
  readonly source: string;
  /** What parses it: `github`, `alertmanager`, `argocd`, `flux`. */
  readonly type: string;
  /** For GitHub: the event's name, else "". */
  readonly event: string;
  /** Same key, same delivery. */
  readonly dedupeKey: string;
  readonly body: string;
  readonly receivedAt: Instant;
  /** Of the most severe alert that fires in it. `warning` unless said otherwise. Not kept with the delivery. */
  readonly severity?: Severity;
  /** The alerts that it speaks of, noted with the delivery in one transaction. Not kept with the delivery. */
  readonly sightings?: readonly AlertSighting[];
}

/** One alert in one state, as a source notified it. */
export interface AlertSighting {
  readonly fingerprint: string;
  readonly startsAt: Instant;
  readonly status: "firing" | "resolved";
}

export interface Delivery extends NewDelivery {
  readonly id: string;
  readonly state: DeliveryState;
  /** How often it was taken. A process that dies on it counts too. */
  readonly attempts: number;
  readonly error: string | undefined;
  /** When a duplicate of it last arrived; undefined if none did. */
  readonly lastSeenAt?: Instant | undefined;
}

/**
 * Keys to reconcile. Adding a key that is queued keeps the earlier time. One worker per key at a time, and one per queue
 * where keys name one. `done` and `fail` of an item whose lease expired and was taken over change nothing.
 */
export interface WorkQueue {
  /**
   * Of the keys that share a `queue`, no two are ever leased at the same time. A key keeps its queue and its severity when
   * none is named; a new one is a `warning`.
   */
  add(key: string, runAt: Instant, queue?: string, severity?: Severity): Promise<void>;
  /** Leases the most severe key that is due, and of those the one that waits longest. */
  take(now: Instant, leaseMs: number): Promise<WorkItem | undefined>;
  /** Extends the lease; false when it was taken over (or is over), so that whoever asked must not go on. */
  renew(item: Lease, until: Instant): Promise<boolean>;
  /** Removes the item, unless the key was added again since it was taken: then it stays due at that time. */
  done(item: WorkItem, next: Instant | undefined): Promise<void>;
  /** Keeps the item; it isn't due again before `retryAt`, whatever is added meanwhile. */
  fail(item: WorkItem, error: string, retryAt: Instant): Promise<void>;
  /**
   * Makes everything due that nobody works on, and lets no lease last longer than `leaseMs` from now: the clock by which it was
   * put off or leased may have been ahead.
   */
  recall(now: Instant, leaseMs: number): Promise<void>;
  /** When the next item is due; undefined when the queue is empty. */
  nextRunAt(): Promise<Instant | undefined>;
  size(): Promise<number>;
}

/** The right to work on a key. The token is new with each take, so it fences off whoever held the key before. */
export interface Lease {
  readonly key: string;
  readonly token: string;
}

export interface WorkItem extends Lease {
  readonly attempts: number;
}

export interface IncidentRecord {
  readonly incident: Incident;
  readonly response: Response;
  /** Grows with each save. */
  readonly version: number;
}

export interface Incidents {
  get(id: string): Promise<IncidentRecord | undefined>;
  /** Incidents that aren't closed, oldest first. */
  open(repository?: string): Promise<readonly IncidentRecord[]>;
  /** Those of one queue, which is one target (`incidentQueue`). */
  openOf(queue: string): Promise<readonly IncidentRecord[]>;
  /** Counted without reading them: open incidents of the repository. `but`: the incident that asks. */
  storm(repository: string, firingSince: Instant, but: string): Promise<StormCount>;
  /** Newest first. */
  list(limit: number): Promise<readonly IncidentRecord[]>;
  /**
   * Saves if the stored version is still `record.version` (0: it must be new); false when somebody else saved first.
   * A new one is also refused while another incident of its target is open, so that two workers never open two.
   * Refused too when `guard.place.changesPerRepository` other changes of its repository are under way.
   * Throws RemitError lease-lost when `guard.lease` isn't the one that holds its key any more.
   */
  save(record: IncidentRecord, guard?: SaveGuard): Promise<boolean>;
}

export interface StormCount {
  /** Distinct services with an alert that fires and was heard of since, the asking incident's included. */
  readonly sickServices: number;
  /** The branches of other incidents' changes, from the decision until they are verified or over. */
  readonly branchesUnderWay: readonly string[];
}

export interface SaveGuard {
  readonly lease?: Lease | undefined;
  /** The incident of the same target that is about to close, which the new one takes over from. */
  readonly follows?: string;
  /** It begins a change. */
  readonly place?: Place | undefined;
  /** What the ledger is to tell of it: saved with it, or not at all. */
  readonly entries?: readonly LedgerEntry[] | undefined;
}

/** At most so many others may be under way, whichever replica began them and whatever the store forgot. */
export interface Place {
  readonly changesPerRepository: number;
  /** The branches of others that were last seen open on GitHub. */
  readonly open: readonly string[];
}

/** What controllers reported, for delivery and for the last known good. */
export interface Syncs {
  /** Recording the same signal twice keeps one. */
  record(sync: SyncSignal): Promise<void>;
  /** Newest first. */
  list(repository: string, since: Instant): Promise<readonly SyncSignal[]>;
}

/** What Remit would have changed where it might not, one of each incident. What is settled never changes. */
export interface Shadows {
  /** Keeps the first of an incident. */
  add(shadow: Shadow): Promise<void>;
  get(incident: string): Promise<Shadow | undefined>;
  /** Those that aren't settled, oldest plan first. */
  waiting(repository: string): Promise<readonly Shadow[]>;
  /** False when it is settled, or gone. */
  save(shadow: Shadow): Promise<boolean>;
  /** Remit acts after all, so there is nothing to compare. */
  drop(incident: string): Promise<void>;
  /** Newest plan first. */
  list(limit: number): Promise<readonly Shadow[]>;
  /** Newest plan first, 5,000 at most. Cheaper than `list`. */
  results(repository?: string): Promise<readonly ShadowResult[]>;
}

/** Records that wait for their place in the ledger of their repository. Written there, they go. */
export interface Outbox {
  /** An entry that waits already, by its id, waits once. */
  add(repository: string, entries: readonly LedgerEntry[]): Promise<void>;
  /** In the order in which they were added: the first `limit`. */
  waiting(repository: string, limit: number): Promise<readonly LedgerEntry[]>;
  remove(repository: string, ids: readonly string[]): Promise<void>;
  /** Where anything waits, and how much. */
  repositories(): Promise<readonly { readonly repository: string; readonly count: number }[]>;
}

export interface Settings {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
}
