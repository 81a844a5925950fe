/** A row of the inbox, whichever store it comes from: both name its columns alike. */
import type { Delivery, DeliveryState } from "./store.ts";

export function deliveryOf(row: Readonly<Record<string, unknown>>): Delivery {
  return {
    id: String(row.id),
    source: String(row.source),
    type: String(row.type),
    event: String(row.event),
    dedupeKey: String(row.dedupe_key),
    body: String(row.body),
    receivedAt: Number(row.received_at),
    state: stateOf(row.state),
    attempts: Number(row.attempts),
    error: row.error === null ? undefined : String(row.error),
    lastSeenAt: row.last_seen_at === null ? undefined : Number(row.last_seen_at),
  };
}

export function stateOf(value: unknown): DeliveryState {
  return value === "parked" || value === "done" ? value : "pending";
}
