/** Takes the oldest delivery that is due and has it handled. One that fails waits or is parked, and holds up no other. */
import { redact } from "../redact.ts";
import type { Delivery } from "../store/store.ts";
import { keepAlive } from "./keep-alive.ts";
import type { LaneStep } from "./lane.ts";
import { givesUp, retryDelayMs } from "./retry.ts";
import type { WorkerParts } from "./worker.ts";

/** `onHandled` is called after a delivery that may have queued work. */
export function deliveryLane(parts: WorkerParts, onHandled: () => void): () => Promise<LaneStep> {
  const { store, clock, leaseMs, maxAttempts = 8 } = parts;
  return async () => {
    const delivery = await store.inbox.take(clock.now(), leaseMs);
    if (delivery === undefined) return { worked: false, until: undefined };
    if (delivery.attempts > maxAttempts && delivery.error === undefined) {
      // Nobody told why: the process ended each time. It must not end once more.
      await store.inbox.fail(delivery.id, "Remit ended while it handled this", undefined);
      parts.metrics.delivery("parked");
      return { worked: true };
    }
    try {
      const renew = () => store.inbox.renew(delivery.id, clock.now() + leaseMs);
      const notes = await keepAlive(leaseMs, renew, () => parts.handleDelivery(delivery));
      await store.inbox.done(delivery.id, clock.now());
      parts.metrics.delivery("done");
      parts.log.info({ ...about(delivery), notes }, "delivery handled");
      onHandled();
    } catch (error) {
      await failed(parts, delivery, error, maxAttempts);
    }
    return { worked: true };
  };
}

async function failed(parts: WorkerParts, delivery: Delivery, error: unknown, maxAttempts: number): Promise<void> {
  const { store, clock, log, metrics } = parts;
  const message = redact(error instanceof Error ? error.message : String(error)).slice(0, 2_000);
  if (givesUp(error, delivery.attempts, maxAttempts)) {
    await store.inbox.fail(delivery.id, message, undefined);
    metrics.delivery("parked");
    log.error({ ...about(delivery), error }, "delivery parked: remit inbox replay tries it again");
    return;
  }
  const delayMs = retryDelayMs(error, delivery.attempts);
  await store.inbox.fail(delivery.id, message, clock.now() + delayMs);
  metrics.delivery("retried");
  log.warn({ ...about(delivery), delayMs, error }, "delivery failed and will be tried again");
}

function about({ id, source, type, event, attempts }: Delivery) {
  return { delivery: id, source, type, event, attempts };
}
