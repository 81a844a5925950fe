/** How long what is over is kept, in milliseconds. What is pending, parked, queued or open is kept for ever. */
export interface Retention {
  /** Finished deliveries, and with them the keys by which a redelivery is known. */
  readonly deliveriesMs: number;
  readonly incidentsMs: number;
  readonly syncsMs: number;
  /** What Remit would have changed, and what people merged instead. */
  readonly shadowsMs: number;
}

const dayMs = 86_400_000;

export const defaultRetention: Retention = {
  deliveriesMs: 30 * dayMs,
  incidentsMs: 90 * dayMs,
  syncsMs: 30 * dayMs,
  shadowsMs: 180 * dayMs,
};

/**
 * GitHub redelivers what is up to three days old, and senders repeat after an outage of days; a sync is evidence for two
 * weeks; a shadow is compared for up to one. Less than this would forget what is still needed.
 */
export const shortestRetention: Retention = {
  deliveriesMs: 7 * dayMs,
  incidentsMs: 7 * dayMs,
  syncsMs: 14 * dayMs,
  shadowsMs: 14 * dayMs,
};
