/** The GitOps controller: notices a new revision, applies what changed for each application, and reports in Argo CD's words. */
import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../../clock.ts";
import type { ClusterEvent, Health } from "./cluster-event.ts";
import { gitReader } from "./git-reader.ts";
import { imageTag } from "./image-tag.ts";
import { type Manifests, readManifests } from "./manifests.ts";
import type { Notifications, SyncNotification } from "./notifications.ts";
import type { ClusterPace } from "./start-cluster.ts";
import type { Workload } from "./workload.ts";

export interface SyncController {
  /** Looks at the branch, and applies its head after a delay if it is new. */
  look(delayMs?: number): Promise<void>;
  suspend(suspended: boolean): void;
  failNext(): void;
  setDelay(delayMs: number): void;
  /** Ends a wait at hand; the look that waits throws. */
  stop(): void;
}

export interface SyncOptions {
  readonly gitDirectory: string;
  readonly branch: string;
  readonly namespace: string;
  readonly environment: string;
  readonly pace: ClusterPace;
  readonly clock: Clock;
  readonly workloads: readonly Workload[];
  readonly notifications: Notifications | undefined;
  readonly onEvent: (event: ClusterEvent) => void;
}

export function syncController(options: SyncOptions): SyncController {
  const reader = gitReader(options.gitDirectory);
  const stopping = new AbortController();
  const wait = (ms: number) => pause(ms, undefined, { signal: stopping.signal });
  let seen: string | undefined;
  let suspended = false;
  let failing = false;
  let delayMs = options.pace.delayMs;

  return {
    async look(after = delayMs) {
      if (suspended) return;
      const revision = await reader.head(options.branch);
      if (revision === undefined || revision === seen) return;
      await wait(after);
      if (suspended) return;
      seen = revision;
      const fails = failing;
      failing = false;
      const apply = async (workload: Workload) => {
        const manifests = await readManifests(reader, revision, workload.application.path);
        // As in Argo CD, an application whose files didn't change has nothing to sync, and reports nothing.
        if (manifests.digest === workload.applied) return;
        workload.applied = manifests.digest;
        await sync({ workload, revision, manifests, fails }, options, wait);
      };
      await Promise.all(options.workloads.map(apply));
    },
    suspend(value) {
      suspended = value;
    },
    failNext() {
      failing = true;
    },
    setDelay(value) {
      delayMs = value;
    },
    stop: () => stopping.abort(),
  };
}

interface Operation {
  readonly workload: Workload;
  readonly revision: string;
  readonly manifests: Manifests;
  readonly fails: boolean;
}

async function sync(operation: Operation, options: SyncOptions, wait: (ms: number) => Promise<void>): Promise<void> {
  const { revision, manifests } = operation;
  const { workload } = operation;
  const { application } = workload;
  const { clock, onEvent } = options;
  const version = imageTag(manifests.images.get(application.service) ?? "");
  const finish = (phase: "Succeeded" | "Failed", health: Health) => {
    report(operation, options, { phase, sync: phase === "Succeeded" ? "Synced" : "OutOfSync", health });
    onEvent({ kind: "sync-finished", at: clock.now(), application: application.name, revision, phase, health });
  };

  report(operation, options, { phase: "Running", sync: "OutOfSync", health: "Progressing" });
  onEvent({ kind: "sync-started", at: clock.now(), application: application.name, revision });
  if (operation.fails || version === undefined) return finish("Failed", "Degraded");
  workload.run(version, manifests, revision);
  await wait(options.pace.rolloutMs);
  return finish("Succeeded", workload.health());
}

function report(
  operation: Operation,
  options: SyncOptions,
  state: Pick<SyncNotification, "phase" | "sync" | "health">,
): void {
  const { application } = operation.workload;
  options.notifications?.send({
    application: application.name,
    namespace: "argocd",
    destination: options.namespace,
    environment: options.environment,
    path: application.path,
    revision: operation.revision,
    finishedAt: state.phase === "Running" ? undefined : options.clock.now(),
    ...state,
  });
}
