/** Argo CD, through the notification template that Remit publishes in docs/argocd-notifications.md. */
import { z } from "zod";
import { digest } from "../digest.ts";
import { commitId } from "./commit-id.ts";
import { readPayload } from "./read-payload.ts";
import type { SyncSignal } from "./signal.ts";
import type { Source } from "./source.ts";

/** The template writes null for what an Application doesn't have. */
const text = z
  .string()
  .max(500)
  .nullish()
  .transform((value) => value ?? undefined);

const payload = z.object({
  application: z.string().min(1).max(500),
  namespace: text,
  environment: text,
  /** operationState.syncResult.revision; empty when the sync failed before it had one. */
  revision: text,
  /** operationState.phase. */
  phase: z.enum(["Running", "Terminating", "Succeeded", "Failed", "Error"]),
  /** sync.status. */
  sync: text,
  /** health.status. */
  health: text,
  destination: text,
  path: text,
  finishedAt: text,
});

const phases = {
  Running: "progressing",
  Terminating: "progressing",
  Succeeded: "applied",
  Failed: "failed",
  Error: "failed",
} as const;

const healths = new Map<string | undefined, SyncSignal["health"]>([
  ["Healthy", "healthy"],
  ["Degraded", "degraded"],
  ["Progressing", "progressing"],
]);

export const argocd: Source = {
  type: "argocd",

  dedupeKey(body) {
    const { application, namespace, environment, revision, phase, sync, health, finishedAt } = readPayload(
      payload,
      body,
    );
    return digest({ application, namespace, environment, revision, phase, sync, health, finishedAt }, 40);
  },

  parse(body, context) {
    const report = readPayload(payload, body);
    const revision = commitId(report.revision);
    // A chart's version or an OCI digest says nothing about a commit of the repository.
    if (revision === undefined) return [];
    const signal: SyncSignal = {
      kind: "sync",
      ...context,
      controller: "argocd",
      application: report.application,
      namespace: report.namespace || undefined,
      environment: report.environment || undefined,
      revision,
      phase: phases[report.phase],
      health: healths.get(report.health) ?? "unknown",
    };
    return [signal];
  },
};
