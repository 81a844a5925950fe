/** Alertmanager's webhook, version 4: a group of alerts, each firing or resolved. */
import { z } from "zod";
import { digest } from "../digest.ts";
import { readPayload } from "./read-payload.ts";
import type { AlertSignal } from "./signal.ts";
import type { Source } from "./source.ts";
import { textMap } from "./text-map.ts";
import { time } from "./time.ts";

const alert = z.object({
  status: z.enum(["firing", "resolved"]),
  labels: textMap,
  annotations: textMap,
  startsAt: time,
  /** `0001-01-01T00:00:00Z` while it fires. */
  endsAt: time.optional(),
  /** Missing before Alertmanager 0.19. */
  fingerprint: z.string().min(1).max(200).optional(),
});

const payload = z.object({
  version: z.literal("4"),
  alerts: z.array(alert).max(10_000),
});

type Alert = z.infer<typeof alert>;

export const alertmanager: Source = {
  type: "alertmanager",

  /** Alertmanager gives a delivery no id: the set of alerts in their states is the identity, whatever their order. */
  dedupeKey(body) {
    const states = readPayload(payload, body).alerts.map(
      (item) => `${fingerprintOf(item)} ${item.startsAt} ${item.status}`,
    );
    return digest([...new Set(states)].sort(), 40);
  },

  parse(body, context) {
    return readPayload(payload, body).alerts.map(
      (item): AlertSignal => ({
        kind: "alert",
        ...context,
        fingerprint: fingerprintOf(item),
        status: item.status,
        labels: item.labels,
        annotations: item.annotations,
        startsAt: item.startsAt,
        endsAt: endOf(item),
      }),
    );
  },
};

function fingerprintOf(item: Alert): string {
  return item.fingerprint ?? digest(item.labels, 16);
}

function endOf({ status, startsAt, endsAt }: Alert): number | undefined {
  return status === "resolved" && endsAt !== undefined && endsAt >= startsAt ? endsAt : undefined;
}
