/** What happens in the cluster, for whoever watches it: the demo's story, the page, tests. */
import type { Instant } from "../../clock.ts";

export type ClusterEvent =
  | { readonly kind: "sync-started"; readonly at: Instant; readonly application: string; readonly revision: string }
  | {
      readonly kind: "sync-finished";
      readonly at: Instant;
      readonly application: string;
      readonly revision: string;
      readonly phase: "Succeeded" | "Failed";
      readonly health: Health;
    }
  | {
      readonly kind: "deployed";
      readonly at: Instant;
      readonly service: string;
      readonly version: string;
      readonly revision: string;
    }
  /** The same version starts again with something else of its own: a setting, more memory. */
  | {
      readonly kind: "reconfigured";
      readonly at: Instant;
      readonly service: string;
      readonly what: string;
      readonly revision: string;
    }
  /** Its autoscaler may run so many pods from now on. */
  | {
      readonly kind: "bounds-changed";
      readonly at: Instant;
      readonly service: string;
      readonly least: number;
      readonly most: number;
    }
  | { readonly kind: "scaled"; readonly at: Instant; readonly service: string; readonly pods: number }
  /** The kernel begins to kill: a container needs more memory than it may have. */
  | { readonly kind: "oom-killed"; readonly at: Instant; readonly service: string; readonly memory: string }
  | AlertEvent<"alert-pending">
  | (AlertEvent<"alert-firing"> & { readonly detail: string })
  | AlertEvent<"alert-resolved">
  /** A webhook was answered; `accepted` is false where the receiver won't have it. */
  | {
      readonly kind: "notified";
      readonly at: Instant;
      readonly what: "argocd" | "alert-firing" | "alert-resolved";
      readonly accepted: boolean;
      readonly detail: string;
    };

interface AlertEvent<K extends string> {
  readonly kind: K;
  readonly at: Instant;
  readonly alert: string;
  readonly service: string;
}

export type Health = "Healthy" | "Progressing" | "Degraded";
