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
  | { readonly kind: "alert-pending"; readonly at: Instant; readonly service: string; readonly errorRate: number }
  | { readonly kind: "alert-firing"; readonly at: Instant; readonly service: string; readonly errorRate: number }
  | { readonly kind: "alert-resolved"; readonly at: Instant; readonly service: string }
  /** A webhook was answered; `accepted` is false where the receiver won't have it. */
  | {
      readonly kind: "notified";
      readonly at: Instant;
      readonly what: "argocd" | "alert-firing" | "alert-resolved";
      readonly accepted: boolean;
      readonly detail: string;
    };

export type Health = "Healthy" | "Progressing" | "Degraded";
