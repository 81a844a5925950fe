/** One attempt to deliver a webhook. A redelivery is an attempt of its own, with the same GUID. */
import type { Instant } from "../../../clock.ts";

export interface WebhookDelivery {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | undefined;
  readonly at: Instant;
  readonly redelivery: boolean;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed form of `body`. */
  readonly payload: unknown;
  /** The very bytes that were signed and sent. */
  readonly body: string;
  /** 0: nobody answered, or not yet. */
  statusCode: number;
  /** `OK`, `pending`, `Invalid HTTP Response: 500`, `failed to connect to host`. */
  status: string;
}
