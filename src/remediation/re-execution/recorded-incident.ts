/** The incident that a decision was made for, as the ledger keeps it. What isn't there is undefined again. */
import { z } from "zod";
import type { Incident } from "../../incidents/incident.ts";

/** undefined where the record holds none that can be read. */
export function recordedIncident(value: unknown): Incident | undefined {
  const parsed = incident.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

const labels = z.record(z.string(), z.string());

const alert = z
  .object({
    source: z.string(),
    fingerprint: z.string(),
    startsAt: z.number(),
    labels,
    annotations: labels,
    status: z.enum(["firing", "resolved"]),
    firstSeenAt: z.number(),
    lastFiringAt: z.number(),
    resolvedAt: z.number().optional(),
  })
  .transform(({ resolvedAt, ...rest }) => ({ ...rest, resolvedAt }));

const target = z
  .object({ service: z.string(), environment: z.string().optional(), namespace: z.string().optional() })
  .transform(({ service, environment, namespace }) => ({ service, environment, namespace }));

const kind = z
  .object({ source: z.string(), alertname: z.string().optional(), count: z.number() })
  .transform(({ alertname, ...rest }) => ({ ...rest, alertname }));

const incident = z.object({
  id: z.string(),
  repository: z.string(),
  target,
  openedAt: z.number(),
  alerts: z.array(alert),
  comment: z.object({ at: z.number(), heardAt: z.number() }).exactOptional(),
  unlisted: z
    .object({
      firing: z.record(z.string(), z.number()),
      lastFiringAt: z.number(),
      lowest: z.object({ class: z.enum(["human-only", "semi-safe"]), label: z.string() }).exactOptional(),
      kinds: z.array(kind).exactOptional(),
    })
    .exactOptional(),
}) satisfies z.ZodType<Incident>;
