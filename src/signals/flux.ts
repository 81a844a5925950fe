/** Flux's notification-controller, `generic` and `generic-hmac` providers: one event about one object. */
import { z } from "zod";
import { digest } from "../digest.ts";
import { readPayload } from "./read-payload.ts";
import type { SyncSignal } from "./signal.ts";
import type { Source } from "./source.ts";
import { textMap } from "./text-map.ts";

const payload = z.object({
  involvedObject: z.object({
    kind: z.string().min(1).max(100),
    name: z.string().min(1).max(500),
    namespace: z.string().max(500).optional(),
  }),
  severity: z.enum(["info", "error", "trace"]),
  reason: z.string().max(200),
  timestamp: z.string().max(100),
  metadata: textMap,
});

type Event = z.infer<typeof payload>;
type Report = Pick<SyncSignal, "phase" | "health">;

/** Only these deliver; a GitRepository that fetched a commit has applied nothing. */
const deliverers = new Set(["Kustomization", "HelmRelease"]);

/** What the reason says of the revision, where it isn't what the severity says. */
const reports = new Map<string, Report>(
  Object.entries({
    ReconciliationSucceeded: { phase: "applied", health: "healthy" },
    HealthCheckFailed: { phase: "failed", health: "degraded" },
    InstallSucceeded: { phase: "applied", health: "healthy" },
    UpgradeSucceeded: { phase: "applied", health: "healthy" },
    TestSucceeded: { phase: "applied", health: "healthy" },
    // Helm went back to the release before: what git says isn't what runs.
    RollbackSucceeded: { phase: "failed", health: "unknown" },
    UninstallSucceeded: { phase: "failed", health: "unknown" },
    // Waits for another object: nothing failed, although it comes with severity error.
    DependencyNotReady: { phase: "progressing", health: "progressing" },
  }),
);

export const flux: Source = {
  type: "flux",

  /** Flux gives an event no id. Its time is part of the key, since a state that comes back is news. */
  dedupeKey(body) {
    const { involvedObject, severity, reason, timestamp, metadata } = readPayload(payload, body);
    return digest({ involvedObject, severity, reason, timestamp, revision: revisionOf(metadata) }, 40);
  },

  parse(body, context) {
    const event = readPayload(payload, body);
    const revision = revisionOf(event.metadata);
    if (revision === undefined || !deliverers.has(event.involvedObject.kind)) return [];
    const signal: SyncSignal = {
      kind: "sync",
      ...context,
      controller: "flux",
      application: event.involvedObject.name,
      namespace: event.involvedObject.namespace || undefined,
      environment: event.metadata.environment || event.metadata.env || undefined,
      revision,
      ...reportOf(event),
    };
    return [signal];
  },
};

function reportOf({ severity, reason }: Event): Report {
  const known = reports.get(reason);
  if (known !== undefined) return known;
  return severity === "error"
    ? { phase: "failed", health: "unknown" }
    : { phase: "progressing", health: "progressing" };
}

/** `main@sha1:<id>`, `sha1:<id>`, or before Flux 2.0 `main/<id>`. An OCI artifact names its commit as originRevision. */
function revisionOf(metadata: Readonly<Record<string, string>>): string | undefined {
  for (const suffix of ["/originRevision", "/revision"]) {
    const entry = Object.entries(metadata).find(([key]) => key.endsWith(suffix));
    const id = entry?.[1].match(/(?:^|[@/]|sha1:)([0-9a-f]{40})$/)?.[1];
    if (id !== undefined) return id;
  }
  return undefined;
}
